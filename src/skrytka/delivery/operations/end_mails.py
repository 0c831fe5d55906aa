"""After a party ended a delivery both sides are told: a link and facts, never the letter."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.core.calendar import civil_date, day_in_words
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.alarms import tell_senders
from skrytka.delivery.queries.recipients import recipients_of
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ui.formats import moment

SubjectAndText = tuple[str, str]
Words = Callable[[Delivery, datetime], SubjectAndText]


def tell_collected(row: Delivery, *, at: datetime) -> None:
    """This will tell the party that the letter is collected, the senders that the UPD stands."""
    _tell_party(row, _collected, at)
    lead = f"Adresat odebrał pismo i podpisał UPD {row.upd_no}."
    tell_senders(row.pk, "Pismo odebrane, jest UPD", lead, at=at)


def tell_refused(row: Delivery, *, at: datetime) -> None:
    """This will tell both sides that the letter was refused and counts as delivered today."""
    _tell_party(row, _refused, at)
    on = day_in_words(civil_date(at))
    lead = f"Adresat odmówił przyjęcia pisma. Uznaje się je za doręczone {on} (art. 47 KPA)."
    tell_senders(row.pk, "Adresat odmówił przyjęcia pisma", lead, at=at)


def _tell_party(row: Delivery, told: Words, at: datetime) -> None:
    for each in recipients_of(row.party_id, at=at):
        with override(each.language):
            subject, text = told(row, at)
        enqueue_mail(f"ended:{row.pk}:to:{each.user_id}", each.email, subject, text, at=at)


def _collected(row: Delivery, at: datetime) -> SubjectAndText:
    lead = _("Pismo, które wysłała instytucja {institution}, zostało odebrane {when}.").format(
        institution=row.letter.institution.name, when=moment(at)
    )
    proof = _("Numer poświadczenia doręczenia (UPD): {number}").format(number=row.upd_no)
    return _("Pismo odebrane"), "\n".join((lead, proof, "", _link(row)))


def _refused(row: Delivery, at: datetime) -> SubjectAndText:
    lead = _(
        "Odmowę przyjęcia pisma, które wysłała instytucja {institution}, zapisaliśmy {when}."
    ).format(institution=row.letter.institution.name, when=moment(at))
    effect = _(
        "Pismo uznaje się za doręczone tego dnia. Od niego biegną terminy, które wyznacza pismo. "
        "Treść możesz przeczytać."
    )
    return _("Odmowa przyjęcia pisma"), "\n".join((lead, effect, "", _link(row)))


def _link(row: Delivery) -> str:
    link = settings.INCOMING_LINK.format(letter=row.pk)
    return _("Zobacz i pobierz: {link}").format(link=link)
