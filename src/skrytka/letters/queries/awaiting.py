"""Letters and files that wait for the scanner: how many, since when, whose."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min, QuerySet

from skrytka.letters.models import (
    AttachmentState,
    DraftAttachment,
    DraftState,
    IntakeState,
    LetterIntake,
)

PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class AwaitingRow:
    """A letter whose files are being screened, as the desk lists it."""

    letter_id: UUID
    title: str
    card_name: str
    sender_name: str
    sender_address: str
    box_address: str
    submitted_at: datetime
    attachment_count: int
    attachment_bytes: int


@dataclass(frozen=True)
class WaitingCase:
    """A letter, or a file of a draft, that waits; None: the addressee is not chosen yet."""

    kind: str
    id: UUID
    institution_id: int | None
    since: datetime


@dataclass(frozen=True)
class LongWait:
    """How much waits for longer than it should, and since when the oldest does."""

    letters: int
    files: int
    oldest: datetime | None

    @property
    def is_alarming(self) -> bool:
        return self.oldest is not None


def awaiting_letters(institution_id: int, limit: int = 100) -> tuple[AwaitingRow, ...]:
    """This will list the letters of an institution that wait for the scanner, the oldest first."""
    rows = _letters().filter(letter__institution=institution_id).select_related("letter")
    return tuple(map(_row, rows.order_by("letter__submitted_at")[:limit]))


def awaiting_count(institution_id: int, *, before: datetime | None = None) -> int:
    """This will count letters of an institution that wait, or those that came before an instant."""
    rows = _letters().filter(letter__institution=institution_id)
    return (rows.filter(letter__submitted_at__lt=before) if before else rows).count()


def long_wait(*, at: datetime) -> LongWait:
    """This will tell what waits for the scanner for more than ten minutes, everywhere."""
    letters = _letters().filter(letter__submitted_at__lt=at - PATIENCE)
    files = _files().filter(added_at__lt=at - PATIENCE)
    oldest = [
        letters.aggregate(oldest=Min("letter__submitted_at"))["oldest"],
        files.aggregate(oldest=Min("added_at"))["oldest"],
    ]
    since = min((each for each in oldest if each is not None), default=None)
    return LongWait(letters.count(), files.count(), since)


def waiting_cases(*, at: datetime) -> Iterator[WaitingCase]:
    """This will name every letter and file that waits for more than ten minutes."""
    letters = _letters().filter(letter__submitted_at__lt=at - PATIENCE)
    names = ("letter_id", "letter__institution_id", "letter__submitted_at")
    for letter_id, institution_id, since in letters.values_list(*names):
        yield WaitingCase("letter", letter_id, institution_id, since)
    files = _files().filter(added_at__lt=at - PATIENCE)
    for row in files.select_related("draft__box", "draft__card"):
        draft = row.draft
        owner = draft.box.institution_id if draft.box else draft.card.institution_id
        yield WaitingCase("file", row.id, owner, row.added_at)


def _letters() -> QuerySet[LetterIntake]:
    return LetterIntake.objects.filter(state=IntakeState.AWAITING_SCREENING)


def _files() -> QuerySet[DraftAttachment]:
    """Files of letters that were sent wait with their letter."""
    return DraftAttachment.objects.filter(
        state=AttachmentState.STORED, draft__state=DraftState.OPEN
    )


def _row(row: LetterIntake) -> AwaitingRow:
    letter = row.letter
    return AwaitingRow(
        letter_id=letter.id,
        title=letter.title,
        card_name=letter.card_name,
        sender_name=letter.sender_name,
        sender_address=letter.sender_address,
        box_address=letter.box_address,
        submitted_at=letter.submitted_at,
        attachment_count=letter.attachment_count,
        attachment_bytes=letter.attachment_bytes,
    )
