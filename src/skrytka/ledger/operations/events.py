"""The record: ids and codes, never content or names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.ledger.bulk import append_rows
from skrytka.ledger.models import Event
from skrytka.ledger.statements import append


class EventKind(StrEnum):
    """What can happen. A stored code never changes its meaning."""

    ACCOUNT_CREATED = "ACCOUNT_CREATED"
    LOGGED_IN = "LOGGED_IN"
    LOGGED_OUT = "LOGGED_OUT"
    LOGIN_FAILED = "LOGIN_FAILED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a code, no password
    FACTOR_CHANGED = "FACTOR_CHANGED"
    PARTY_ADDED = "PARTY_ADDED"
    MANDATE_GIVEN = "MANDATE_GIVEN"
    MANDATE_ENDED = "MANDATE_ENDED"
    DELIVERY_RESIGNED = "DELIVERY_RESIGNED"
    DELIVERY_ACCEPTED = "DELIVERY_ACCEPTED"
    PROFILE_REQUESTED = "PROFILE_REQUESTED"
    PROFILE_CONFIRMED = "PROFILE_CONFIRMED"
    PROFILE_REFUSED = "PROFILE_REFUSED"
    PROFILE_REVOKED = "PROFILE_REVOKED"
    EMPLOYMENT_STARTED = "EMPLOYMENT_STARTED"
    EMPLOYMENT_ENDED = "EMPLOYMENT_ENDED"
    DRAFT_DISCARDED = "DRAFT_DISCARDED"
    ATTACHMENT_REFUSED = "ATTACHMENT_REFUSED"
    LETTER_SIGNED = "LETTER_SIGNED"
    LETTER_RECEIVED = "LETTER_RECEIVED"
    LETTER_ACCEPTED = "LETTER_ACCEPTED"
    LETTER_REFUSED = "LETTER_REFUSED"
    FILE_QUARANTINED = "FILE_QUARANTINED"
    DESTRUCTION_ASKED = "DESTRUCTION_ASKED"
    FILE_DESTROYED = "FILE_DESTROYED"
    FILE_FLAGGED = "FILE_FLAGGED"
    FLAG_RELEASED = "FLAG_RELEASED"
    RECEIPT_SEALED = "RECEIPT_SEALED"
    LETTER_OPENED = "LETTER_OPENED"
    LETTER_ASSIGNED = "LETTER_ASSIGNED"
    LETTER_STATE_CHANGED = "LETTER_STATE_CHANGED"
    LETTER_NOTED = "LETTER_NOTED"
    SETTINGS_CHANGED = "SETTINGS_CHANGED"
    OUTGOING_SIGNED = "OUTGOING_SIGNED"
    OUTGOING_SENT_BACK = "OUTGOING_SENT_BACK"
    OUTGOING_DISCARDED = "OUTGOING_DISCARDED"
    OUTGOING_DISPATCHED = "OUTGOING_DISPATCHED"
    NOTICE_SENT = "NOTICE_SENT"
    NOTICE_FAILED = "NOTICE_FAILED"
    NOTICE_BOUNCED = "NOTICE_BOUNCED"
    DELIVERY_STOPPED = "DELIVERY_STOPPED"
    DELIVERY_STARTED_ANEW = "DELIVERY_STARTED_ANEW"
    DELIVERY_COLLECTED = "DELIVERY_COLLECTED"
    DELIVERY_REFUSED = "DELIVERY_REFUSED"
    DELIVERY_DEEMED = "DELIVERY_DEEMED"
    DELIVERY_OPENED = "DELIVERY_OPENED"


@dataclass(frozen=True)
class Subject:
    """What an event is about: `type` is a noun in upper case, `id` opaque."""

    type: str
    id: str


@dataclass(frozen=True)
class Actor:
    """Who did it: a user's id, or the system; the address only where the journal asks for it."""

    id: str
    remote_address: str | None = None


SYSTEM = Actor("SYSTEM")

EventData = Mapping[str, str | int | bool | None]


def record_event(
    kind: EventKind,
    subject: Subject,
    *,
    at: datetime,
    actor: Actor = SYSTEM,
    institution_id: int | None = None,
    data: EventData | None = None,
) -> None:
    """This will add one event to the record, in the caller's transaction."""
    event = Event(
        at=at,
        kind=kind,
        subject_type=subject.type,
        subject_id=subject.id,
        actor_id=actor.id,
        remote_address=actor.remote_address,
        institution_id=institution_id,
        data=dict(data or {}),
    )
    append(event)


@dataclass(frozen=True)
class Happening:
    """One of many events of a kind that were brought about at the same instant."""

    subject: Subject
    institution_id: int
    data: EventData


MANY = ("at", "kind", "subject_type", "subject_id", "actor_id", "institution_id", "data")


def record_many(
    kind: EventKind, happenings: Iterable[Happening], *, at: datetime, actor: Actor = SYSTEM
) -> None:
    """This will add an event for each, in the caller's transaction, all at once."""
    append_rows(
        Event,
        MANY,
        (
            (
                at,
                kind.value,
                each.subject.type,
                each.subject.id,
                actor.id,
                each.institution_id,
                dict(each.data),
            )
            for each in happenings
        ),
    )
