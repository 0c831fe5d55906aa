"""Drafts of the desk: lists, and one as its pages need it."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Q, QuerySet

from skrytka.core.calendar import civil_date
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingSigning, OutgoingState
from skrytka.delivery.operations.completeness import OutgoingProblem, outgoing_problems
from skrytka.delivery.queries.flags import flagged_among, flagged_at
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import RegisterEntry
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import ScreeningPolicy
from skrytka.letters.screening.remarks import Remarks, remarks_named


@dataclass(frozen=True)
class OutgoingAddressee:
    """Whom the letter goes to; `party_id` None: a box of another institution."""

    party_id: int | None
    name: str
    address: str


@dataclass(frozen=True)
class OutgoingFileView:
    """A file of a draft; size in bytes, and what is to be known of what it holds.

    `is_flagged`: malware was found in it after it was added, nobody may take or send it.
    """

    id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str
    remarks: Remarks = ()
    is_flagged: bool = False


@dataclass(frozen=True)
class AnsweredLetter:
    """The letter that the draft answers."""

    id: UUID
    title: str
    register_no: str


@dataclass(frozen=True)
class OutgoingView:
    """A draft of the desk with all that its pages show."""

    id: UUID
    version: int
    state: OutgoingState
    institution_id: int
    author_id: int
    author_name: str
    signed_by_id: int | None
    box_address: str
    addressee: OutgoingAddressee | None
    answered: AnsweredLetter | None
    title: str
    body: str
    case_mark: str
    files: tuple[OutgoingFileView, ...]
    used_bytes: int
    rules: ScreeningPolicy
    document_sha256: str
    signing_mode: OutgoingSigning | None
    sent_back_reason: str
    merge_id: UUID | None
    saved_at: datetime
    problems: tuple[OutgoingProblem, ...]

    @property
    def is_frozen(self) -> bool:
        return bool(self.document_sha256)

    @property
    def is_signed(self) -> bool:
        return self.is_frozen and self.signing_mode is not None


@dataclass(frozen=True)
class OutgoingRow:
    """One line of the lists of what is to be sent."""

    id: UUID
    title: str
    addressee: str
    author_id: int
    author_name: str
    state: OutgoingState
    is_signed: bool
    is_sent_back: bool
    saved_at: datetime


@dataclass(frozen=True)
class OutgoingLists:
    """What stands on the page „Do wysłania” of one clerk."""

    to_release: tuple[OutgoingRow, ...]
    own: tuple[OutgoingRow, ...]
    waiting: tuple[OutgoingRow, ...]
    of_others: tuple[OutgoingRow, ...]
    discarded: tuple[OutgoingRow, ...]


def outgoing_view(draft_id: UUID, *, at: datetime) -> OutgoingView | None:
    """This will return the draft in any state, or None when there is none of that id."""
    rows = OutgoingDraft.objects.select_related(
        "institution", "author", "party", "to_box__institution", "box__institution", "in_reply_to"
    )
    draft = rows.prefetch_related("files").filter(id=draft_id).first()
    return None if draft is None else _view(draft, at)


def institution_of_outgoing(draft_id: UUID) -> int | None:
    """This will tell whose draft it is."""
    return (
        OutgoingDraft.objects.filter(id=draft_id).values_list("institution_id", flat=True).first()
    )


def outgoing_lists(institution_id: int, user_id: int) -> OutgoingLists:
    """This will list the drafts of an institution as one of its clerks has to do with them.

    Drafts of a series stand on the page of the series.
    """
    rows = _rows(institution_id)
    waiting = rows.filter(state=OutgoingState.WAITING)
    drafts = rows.filter(state=OutgoingState.OPEN)
    own = Q(author=user_id)
    gone = rows.filter(own, state=OutgoingState.DISCARDED)[:20]
    return OutgoingLists(
        to_release=tuple(map(_row, waiting.exclude(own).exclude(signed_by=user_id))),
        own=tuple(map(_row, drafts.filter(own))),
        waiting=tuple(map(_row, waiting.filter(own | Q(signed_by=user_id)))),
        of_others=tuple(map(_row, drafts.exclude(own))),
        discarded=tuple(map(_row, gone)),
    )


def outgoing_count(institution_id: int, user_id: int) -> int:
    """This will count what waits for a clerk: own drafts, and letters of others to release."""
    rows = OutgoingDraft.objects.filter(institution=institution_id, merge=None)
    own = Q(author=user_id, state=OutgoingState.OPEN)
    return rows.filter(own | (Q(state=OutgoingState.WAITING) & ~Q(author=user_id))).count()


def outgoing_document(draft_id: UUID) -> bytes | None:
    """This will return the very bytes to be signed, or None while nothing is frozen."""
    rows = OutgoingDraft.objects.filter(id=draft_id).values_list(
        "institution_id", "document_sha256"
    )
    institution_id, sha256 = rows.first() or (None, "")
    return blobs_of(institution_id).read(sha256) if sha256 else None


def outgoing_file(draft_id: UUID, file_id: UUID) -> AttachmentBytes | None:
    """This will open a file of a draft for reading; None for one that is flagged, too."""
    rows = OutgoingFile.objects.select_related("draft").exclude(flagged_at("draft__institution"))
    row = rows.filter(draft=draft_id, id=file_id).first()
    if row is None:
        return None
    chunks = partial(blobs_of(row.draft.institution_id).stream, row.sha256)
    return AttachmentBytes(row.file_name, row.media_type, row.size, row.sha256, chunks)


def _rows(institution_id: int) -> QuerySet[OutgoingDraft]:
    rows = OutgoingDraft.objects.select_related("author", "party", "to_box__institution")
    return rows.filter(institution=institution_id, merge=None).order_by("-updated_at")


def _row(draft: OutgoingDraft) -> OutgoingRow:
    addressee = addressee_of(draft)
    return OutgoingRow(
        id=draft.id,
        title=draft.title,
        addressee=addressee.name if addressee else "",
        author_id=draft.author_id,
        author_name=str(draft.author),
        state=OutgoingState(draft.state),
        is_signed=bool(draft.signing_mode),
        is_sent_back=bool(draft.sent_back_reason),
        saved_at=draft.updated_at,
    )


def addressee_of(draft: OutgoingDraft) -> OutgoingAddressee | None:
    """This will name whom a draft goes to."""
    if draft.party is not None:
        return OutgoingAddressee(draft.party.pk, draft.party.name, draft.party.box_address)
    if draft.to_box is not None:
        return OutgoingAddressee(None, draft.to_box.institution.name, draft.to_box.address)
    return None


def _view(draft: OutgoingDraft, at: datetime) -> OutgoingView:
    files = list(draft.files.all())
    flagged = flagged_among(draft.institution_id, [file.sha256 for file in files])
    return OutgoingView(
        id=draft.id,
        version=draft.version,
        state=OutgoingState(draft.state),
        institution_id=draft.institution_id,
        author_id=draft.author_id,
        author_name=str(draft.author),
        signed_by_id=draft.signed_by_id,
        box_address=draft.box.address,
        addressee=addressee_of(draft),
        answered=_answered(draft),
        title=draft.title,
        body=draft.body,
        case_mark=draft.case_mark,
        files=tuple(_file(file, is_flagged=file.sha256 in flagged) for file in files),
        used_bytes=sum(file.size for file in files),
        rules=attachment_policy_for(draft.institution_id, civil_date(at)),
        document_sha256=draft.document_sha256,
        signing_mode=OutgoingSigning(draft.signing_mode) if draft.signing_mode else None,
        sent_back_reason=draft.sent_back_reason,
        merge_id=draft.merge_id,
        saved_at=draft.updated_at,
        problems=outgoing_problems(draft, files, at),
    )


def _file(row: OutgoingFile, *, is_flagged: bool) -> OutgoingFileView:
    return OutgoingFileView(
        row.id,
        row.file_name,
        row.media_type,
        row.size,
        row.sha256,
        remarks_named(row.remarks),
        is_flagged,
    )


def _answered(draft: OutgoingDraft) -> AnsweredLetter | None:
    letter = draft.in_reply_to
    if letter is None:
        return None
    entry = RegisterEntry.objects.filter(letter=letter.id).first()
    return AnsweredLetter(letter.id, letter.title, entry.register_no if entry else "")
