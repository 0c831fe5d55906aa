"""Mails about the confirmed profile, in the person's language. No PESEL, no names of clerks."""

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.accounts.models import ConfirmedProfile
from skrytka.core.calendar import civil_date
from skrytka.ledger.operations.mails import enqueue_mail


class ProfileNews(StrEnum):
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"
    REVOKED = "REVOKED"


def enqueue_profile_mail(row: ConfirmedProfile, news: ProfileNews, *, at: datetime) -> None:
    """This will tell the person what became of their profile."""
    with override(row.user.language):
        subject, text = _words(row, news)
        more = _("Zaloguj się, żeby zobaczyć szczegóły: %(link)s") % {"link": settings.PROFILE_LINK}
    enqueue_mail(f"profile:{row.pk}:{news}", row.user.email, subject, f"{text}\n\n{more}\n", at=at)


def _words(row: ConfirmedProfile, news: ProfileNews) -> tuple[str, str]:
    if news is ProfileNews.CONFIRMED:
        until = civil_date(row.valid_until).strftime("%d.%m.%Y") if row.valid_until else ""
        return (
            _("[Skrytka] Twój profil jest potwierdzony"),
            _("Potwierdziliśmy Twój profil. Do %(until)s możesz podpisywać pisma.")
            % {"until": until},
        )
    if news is ProfileNews.REFUSED:
        return (
            _("[Skrytka] Nie potwierdziliśmy Twojego profilu"),
            _("Nie potwierdziliśmy Twojego profilu. Powód: %(reason)s")
            % {"reason": _(row.end_reason)},
        )
    return (
        _("[Skrytka] Twój profil jest unieważniony"),
        _("Twój profil jest unieważniony i nie podpiszesz nim już pisma. Powód: %(reason)s")
        % {"reason": _(row.end_reason)},
    )
