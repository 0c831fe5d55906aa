"""The first reading of a delivered letter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skrytka.delivery.models import ENDED, Delivery
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


def open_content(letter_id: UUID, *, user_id: int, at: datetime) -> None:
    """This will note that the content was opened for the first time; later readings leave no trace.

    A letter that still waits is not opened, whoever asks.
    """
    unread = Delivery.objects.filter(pk=letter_id, opened_at=None, standing__in=ENDED)
    if not unread.exists():
        return
    with transaction.atomic():
        if not unread.update(opened_at=at):
            return
        institution_id = Delivery.objects.values_list("institution_id", flat=True).get(pk=letter_id)
        record_event(
            EventKind.DELIVERY_OPENED,
            Subject("OUTGOING", str(letter_id)),
            at=at,
            actor=Actor(str(user_id)),
            institution_id=institution_id,
        )
