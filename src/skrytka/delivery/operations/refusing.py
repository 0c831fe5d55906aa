"""Refusing to accept a letter: it counts as delivered on the day of the refusal (KPA art. 47)."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from skrytka.core.calendar import whole_milliseconds
from skrytka.core.delivery import Act
from skrytka.core.identifiers import ReceiptKind
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.end_mails import tell_refused
from skrytka.delivery.operations.ending import end_delivery
from skrytka.delivery.operations.upd_facts import refused_facts
from skrytka.evidence.operations import (
    CannotSeal,
    IntendedReceipt,
    record_intent,
    seal_receipt,
    store_receipt,
)
from skrytka.evidence.queries import intent_of, is_receipt_stored
from skrytka.ledger.operations import (
    Actor,
    Effect,
    EventKind,
    Subject,
    close,
    enqueue,
    record_event,
)

# Time for the request to seal by itself; the outbox is for the case that it dies.
A_MOMENT = timedelta(seconds=30)
log = logging.getLogger("skrytka.delivery")


def upd_key(letter_id: UUID) -> str:
    """This will return the outbox key under which an unfinished UPD is driven again."""
    return f"upd:{letter_id}"


def refuse_letter(letter_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will note that the party does not accept the letter, and seal an UPD that says so.

    The letter is delivered on that day whether the seal serves or not. Raises CannotCollect.
    """
    at = whole_milliseconds(at)
    with transaction.atomic():
        row = end_delivery(letter_id, Act.REFUSE, user_id=int(actor.id), at=at)
        _intend(row, at)
        _record(row, actor, at)
        tell_refused(row, at=at)
    _seal_now(letter_id, at)


def finish_upd(letter_id: UUID, *, at: datetime) -> None:
    """This will carry the sealing of an intended UPD to its end; called again it changes nothing.

    Raises CannotSeal. Two workers at the same letter make one UPD: the database lets one in.
    """
    intent = intent_of(letter_id)
    if intent.is_fulfilled:
        close(upd_key(letter_id), at=at)
        return
    sealed = seal_receipt(intent.id, at=at)
    try:
        with transaction.atomic():
            store_receipt(sealed, at=at)
            close(upd_key(letter_id), at=at)
    except IntegrityError:
        if not is_receipt_stored(letter_id):
            raise


def _intend(row: Delivery, at: datetime) -> None:
    facts = refused_facts(row, at)
    record_intent(IntendedReceipt(ReceiptKind.UPD, row.pk, row.institution_id, facts), at=at)
    payload = {"letter": str(row.pk)}
    enqueue(Effect.SEAL_UPD, upd_key(row.pk), payload, at=at, wait=A_MOMENT)


def _seal_now(letter_id: UUID, at: datetime) -> None:
    try:
        finish_upd(letter_id, at=at)
    except CannotSeal as fault:
        log.error("upd_not_sealed letter=%s reason=%s", letter_id, fault.reason)  # noqa: TRY400 - the reason says it all


def _record(row: Delivery, actor: Actor, at: datetime) -> None:
    record_event(
        EventKind.DELIVERY_REFUSED,
        Subject("OUTGOING", str(row.pk)),
        at=at,
        actor=actor,
        institution_id=row.institution_id,
        data={"upd_no": row.upd_no},
    )
