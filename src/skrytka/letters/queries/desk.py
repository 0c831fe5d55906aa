"""One letter as the desk sees it, the letters refused, and who works at the desk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from skrytka.accounts.models import Employment, Role, User
from skrytka.evidence.queries import StoredReport, receipts_of, signature_report_of, validate_here
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.queries import RecordedEvent, events_of
from skrytka.letters.models import (
    Effect,
    IntakeState,
    Letter,
    LetterAssessment,
    LetterAttachment,
    LetterHandling,
    LetterIntake,
    LetterNote,
    NoteKind,
    SigningMode,
)
from skrytka.letters.queries.letters import LetterView, SentFile, letter_view, sent_file
from skrytka.letters.queries.screenings import Screening, may_be_taken, newest_screenings

# Of a letter whose document is shown.
SHOWN = ("document_sha256", "institution_id", "signing_mode")


@dataclass(frozen=True)
class ClerkView:
    user_id: int
    name: str


@dataclass(frozen=True)
class NoteView:
    at: datetime
    author: str
    kind: NoteKind
    text: str


@dataclass(frozen=True)
class AssessmentView:
    at: datetime
    author: str
    effect: Effect
    reason: str


@dataclass(frozen=True)
class NamedEvent:
    """An event of the record with the names of people in place of their ids; SYSTEM has none."""

    at: datetime
    kind: str
    actor: str
    data: Mapping[str, str | int | bool | None]
    assignee: str


@dataclass(frozen=True)
class DeskLetter:
    """A letter with all that the desk knows of it. `assignee_id` None: nobody has it yet."""

    letter: LetterView
    box_title: str
    author_name: str
    arrived_on: date | None
    registered_at: datetime | None
    assignee_id: int | None
    assignee_name: str
    first_opened_at: datetime | None
    report: StoredReport | None
    notes: tuple[NoteView, ...]
    assessments: tuple[AssessmentView, ...]
    screenings: Mapping[str, Screening]


@dataclass(frozen=True)
class RefusedRow:
    """A letter that was refused: the file, the code of the rule, the number of the NPP."""

    letter_id: UUID
    sender_name: str
    sender_address: str
    submitted_at: datetime
    decided_at: datetime | None
    code: str
    file_name: str
    receipt_no: str


def institution_of_letter(letter_id: UUID) -> int | None:
    """This will tell which institution a letter was sent to, also one that was refused."""
    return Letter.objects.filter(id=letter_id).values_list("institution_id", flat=True).first()


def desk_letter(letter_id: UUID) -> DeskLetter | None:
    """This will return an accepted letter, or None when there is none of that id on any desk."""
    handling = (
        LetterHandling.objects.select_related("letter__author", "letter__box", "assignee")
        .filter(letter=letter_id)
        .first()
    )
    letter = letter_view(letter_id) if handling else None
    if handling is None or letter is None:
        return None
    entry = handling.letter.register_entry
    return DeskLetter(
        letter=letter,
        box_title=handling.letter.box.title,
        author_name=str(handling.letter.author),
        arrived_on=entry.arrived_on,
        registered_at=entry.registered_at,
        assignee_id=handling.assignee_id,
        assignee_name=str(handling.assignee) if handling.assignee else "",
        first_opened_at=handling.first_opened_at,
        report=signature_report_of(letter_id),
        notes=tuple(_notes(letter_id)),
        assessments=tuple(_assessments(letter_id)),
        screenings=newest_screenings(letter.draft_id),
    )


def verified_document(letter_id: UUID, *, at: datetime) -> bytes | None:
    """This will return the bytes of the letter that may be shown for reading.

    Of a signed letter only what its intact signature covers, taken from the verifier itself, so
    that nothing beside the signed content can pose as content; None when there is no such thing.
    """
    letter = Letter.objects.only(*SHOWN).get(id=letter_id)
    document = blobs_of(letter.institution_id).read(letter.document_sha256)
    if letter.signing_mode == SigningMode.UNSIGNED:
        return document
    return validate_here(document, at=at).payload


def attachment_of(letter_id: UUID, position: int) -> SentFile | None:
    """This will find one attachment of an accepted letter that may be taken.

    Those of a letter that waits for the scanner or was refused stay shut; so does a flagged one.
    """
    rows = LetterAttachment.objects.select_related("letter")
    row = rows.filter(may_be_taken(), letter=letter_id, position=position).first()
    if row is None:
        return None
    return sent_file(row, row.letter.institution_id)


def attachment_chunks(
    attachment: SentFile, start: int = 0, count: int | None = None
) -> Iterator[bytes]:
    """This will yield the bytes of an attachment exactly as they were sent, from a place on."""
    return blobs_of(attachment.institution_id).stream(attachment.sha256, start, count)


def history_of(letter_id: UUID) -> tuple[NamedEvent, ...]:
    """This will return what happened to a letter, in order, with names for the pages."""
    events = events_of("LETTER", str(letter_id))
    names = names_of(_people(events))
    return tuple(
        NamedEvent(
            event.at,
            event.kind,
            names.get(event.actor_id, ""),
            event.data,
            names.get(str(event.data.get("assignee", "")), ""),
        )
        for event in events
    )


def clerks_of(institution_id: int, *, at: datetime) -> tuple[ClerkView, ...]:
    """This will list who may handle letters of an institution, by family name."""
    jobs = Employment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at),
        institution_id=institution_id,
        role=Role.CLERK,
        since__lte=at,
    ).select_related("user")
    rows = jobs.order_by("user__family_name", "user__given_name")
    return tuple(ClerkView(job.user_id, str(job.user)) for job in rows)


def refused_letters(institution_id: int, limit: int = 100) -> tuple[RefusedRow, ...]:
    """This will list the letters refused for what they held, the last one first."""
    rows = list(
        LetterIntake.objects.select_related("letter")
        .filter(state=IntakeState.REFUSED, letter__institution=institution_id)
        .order_by("-decided_at")[:limit]
    )
    numbers = receipts_of(row.letter_id for row in rows)
    return tuple(_refused(row, numbers.get(row.letter_id, "")) for row in rows)


def names_of(user_ids: Iterable[str]) -> Mapping[str, str]:
    """This will return the names behind ids of the record; an id of no person is left out."""
    numbers = [int(user_id) for user_id in user_ids if user_id.isdecimal()]
    return {str(user.pk): str(user) for user in User.objects.filter(id__in=numbers)}


def _people(events: tuple[RecordedEvent, ...]) -> set[str]:
    return {person for event in events for person in (event.actor_id, _assignee(event))}


def _assignee(event: RecordedEvent) -> str:
    return str(event.data.get("assignee", ""))


def _notes(letter_id: UUID) -> Iterator[NoteView]:
    rows = LetterNote.objects.select_related("author").filter(letter=letter_id).order_by("id")
    for row in rows:
        yield NoteView(row.at, str(row.author), NoteKind(row.kind), row.text)


def _assessments(letter_id: UUID) -> Iterator[AssessmentView]:
    rows = LetterAssessment.objects.select_related("author").filter(letter=letter_id)
    for row in rows.order_by("id"):
        yield AssessmentView(row.at, str(row.author), Effect(row.effect), row.reason)


def _refused(row: LetterIntake, receipt_no: str) -> RefusedRow:
    letter = row.letter
    return RefusedRow(
        letter_id=letter.id,
        sender_name=letter.sender_name,
        sender_address=letter.sender_address,
        submitted_at=letter.submitted_at,
        decided_at=row.decided_at,
        code=row.refusal_code,
        file_name=row.refused_file,
        receipt_no=receipt_no,
    )
