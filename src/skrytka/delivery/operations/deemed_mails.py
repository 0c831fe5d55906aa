"""After a letter was deemed delivered both sides are told; the party, that it can read it now."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from skrytka.core.calendar import day_in_words
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.alarms import tell_senders
from skrytka.delivery.queries.recipients import recipients_of
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ui.formats import day


def tell_deemed(letter_id: UUID, *, at: datetime) -> None:
    """This will write the mails about one deemed delivery; called again it writes none anew."""
    delivery = Delivery.objects.select_related("letter__institution").get(pk=letter_id)
    for each in recipients_of(delivery.party_id, at=at):
        with override(each.language):
            subject, text = _party_text(delivery)
        enqueue_mail(f"deemed:{letter_id}:{each.user_id}", each.email, subject, text, at=at)
    if delivery.deemed_on is not None:
        lead = f"Adresat nie odebrał pisma. Uznane za doręczone: {day_in_words(delivery.deemed_on)}"
        tell_senders(letter_id, "Pismo uznane za doręczone", lead, at=at)


def _party_text(delivery: Delivery) -> tuple[str, str]:
    link = settings.INCOMING_LINK.format(letter=delivery.pk)
    on, until = delivery.deemed_on, delivery.access_until
    lines = [
        _("Nikt nie odebrał pisma, które wysłała do Ciebie instytucja {institution}.").format(
            institution=delivery.letter.institution.name
        ),
        _("Dzień, w którym uznano je za doręczone: {day}").format(day=day(on) if on else ""),
        _("Od tego dnia biegną terminy, które wyznacza pismo. Przeczytaj je: {link}").format(
            link=link
        ),
    ]
    if until is not None:
        lines.append(_("Treść jest dostępna co najmniej do: {day}").format(day=day(until)))
    return _("Pismo uznane za doręczone"), "\n".join(lines)
