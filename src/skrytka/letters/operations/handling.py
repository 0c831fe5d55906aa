"""What a clerk does with a letter: opens, takes, assigns, marks, closes, reopens, notes, assesses.

Opening is no arrival: the letter arrived with its last byte, whenever somebody reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skrytka.accounts.models import Employment, Role
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import (
    Effect,
    HandlingState,
    LetterAssessment,
    LetterHandling,
    LetterNote,
    NoteKind,
)
from skrytka.letters.operations.handling_moves import (
    CannotHandle,
    HandlingFault,
    Move,
    next_state,
)

LONGEST_NOTE = 4000


@dataclass(frozen=True)
class Clerk:
    """Who acts at the desk: the person's id and what the record keeps of them."""

    user_id: int
    actor: Actor


@dataclass(frozen=True)
class Bulk:
    """What became of several letters: how many changed, and why the others did not."""

    changed: int
    refused: tuple[HandlingFault, ...]


@dataclass(frozen=True)
class Assessment:
    effect: Effect
    reason: str


def open_letter(letter_id: UUID, clerk: Clerk, *, at: datetime) -> None:
    """This will note the first opening of a letter at the desk; later ones change nothing."""
    with transaction.atomic():
        unopened = LetterHandling.objects.filter(letter=letter_id, first_opened_at__isnull=True)
        if unopened.update(first_opened_at=at):
            _record(EventKind.LETTER_OPENED, _handling(letter_id), clerk, at)


def assign_letter(letter_id: UUID, assignee_id: int, clerk: Clerk, *, at: datetime) -> None:
    """This will give a letter to a clerk of its institution; taking is assigning to oneself.

    Raises CannotHandle.
    """
    with transaction.atomic():
        handling = _handling(letter_id)
        _require_clerk(assignee_id, handling.institution_id, at)
        _move(handling, Move.ASSIGN, clerk, at)
        if handling.assignee_id != assignee_id:
            _save(handling, at, assignee_id=assignee_id)
            _record(EventKind.LETTER_ASSIGNED, handling, clerk, at, assignee=assignee_id)


def change_state(
    letter_id: UUID, move: Move, clerk: Clerk, *, at: datetime, reason: str = ""
) -> None:
    """This will make one move with a letter. Raises CannotHandle.

    „Braki formalne” need a reason (KPA art. 64 § 2: the call names what is missing); it is kept as
    a note, because the record of events holds no content.
    """
    text = reason.strip()
    if move is Move.MARK_DEFICIENT and not text:
        raise CannotHandle(HandlingFault.NO_REASON)
    with transaction.atomic():
        handling = _handling(letter_id)
        _move(handling, move, clerk, at)
        if handling.assignee_id is None:
            _save(handling, at, assignee_id=clerk.user_id)
        if text:
            _keep_note(handling, NoteKind.DEFICIENCY, text, clerk, at)


def assign_letters(
    letter_ids: Iterable[UUID], assignee_id: int, clerk: Clerk, *, at: datetime
) -> Bulk:
    """This will assign each letter that may be assigned, and tell of the others."""
    return _each(letter_ids, lambda each: assign_letter(each, assignee_id, clerk, at=at))


def change_states(
    letter_ids: Iterable[UUID], move: Move, clerk: Clerk, *, at: datetime, reason: str = ""
) -> Bulk:
    """This will make the move with each letter that allows it, and tell of the others."""
    return _each(letter_ids, lambda each: change_state(each, move, clerk, at=at, reason=reason))


def add_note(letter_id: UUID, text: str, clerk: Clerk, *, at: datetime) -> None:
    """This will keep a note of the desk beside the letter. Raises CannotHandle on an empty one."""
    if not text.strip():
        raise CannotHandle(HandlingFault.NO_TEXT)
    with transaction.atomic():
        _keep_note(_handling(letter_id), NoteKind.NOTE, text, clerk, at)


def assess_effect(letter_id: UUID, assessment: Assessment, clerk: Clerk, *, at: datetime) -> None:
    """This will add a clerk's assessment of the letter's effect, with its reason, for good.

    A later assessment does not replace an earlier one: both stand. Raises CannotHandle.
    """
    if not assessment.reason.strip():
        raise CannotHandle(HandlingFault.NO_REASON)
    with transaction.atomic():
        handling = _handling(letter_id)
        row = LetterAssessment.objects.create(
            letter_id=handling.letter_id,
            author_id=clerk.user_id,
            effect=assessment.effect,
            reason=assessment.reason.strip()[:LONGEST_NOTE],
            at=at,
        )
        _record(EventKind.LETTER_NOTED, handling, clerk, at, assessment=row.pk)


def _each(letter_ids: Iterable[UUID], change: Callable[[UUID], None]) -> Bulk:
    changed, refused = 0, []
    for letter_id in letter_ids:
        try:
            change(letter_id)
        except CannotHandle as refusal:
            refused.append(refusal.reason)
        else:
            changed += 1
    return Bulk(changed, tuple(refused))


def _handling(letter_id: UUID) -> LetterHandling:
    row = LetterHandling.objects.select_for_update().filter(letter=letter_id).first()
    if row is None:
        raise CannotHandle(HandlingFault.NOT_FOUND)
    return row


def _move(handling: LetterHandling, move: Move, clerk: Clerk, at: datetime) -> None:
    before = HandlingState(handling.state)
    after = next_state(before, move)
    if after is not before:
        _save(handling, at, state=after)
        _record(EventKind.LETTER_STATE_CHANGED, handling, clerk, at, before=before, after=after)


def _save(handling: LetterHandling, at: datetime, **fields: object) -> None:
    for name, value in fields.items():
        setattr(handling, name, value)
    handling.updated_at = at
    handling.save(update_fields=[*fields, "updated_at"])


def _require_clerk(user_id: int, institution_id: int, at: datetime) -> None:
    jobs = Employment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        user_id=user_id,
        institution_id=institution_id,
        role=Role.CLERK,
        since__lte=at,
    )
    if not jobs.exists():
        raise CannotHandle(HandlingFault.NOT_A_CLERK)


def _keep_note(
    handling: LetterHandling, kind: NoteKind, text: str, clerk: Clerk, at: datetime
) -> None:
    row = LetterNote.objects.create(
        letter_id=handling.letter_id,
        author_id=clerk.user_id,
        kind=kind,
        text=text.strip()[:LONGEST_NOTE],
        at=at,
    )
    _record(EventKind.LETTER_NOTED, handling, clerk, at, note=row.pk)


def _record(
    kind: EventKind, handling: LetterHandling, clerk: Clerk, at: datetime, **data: str | int
) -> None:
    record_event(
        kind,
        Subject("LETTER", str(handling.letter_id)),
        at=at,
        actor=clerk.actor,
        institution_id=handling.institution_id,
        data=data,
    )
