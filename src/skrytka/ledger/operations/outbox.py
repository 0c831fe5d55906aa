"""The outbox: effects written with their cause, claimed by conditional update, tried again.

An effect runs at least once. Its handler is idempotent by the row's key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Q

from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.statements import PreparedUpdate, append_once, slot

NO_WAIT = timedelta(0)
LEASE = timedelta(minutes=5)
LAST_ATTEMPT = 12
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=6)

CLOSE = PreparedUpdate(
    lambda: OutboxRow.objects.filter(key=slot("key", OutboxRow)).exclude(state=OutboxState.DONE),
    lambda: {
        "state": OutboxState.DONE,
        "done_at": slot("done_at", OutboxRow),
        "claimed_until": None,
    },
)


class Effect(StrEnum):
    """What can be asked of the world outside the database."""

    MAIL = "MAIL"
    FINISH_INTAKE = "FINISH_INTAKE"
    SEAL_RECEIPT = "SEAL_RECEIPT"
    SCREEN_ATTACHMENT = "SCREEN_ATTACHMENT"
    TAKE_IN_FILE = "TAKE_IN_FILE"
    SEND_NOTICE = "SEND_NOTICE"
    SEAL_UPD = "SEAL_UPD"
    TELL_DEEMED = "TELL_DEEMED"
    SEND_OUTGOING = "SEND_OUTGOING"
    JUDGE_FILES = "JUDGE_FILES"
    STAMP_RECEIPTS = "STAMP_RECEIPTS"


# A notice is worth trying for two days: until it is sent no term runs against the party.
# A time-stamp may come a week later: the authorities are others', and the receipt stands anyway.
# A scanner may be silent for days: what waits for it is asked about every few minutes, for a month.
# A disk may be full over night, and a person waits for the file: every few minutes, for a day.
MONTH_OF_ASKING, DAY_OF_ASKING = 10_000, 295
WAITS_FOR_SCANNER = (Effect.FINISH_INTAKE, Effect.SCREEN_ATTACHMENT)
LAST_ATTEMPTS = {
    Effect.SEND_NOTICE: 20,
    Effect.STAMP_RECEIPTS: 40,
    Effect.TAKE_IN_FILE: DAY_OF_ASKING,
    **dict.fromkeys(WAITS_FOR_SCANNER, MONTH_OF_ASKING),
}
LONGEST_WAITS = dict.fromkeys((*WAITS_FOR_SCANNER, Effect.TAKE_IN_FILE), timedelta(minutes=5))


def last_attempt(effect: Effect) -> int:
    """This will tell after how many attempts an effect is given up."""
    return LAST_ATTEMPTS.get(effect, LAST_ATTEMPT)


class Lane(StrEnum):
    """Effects that are brought about one after the other; a worker keeps each lane moving."""

    USUAL = "USUAL"
    FILES = "FILES"


# Seconds of work each: nothing else stands behind them.
OF_FILES = (Effect.TAKE_IN_FILE,)

# No receipt and no notice waits behind these, however many there are.
CAN_WAIT = (Effect.JUDGE_FILES, Effect.STAMP_RECEIPTS)
FEW = 4

Payload = Mapping[str, str]


@dataclass(frozen=True)
class OutboxItem:
    """One claimed effect."""

    id: int
    key: str
    effect: Effect
    payload: Payload
    attempts: int


def enqueue(
    effect: Effect, key: str, payload: Payload, *, at: datetime, wait: timedelta = NO_WAIT
) -> None:
    """This will ask for an effect once: a second row of the same key is not written.

    `wait` leaves the caller time to do the work itself; the row is for the case that it dies.
    """
    append_once(
        OutboxRow(effect=effect, key=key, payload=dict(payload), created_at=at, due_at=at + wait)
    )


def close(key: str, *, at: datetime) -> None:
    """This will note that the effect of that key was brought about by its own cause in time."""
    CLOSE.run(key=key, done_at=at)


def due_in(lane: Lane, at: datetime) -> Q:
    """This will say which rows of a lane can be claimed at an instant."""
    due = Q(state=OutboxState.PENDING, due_at__lte=at) | Q(
        state=OutboxState.CLAIMED, claimed_until__lte=at
    )
    of_files = Q(effect__in=OF_FILES)
    return due & (of_files if lane is Lane.FILES else ~of_files)


def claim_due(
    worker: str, *, at: datetime, limit: int = 50, lane: Lane = Lane.USUAL
) -> tuple[OutboxItem, ...]:
    """This will claim due effects for `worker`; no other worker gets them before the lease ends."""
    due = due_in(lane, at)
    ids = _due_ids(due, limit)
    with transaction.atomic():
        claimed = [row_id for row_id in ids if _claim(row_id, due, worker, at)]
    rows = OutboxRow.objects.in_bulk(claimed)
    return tuple(map(_item, (rows[row_id] for row_id in claimed)))


def _item(row: OutboxRow) -> OutboxItem:
    return OutboxItem(row.pk, row.key, Effect(row.effect), row.payload, row.attempts)


def _due_ids(due: Q, limit: int) -> list[int]:
    """What somebody waits for goes first; of what can wait, a few at a time."""
    can_wait = Q(effect__in=CAN_WAIT)
    rows = OutboxRow.objects.order_by("due_at", "id").values_list("id", flat=True)
    urgent = list(rows.filter(due & ~can_wait)[:limit])
    room = min(limit - len(urgent), FEW)
    return [*urgent, *rows.filter(due & can_wait)[:room]] if room else urgent


def _claim(row_id: int, due: Q, worker: str, at: datetime) -> bool:
    return bool(
        OutboxRow.objects.filter(due, id=row_id).update(
            state=OutboxState.CLAIMED,
            claimed_by=worker,
            claimed_until=at + LEASE,
            attempts=F("attempts") + 1,
        )
    )


def mark_done(item: OutboxItem, *, at: datetime) -> None:
    OutboxRow.objects.filter(id=item.id).update(
        state=OutboxState.DONE, done_at=at, claimed_until=None, last_error=""
    )


def mark_failed(item: OutboxItem, why: str, *, at: datetime) -> None:
    """This will put the effect back with a growing wait, or give it up and keep why."""
    if item.attempts >= last_attempt(item.effect):
        state, due_at = OutboxState.GIVEN_UP, at
    else:
        state, due_at = OutboxState.PENDING, at + wait_after(item.attempts, item.effect)
    OutboxRow.objects.filter(id=item.id).update(
        state=state, due_at=due_at, claimed_until=None, last_error=why[:2000]
    )


def wait_after(attempts: int, effect: Effect = Effect.MAIL) -> timedelta:
    """This will return how long to wait after so many attempts: doubling, bounded."""
    doublings = min(max(attempts - 1, 0), LAST_ATTEMPT)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAITS.get(effect, LONGEST_WAIT))


def release_claims_of(worker: str, *, at: datetime) -> int:
    """This will free what an earlier life of this worker had claimed; for the start of a worker."""
    return OutboxRow.objects.filter(state=OutboxState.CLAIMED, claimed_by=worker).update(
        state=OutboxState.PENDING, due_at=at, claimed_until=None
    )
