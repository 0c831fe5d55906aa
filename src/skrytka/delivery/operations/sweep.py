"""What falls due by itself: the repeated notice, and the fiction of delivery.

The sweep walks along `Delivery.due_at` in batches, each one transaction. On PostgreSQL a batch
passes over the rows that another worker holds, so that many workers share a night's work; on SQLite
writers stand in line anyway. Whatever dies leaves its rows due as they were.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

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
from skrytka.delivery.operations.notices import enqueue_notice
from skrytka.delivery.operations.states import fields_of, state_of
from skrytka.delivery.operations.upd_facts import deemed_facts
from skrytka.evidence.operations.delivery_batches import LapsedDelivery, seal_lapsed
from skrytka.ledger.operations import Effect, EventKind, Subject, enqueue, record_event
from skrytka.ledger.operations.events import Happening, record_many

BATCH = 100


@dataclass(frozen=True)
class Swept:
    """What one batch brought about; `found` counts the rows that were due."""

    found: int = 0
    deemed: int = 0
    reminded: int = 0
    stopped: int = 0


@dataclass(frozen=True)
class _Due:
    row: Delivery
    state: DeliveryState


def has_due_deliveries(*, at: datetime) -> bool:
    """This will tell whether a sweep would find anything."""
    return Delivery.objects.filter(due_at__lte=at).exists()


def sweep_due(*, at: datetime, limit: int = BATCH) -> Swept:
    """This will do what is due for one batch of deliveries, all or none of it.

    Raises CannotSeal when the keys do not serve: everything stays due.
    """
    with transaction.atomic():
        due = [_Due(row, state_of(row)) for row in _locked(at, limit)]
        lapsed = [each for each in due if is_lapsed(each.state, at)]
        waiting = [each for each in due if not is_lapsed(each.state, at)]
        _deem(lapsed, at)
        stopped = sum(_remind_or_stop(each, at) for each in waiting)
    return Swept(len(due), len(lapsed), len(waiting) - stopped, stopped)


def _locked(at: datetime, limit: int) -> Iterable[Delivery]:
    rows = Delivery.objects.filter(due_at__lte=at).order_by("due_at", "letter")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("letter__institution").prefetch_related("letter__files")[:limit]


def _deem(lapsed: list[_Due], at: datetime) -> None:
    """KPA art. 46 section 6: the letter is deemed delivered; the UPD says by which rule and why."""
    if not lapsed:
        return
    ended = [_ended(each, at) for each in lapsed]
    seal_lapsed([_upd_of(each, dates) for each, dates in ended], at=at)
    # Everything else that a row holds of its state stands there since the term began.
    Delivery.objects.filter(pk__in=[each.row.pk for each in lapsed]).update(
        standing=Standing.DEEMED, ended_at=at, due_at=None
    )
    record_many(EventKind.DELIVERY_DEEMED, [_event(each, dates) for each, dates in ended], at=at)
    letters = ",".join(str(each.row.pk) for each in lapsed)
    enqueue(Effect.TELL_DEEMED, f"deemed:{lapsed[0].row.pk}", {"letters": letters}, at=at)


def _ended(each: _Due, at: datetime) -> tuple[_Due, DeliveryDates]:
    """The machine has the last word on each, and its dates are those of the term."""
    after = advance(each.state, Act.DEEM, at)
    if not isinstance(after, DeliveryState) or after.dates is None:
        raise AssertionError(each.row.pk)
    return each, after.dates


def _event(each: _Due, dates: DeliveryDates) -> Happening:
    on = dates.deemed_delivered_on.isoformat()
    return Happening(Subject("OUTGOING", str(each.row.pk)), each.row.institution_id, {"on": on})


def _upd_of(each: _Due, dates: DeliveryDates) -> LapsedDelivery:
    facts = deemed_facts(each.row, each.state, dates)
    return LapsedDelivery(each.row.pk, each.row.institution_id, facts)


def _remind_or_stop(each: _Due, at: datetime) -> bool:
    """Send the repeated notice while it still helps; afterwards stop, and say so. True: stopped."""
    after = advance(each.state, Act.MISS, at)
    if isinstance(after, DeliveryState) and after.stop is not None:
        Delivery.objects.filter(pk=each.row.pk).update(**fields_of(after))
        _record_stop(each.row, at)
        tell_stopped(each.row.pk, after.attempt, after.stop, at=at)
        return True
    # The notice is on its way; the next look is at the end of the term, whatever becomes of it.
    Delivery.objects.filter(pk=each.row.pk).update(due_at=each.state.lapses_at)
    each.row.due_at = each.state.lapses_at
    enqueue_notice(each.row, NoticeRound.REPEAT, at=at)
    return False


def _record_stop(row: Delivery, at: datetime) -> None:
    record_event(
        EventKind.DELIVERY_STOPPED,
        Subject("OUTGOING", str(row.pk)),
        at=at,
        institution_id=row.institution_id,
        data={"cause": StopCause.REPEAT_MISSED.value},
    )
