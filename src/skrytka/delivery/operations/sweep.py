"""What falls due by itself: the repeated notice, and the fiction of delivery.

The sweep walks along `Delivery.due_at` in batches, each one transaction. On PostgreSQL a batch
passes over the rows that another worker holds, so that many workers share a night's work; on SQLite
writers stand in line anyway. Whatever dies leaves its rows due as they were.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from skrytka.core.delivery import (
    Act,
    DeliveryDates,
    DeliveryState,
    NoticeRound,
    Standing,
    StopCause,
    advance,
    is_lapsed,
)
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.alarms import tell_stopped
from skrytka.delivery.operations.due import DueDelivery, hold_due
from skrytka.delivery.operations.notices import enqueue_notice
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.delivery.operations.upd_facts import deemed_facts
from skrytka.evidence.operations import CannotSeal
from skrytka.evidence.operations.delivery_batches import LapsedDelivery, seal_lapsed
from skrytka.ledger.operations import Effect, EventKind, Subject, enqueue, record_event
from skrytka.ledger.operations.events import Happening, record_many

BATCH = 1000
PUT_OFF = timedelta(hours=1)
log = logging.getLogger("skrytka.delivery")


@dataclass(frozen=True)
class Swept:
    """What one batch brought about; `found` counts the rows that were due."""

    found: int = 0
    deemed: int = 0
    reminded: int = 0
    stopped: int = 0


def has_due_deliveries(*, at: datetime) -> bool:
    """This will tell whether a sweep would find anything."""
    return Delivery.objects.filter(due_at__lte=at).exists()


def sweep_apart(*, at: datetime, limit: int = BATCH) -> int:
    """This will do what is due one by one, after a batch has failed; returns how many were due.

    One that fails by itself is put off for an hour and logged, so that it holds up nobody else.
    Raises CannotSeal when the keys do not serve.
    """
    due = Delivery.objects.filter(due_at__lte=at).order_by("due_at", "letter")
    ids = list(due.values_list("pk", flat=True)[:limit])
    for letter_id in ids:
        try:
            sweep_due(at=at, among=(letter_id,))
        except CannotSeal:
            raise
        except Exception:
            log.exception("delivery_put_off letter=%s", letter_id)
            Delivery.objects.filter(pk=letter_id).update(due_at=at + PUT_OFF)
    return len(ids)


def sweep_due(*, at: datetime, limit: int = BATCH, among: Sequence[UUID] = ()) -> Swept:
    """This will do what is due for one batch of deliveries, all or none of it.

    Raises CannotSeal when the keys do not serve: everything stays due.
    """
    with transaction.atomic():
        due = hold_due(at, limit, among)
        lapsed: list[DueDelivery] = []
        waiting: list[UUID] = []
        for each in due:
            if is_lapsed(each.state, at):
                lapsed.append(each)
            else:
                waiting.append(each.letter_id)
        _deem(lapsed, at)
        rows = Delivery.objects.filter(pk__in=waiting).order_by("due_at", "letter")
        stopped = sum(_remind_or_stop(row, at) for row in rows)
    return Swept(len(due), len(lapsed), len(waiting) - stopped, stopped)


def _deem(lapsed: list[DueDelivery], at: datetime) -> None:
    """KPA art. 46 section 6: the letter is deemed delivered; the UPD says by which rule and why."""
    if not lapsed:
        return
    seal_lapsed([_upd_of(each) for each in lapsed], at=at)
    ids = [each.letter_id for each in lapsed]
    # Everything else that a row holds of its state stands there since the term began.
    rows = Delivery.objects.filter(letter__among=ids)
    rows.update(standing=Standing.DEEMED, ended_at=at, due_at=None)
    record_many(EventKind.DELIVERY_DEEMED, (_event(each) for each in lapsed), at=at)
    letters = ",".join(map(str, ids))
    enqueue(Effect.TELL_DEEMED, f"deemed:{ids[0]}", {"letters": letters}, at=at)


def _event(each: DueDelivery) -> Happening:
    on = _dates(each).deemed_delivered_on.isoformat()
    return Happening(Subject("OUTGOING", str(each.letter_id)), each.institution_id, {"on": on})


def _upd_of(each: DueDelivery) -> LapsedDelivery:
    facts = deemed_facts(each.subject, each.state, _dates(each))
    return LapsedDelivery(each.letter_id, each.institution_id, facts)


def _dates(each: DueDelivery) -> DeliveryDates:
    """What the machine has ended had a term; its end did not move it."""
    if each.state.dates is None:
        raise AssertionError(each.letter_id)
    return each.state.dates


def _remind_or_stop(row: Delivery, at: datetime) -> bool:
    """Send the repeated notice while it still helps; afterwards stop, and say so. True: stopped."""
    state = state_of(row)
    after = advance(state, Act.MISS, at)
    if isinstance(after, DeliveryState) and after.stop is not None:
        Delivery.objects.filter(pk=row.pk).update(**fields_of(after))
        _record_stop(row, at)
        tell_stopped(row.pk, after.attempt, after.stop, at=at)
        return True
    # The notice is on its way; the next look is at the end of the term, whatever becomes of it.
    row.due_at = state.lapses_at
    row.save(update_fields=["due_at"])
    enqueue_notice(row, NoticeRound.REPEAT, at=at)
    return False


def _record_stop(row: Delivery, at: datetime) -> None:
    record_event(
        EventKind.DELIVERY_STOPPED,
        Subject("OUTGOING", str(row.pk)),
        at=at,
        institution_id=row.institution_id,
        data={"cause": StopCause.REPEAT_MISSED.value},
    )
