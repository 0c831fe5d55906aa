"""A submitted letter as its sender sees it: the receipt, what it covers, what happens next."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from skrytka.accounts.queries import Viewer
from skrytka.core.identifiers import ReceiptKind
from skrytka.evidence.queries import Outcome, receipt_of, receipts_of, signature_report_of
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import (
    HandlingState,
    IntakeState,
    Letter,
    LetterAttachment,
    LetterHandling,
    SigningMode,
)
from skrytka.letters.queries.screenings import flagged_now
from skrytka.letters.screening.remarks import Remarks, remarks_named

PAGE = 20


@dataclass(frozen=True)
class SentFile:
    """A file the receipt speaks of: its name in the package, size in bytes, SHA-256 in hex.

    It lies among the blobs of the institution. `is_flagged`: malware was found in it later, nobody
    may take it.
    """

    position: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    institution_id: int
    remarks: Remarks = ()
    is_flagged: bool = False


@dataclass(frozen=True)
class ReceiptView:
    """The receipt as the page names it; the XML itself is asked for by `receipt_xml`."""

    kind: ReceiptKind
    receipt_no: str
    sealed_at: datetime
    sha256: str
    size: int


@dataclass(frozen=True)
class Handling:
    """How far the desk has come with the letter."""

    state: HandlingState
    is_assigned: bool
    first_opened_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True)
class LetterView:
    """Everything of the receipt page and the timeline."""

    id: UUID
    draft_id: UUID
    institution_id: int
    institution_name: str
    institution_entity: str
    box_address: str
    sender_party_id: int
    sender_name: str
    sender_address: str
    author_email: str
    card_code: str
    card_name: str
    title: str
    document_no: str
    document: SentFile
    attachments: tuple[SentFile, ...]
    submitted_at: datetime
    register_no: str
    state: IntakeState
    refusal_code: str
    refused_file: str
    receipt: ReceiptView | None
    signing_mode: SigningMode
    signature: Outcome
    handling: Handling | None

    @property
    def is_refused(self) -> bool:
        return self.state == IntakeState.REFUSED

    @property
    def is_awaiting_screening(self) -> bool:
        return self.state == IntakeState.AWAITING_SCREENING

    @property
    def flagged_files(self) -> tuple[SentFile, ...]:
        return tuple(file for file in self.attachments if file.is_flagged)

    @property
    def package_bytes(self) -> int:
        """About the size of the package: what lies in it is stored, not compressed."""
        return self.document.size + sum(
            file.size for file in self.attachments if not file.is_flagged
        )


@dataclass(frozen=True)
class LetterRow:
    """One line of „Moje pisma”."""

    id: UUID
    title: str
    institution_name: str
    submitted_at: datetime
    receipt_no: str
    state: IntakeState


@dataclass(frozen=True)
class LetterPage:
    rows: tuple[LetterRow, ...]
    number: int
    pages: int
    total: int


def letter_view(letter_id: UUID) -> LetterView | None:
    """This will return the letter, or None when there is none of that id."""
    related = ("institution", "intake", "author", "register_entry", "handling")
    letter = Letter.objects.select_related(*related).filter(id=letter_id).first()
    return None if letter is None else _view(letter)


def letters_of(viewer: Viewer, page: int = 1) -> LetterPage:
    """This will list letters of the viewer's parties and of those they hold a mandate of."""
    party_ids = [party.id for party in (*viewer.parties, *viewer.mandated_parties)]
    letters = Letter.objects.filter(sender_id__in=party_ids)
    total = letters.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    rows = list(
        letters.select_related("institution", "intake").order_by("-submitted_at")[
            (number - 1) * PAGE : number * PAGE
        ]
    )
    numbers = receipts_of(row.id for row in rows)
    shown = tuple(_row(row, numbers.get(row.id, "")) for row in rows)
    return LetterPage(shown, number, pages, total)


def letter_of_draft(draft_id: UUID) -> UUID | None:
    """This will return the letter that a draft became."""
    return Letter.objects.filter(draft_id=draft_id).values_list("id", flat=True).first()


def letter_document(letter_id: UUID) -> bytes:
    """This will return the document as it was sent, signature included."""
    letter = Letter.objects.only("document_sha256", "institution_id").get(id=letter_id)
    return blobs_of(letter.institution_id).read(letter.document_sha256)


def receipt_xml(letter_id: UUID) -> bytes | None:
    """This will return the sealed receipt, or None while it is being made."""
    receipt = receipt_of(letter_id)
    return None if receipt is None else receipt.xml


def _row(letter: Letter, receipt_no: str) -> LetterRow:
    return LetterRow(
        id=letter.id,
        title=letter.title,
        institution_name=letter.institution.name,
        submitted_at=letter.submitted_at,
        receipt_no=receipt_no,
        state=IntakeState(letter.intake.state),
    )


def _view(letter: Letter) -> LetterView:
    entry = getattr(letter, "register_entry", None)
    report = signature_report_of(letter.id)
    return LetterView(
        id=letter.id,
        draft_id=letter.draft_id,
        institution_id=letter.institution_id,
        institution_name=letter.institution.name,
        institution_entity=letter.institution.entity,
        box_address=letter.box_address,
        sender_party_id=letter.sender_id,
        sender_name=letter.sender_name,
        sender_address=letter.sender_address,
        author_email=letter.author.email,
        card_code=letter.card_code,
        card_name=letter.card_name,
        title=letter.title,
        document_no=letter.document_no,
        document=_document(letter),
        attachments=_files(letter),
        submitted_at=letter.submitted_at,
        register_no=entry.register_no if entry else "",
        state=IntakeState(letter.intake.state),
        refusal_code=letter.intake.refusal_code,
        refused_file=letter.intake.refused_file,
        receipt=_receipt(letter.id),
        signing_mode=SigningMode(letter.signing_mode),
        signature=Outcome.NONE if report is None else report.outcome,
        handling=_handling(getattr(letter, "handling", None)),
    )


def _document(letter: Letter) -> SentFile:
    size, sha256 = letter.document_size, letter.document_sha256
    return SentFile(0, "pismo.xml", "application/xml", size, sha256, letter.institution_id)


def _files(letter: Letter) -> tuple[SentFile, ...]:
    rows = letter.attachments.annotate(is_flagged=flagged_now())
    files = ((sent_file(row, letter.institution_id), row.is_flagged) for row in rows)
    return tuple(replace(file, is_flagged=is_flagged) for file, is_flagged in files)


def sent_file(row: LetterAttachment, institution_id: int) -> SentFile:
    """This will name an attachment of a letter to that institution."""
    return SentFile(
        row.position,
        row.file_name,
        row.media_type,
        row.size,
        row.sha256,
        institution_id,
        remarks_named(row.remarks),
    )


def _receipt(letter_id: UUID) -> ReceiptView | None:
    receipt = receipt_of(letter_id)
    if receipt is None:
        return None
    return ReceiptView(
        receipt.kind, receipt.receipt_no, receipt.sealed_at, receipt.sha256, receipt.size
    )


def _handling(row: LetterHandling | None) -> Handling | None:
    if row is None:
        return None
    return Handling(
        HandlingState(row.state), row.assignee_id is not None, row.first_opened_at, row.updated_at
    )
