"""Writing down what happened and what must still happen."""

from skrytka.ledger.operations.events import Actor, EventKind, Subject, record_event
from skrytka.ledger.operations.outbox import (
    Effect,
    Lane,
    OutboxItem,
    claim_due,
    close,
    enqueue,
    mark_done,
    mark_failed,
    release_claims_of,
)

__all__ = [
    "Actor",
    "Effect",
    "EventKind",
    "Lane",
    "OutboxItem",
    "Subject",
    "claim_due",
    "close",
    "enqueue",
    "mark_done",
    "mark_failed",
    "record_event",
    "release_claims_of",
]
