"""What is due, what is stuck, and what happened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from skrytka.ledger.models import Event, OutboxRow, OutboxState
from skrytka.ledger.operations.outbox import Lane, due_in


@dataclass(frozen=True)
class RecordedEvent:
    """One event as the timeline and the journal show it."""

    at: datetime
    kind: str
    actor_id: str
    data: Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class StuckEffect:
    """An effect that was given up, with the last reason."""

    key: str
    effect: str
    attempts: int
    last_error: str


def has_due_effects(*, at: datetime, lane: Lane = Lane.USUAL) -> bool:
    """This will tell whether a worker would find anything to claim."""
    return OutboxRow.objects.filter(due_in(lane, at)).exists()


def is_awaited(key: str) -> bool:
    """This will tell whether an effect under this key is still to be brought about.

    So is one under the key with more after a colon: the same, asked for again.
    """
    open_states = (OutboxState.PENDING, OutboxState.CLAIMED)
    asked = Q(key=key) | Q(key__startswith=f"{key}:")
    return OutboxRow.objects.filter(asked, state__in=open_states).exists()


def effects_waiting_since(effect: str, *, before: datetime) -> int:
    """This will count the effects of a kind that were asked for earlier and still wait."""
    open_states = (OutboxState.PENDING, OutboxState.CLAIMED)
    rows = OutboxRow.objects.filter(effect=effect, state__in=open_states, created_at__lt=before)
    return rows.count()


def given_up_among(keys: Collection[str]) -> frozenset[str]:
    """This will return those of the keys whose effect nobody tries any more."""
    rows = OutboxRow.objects.filter(key__in=keys, state=OutboxState.GIVEN_UP)
    return frozenset(rows.values_list("key", flat=True))


def stuck_effects(limit: int = 100) -> tuple[StuckEffect, ...]:
    """This will list effects that nobody tries any more, oldest first."""
    rows = OutboxRow.objects.filter(state=OutboxState.GIVEN_UP).order_by("id")[:limit]
    return tuple(StuckEffect(row.key, row.effect, row.attempts, row.last_error) for row in rows)


def events_of(subject_type: str, subject_id: str) -> tuple[RecordedEvent, ...]:
    """This will return what happened to one subject, in order."""
    rows = Event.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("id")
    return tuple(RecordedEvent(row.at, row.kind, row.actor_id, row.data) for row in rows)
