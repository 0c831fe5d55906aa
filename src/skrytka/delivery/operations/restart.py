"""A clerk who has mended the cause of a stop has the party told anew; every date starts over."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.core.delivery import Act, DeliveryFault, NoticeRound, advance
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.notices import enqueue_notice
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


class RestartFault(StrEnum):
    """RESIGNED: the party wants its letters on paper by now."""

    RESIGNED = "RESIGNED"


class CannotStartAnew(Exception):
    """The delivery stays as it was; `reason` is the machine's, or our own."""

    def __init__(self, reason: DeliveryFault | RestartFault) -> None:
        super().__init__(reason)
        self.reason = reason


def start_anew(letter_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will send a new first notice for a stopped delivery and count its term from there.

    The notices sent before stay on record; none of them counts. Raises CannotStartAnew.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=letter_id)
        after = advance(state_of(delivery), Act.START_ANEW, at)
        if isinstance(after, DeliveryFault):
            raise CannotStartAnew(after)
        if not accepts_delivery(delivery.party_id, at=at):
            raise CannotStartAnew(RestartFault.RESIGNED)
        for name, value in fields_of(after).items():
            setattr(delivery, name, value)
        delivery.save(update_fields=list(fields_of(after)))
        record_event(
            EventKind.DELIVERY_STARTED_ANEW,
            Subject("OUTGOING", str(letter_id)),
            at=at,
            actor=actor,
            institution_id=delivery.institution_id,
            data={"attempt": after.attempt},
        )
        enqueue_notice(delivery, NoticeRound.FIRST, at=at)
