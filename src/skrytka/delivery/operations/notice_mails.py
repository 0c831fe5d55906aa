"""The words of a notice: that a letter waits, where and how to collect it, by when, and what then.

Source: KPA art. 46 section 4 in the wording of 2014. Never the title of the letter or its content.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.accounts.models import User
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import DeliveryDates, NoticeRound, delivery_dates
from skrytka.delivery.models import Delivery, Notice
from skrytka.delivery.operations.states import state_of
from skrytka.delivery.queries.recipients import Recipient
from skrytka.gateways.mail import Mail
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ui.formats import day

POLISH = "pl"


def notice_mail(notice: Notice, key: str, *, at: datetime) -> Mail:
    """This will write the mail of a notice that is sent at `at`."""
    language = User.objects.filter(email=notice.address).values_list("language", flat=True).first()
    subject, text = notice_text(notice, language or POLISH, at)
    return Mail(key, notice.address, subject, text, at)


def copies_of_notice(notice: Notice, others: Iterable[Recipient], *, at: datetime) -> None:
    """This will tell the others too; these mails have no effect in law."""
    for each in others:
        subject, text = notice_text(notice, each.language, at)
        enqueue_mail(f"notice-copy:{notice.id}:{each.user_id}", each.email, subject, text, at=at)


def notice_text(notice: Notice, language: str, at: datetime) -> tuple[str, str]:
    """This will return subject and text in a language; days are those of Warsaw."""
    with override(language):
        delivery = notice.delivery
        is_repeat = notice.round == NoticeRound.REPEAT
        subject = _("Czeka na Ciebie pismo z urzędu")
        if is_repeat:
            subject = _("Przypominamy: czeka na Ciebie pismo z urzędu")
        lines = (
            *_what(delivery),
            "",
            *_how(delivery),
            "",
            *_term(dates_at(delivery, at)),
            "",
            _("To zawiadomienie wysłał automatycznie system instytucji."),
        )
        return subject, "\n".join(lines)


def dates_at(delivery: Delivery, at: datetime) -> DeliveryDates:
    """This will return the dates of the delivery; before its start, those of a start at `at`."""
    state = state_of(delivery)
    return state.dates or delivery_dates(state.policy, civil_date(at))


def _what(delivery: Delivery) -> tuple[str, ...]:
    letter = delivery.letter
    lines = [
        _("Instytucja {institution} wysłała do Ciebie pismo w postaci elektronicznej.").format(
            institution=letter.institution.name
        ),
        _("Adresat: {name}").format(name=letter.addressee_name),
    ]
    if letter.case_mark:
        lines.append(_("Znak sprawy: {mark}").format(mark=letter.case_mark))
    return tuple(lines)


def _how(delivery: Delivery) -> tuple[str, ...]:
    link = settings.INCOMING_LINK.format(letter=delivery.pk)
    return (
        _("Tu odbierzesz pismo: {link}").format(link=link),
        _(
            "Zaloguj się i podpisz urzędowe poświadczenie doręczenia (UPD): podpisem zaufanym, "
            "kwalifikowanym albo osobistym. Zaraz po podpisaniu zobaczysz treść pisma."
        ),
    )


def _term(dates: DeliveryDates) -> tuple[str, ...]:
    return (
        _("Możesz je odebrać do końca dnia: {day}").format(day=day(dates.last_day_on)),
        _(
            "Jeśli tego nie zrobisz, {day} pismo uznaje się za doręczone. Terminy, które pismo "
            "wyznacza, biegną wtedy od tego dnia."
        ).format(day=day(dates.deemed_delivered_on)),
    )
