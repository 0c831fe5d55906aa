"""Sending: once per draft, with the instant fixed before anything else can fail."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from skrytka.accounts.models import Box
from skrytka.catalogue.models import RequiredSignature
from skrytka.core.calendar import whole_milliseconds
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.evidence.operations import record_signature_report
from skrytka.evidence.queries import validate_here
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.statements import Prepared, PreparedUpdate, append, append_all, slot
from skrytka.letters.models import (
    AttachmentState,
    Draft,
    DraftAttachment,
    DraftState,
    Letter,
    LetterAttachment,
    SigningMode,
)
from skrytka.letters.operations.documents import files_of, sendable
from skrytka.letters.operations.intake import accept_at_once, wait_for_screening
from skrytka.letters.operations.keeping import bring_to_addressee
from skrytka.letters.operations.receipts import make_receipt_now

# What of a draft goes into the letter, its number and its receipt; the rest stays behind.
SENT = (
    *("author_id", "title", "document_sha256", "signing_mode", "signed_sha256"),
    *("card__code", "card__name", "card__required_signature"),
    *("party__name", "party__box_entity"),
    *("box__name", "box__is_open", "box__accepts_unsigned"),
    *("box__institution__entity", "box__institution__name"),
    *("box__institution__office_code", "box__institution__channel_effect"),
)

DRAFT_TO_SEND = Prepared(
    lambda: (
        Draft.objects.select_related("box__institution", "card", "party")
        .only(*SENT)
        .filter(id=slot("id", Draft))
    )
)
DIGESTS = Prepared(
    lambda: Draft.objects.filter(id=slot("id", Draft)).values_list(
        "document_sha256", "signed_sha256", "box__institution_id"
    )
)
CLAIM = PreparedUpdate(
    lambda: Draft.objects.filter(id=slot("id", Draft), state=DraftState.OPEN),
    lambda: {"state": DraftState.SENT},
)


class SubmitFault(StrEnum):
    """Why a letter was not sent; the draft stays as it was."""

    NOT_FOUND = "NOT_FOUND"
    NOT_SIGNED = "S-NONE"
    BOX_CLOSED = "A-OFF"
    CHANGED = "W-TWO"
    DISCARDED = "DISCARDED"


class CannotSubmit(Exception):
    """Nothing was sent."""

    def __init__(self, reason: SubmitFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Submission:
    """What became of „Wyślij pismo”: the letter, and whether an earlier click had sent it."""

    letter_id: UUID
    already_sent: bool


@dataclass(frozen=True)
class JudgedDocument:
    """The document to be sent by its digest, and what the verifier says of its signature."""

    sha256: str
    report: ValidationReport | None


@dataclass(frozen=True)
class _Accepted:
    """A letter that came in with every file known to be safe: its receipt can be made at once."""

    letter_id: UUID
    can_be_sealed: bool


def submit_letter(draft_id: UUID, *, actor: Actor, at: datetime) -> Submission:
    """This will send the draft's signed document and return the letter; a replay returns the first.

    `at` becomes the instant of submission (rozporządzenie PRM 14.09.2011 § 13: the moment of entry
    into the entity's system): every byte was stored before, and the transaction that fixes it is
    durable before a receipt is made. Raises CannotSubmit.
    """
    at = whole_milliseconds(at)
    judged = judge_draft(draft_id, at)
    bring_to_addressee(draft_id)
    with transaction.atomic():
        if not _claim(draft_id):
            return Submission(_sent_before(draft_id), already_sent=True)
        letter = _take_in(draft_id, judged, actor, at)
    if letter.can_be_sealed:
        make_receipt_now(letter.letter_id, at=at)
    return Submission(letter.letter_id, already_sent=False)


def document_of(draft: Draft) -> str:
    """This will return the digest of what is sent: the signed document, or the unsigned one."""
    return draft.signed_sha256 or draft.document_sha256


def judge_draft(draft_id: UUID, at: datetime) -> JudgedDocument:
    """This will judge the document to be sent, before the transaction that takes it in.

    The report is that of the instant of submission. A draft that cannot be sent is told later, by
    the transaction, which sees the last word.
    """
    document, signed, institution_id = DIGESTS.first(id=draft_id) or ("", "", None)
    if not signed:
        return JudgedDocument(document, None)
    data = blobs_of(institution_id).read(signed)
    return JudgedDocument(signed, validate_here(data, at=at))


def _claim(draft_id: UUID) -> bool:
    """Of any number of clicks, tabs and replays exactly one changes the state."""
    return bool(CLAIM.run(id=draft_id))


def _sent_before(draft_id: UUID) -> UUID:
    letter_id = Letter.objects.filter(draft_id=draft_id).values_list("id", flat=True).first()
    if letter_id is None:
        known = Draft.objects.filter(id=draft_id).exists()
        raise CannotSubmit(SubmitFault.DISCARDED if known else SubmitFault.NOT_FOUND)
    return letter_id


def _take_in(draft_id: UUID, judged: JudgedDocument, actor: Actor, at: datetime) -> _Accepted:
    draft = DRAFT_TO_SEND.get(id=draft_id)
    box = _require_sendable(draft, judged)
    attachments = sendable(files_of(draft_id))
    _require_kept_by(box, attachments)
    letter = _create_letter(draft, box, attachments, at)
    files = _create_files(letter, attachments)
    if judged.report is not None:
        record_signature_report(letter.id, judged.sha256, judged.report, at=at)
    record_event(
        EventKind.LETTER_RECEIVED,
        Subject("LETTER", str(letter.id)),
        at=at,
        actor=actor,
        institution_id=box.institution_id,
    )
    is_safe = all(attachment.state == AttachmentState.SAFE for attachment in attachments)
    if is_safe:
        accept_at_once(letter, files, at=at)
    else:
        wait_for_screening(letter, at=at)
    return _Accepted(letter.id, can_be_sealed=is_safe)


def _require_sendable(draft: Draft, judged: JudgedDocument) -> Box:
    if draft.box is None or not draft.box.is_open:
        raise CannotSubmit(SubmitFault.BOX_CLOSED)
    if not draft.document_sha256 or not draft.signing_mode:
        raise CannotSubmit(SubmitFault.NOT_SIGNED)
    if draft.signing_mode == SigningMode.UNSIGNED and not may_go_unsigned(draft):
        raise CannotSubmit(SubmitFault.NOT_SIGNED)
    if judged.sha256 != document_of(draft):
        raise CannotSubmit(SubmitFault.CHANGED)
    return draft.box


def _require_kept_by(box: Box, attachments: list[DraftAttachment]) -> None:
    """Every byte lies in the addressee's store before the instant is fixed."""
    if any(file.kept_by_id != box.institution_id for file in attachments):
        raise CannotSubmit(SubmitFault.CHANGED)


def may_go_unsigned(draft: Draft) -> bool:
    """This will tell whether both the box and the service let the letter go without a signature."""
    return (
        draft.box is not None
        and draft.box.accepts_unsigned
        and draft.card.required_signature != RequiredSignature.REQUIRED
    )


def _create_letter(
    draft: Draft, box: Box, attachments: list[DraftAttachment], at: datetime
) -> Letter:
    sha256 = document_of(draft)
    letter = Letter(
        draft_id=draft.id,
        institution=box.institution,
        box=box,
        box_address=box.address,
        sender=draft.party,
        sender_name=draft.party.name,
        sender_address=draft.party.box_address,
        author_id=draft.author_id,
        card_code=draft.card.code,
        card_name=draft.card.name,
        title=draft.title.strip(),
        document_sha256=sha256,
        document_size=blobs_of(box.institution_id).size(sha256),
        signing_mode=draft.signing_mode,
        submitted_at=at,
        attachment_count=len(attachments),
        attachment_bytes=sum(attachment.size for attachment in attachments),
    )
    letter.document_no = document_no(letter.id, at)
    append(letter)
    return letter


def _create_files(letter: Letter, attachments: list[DraftAttachment]) -> list[LetterAttachment]:
    files = [
        _sent_attachment(letter, position, attachment)
        for position, attachment in enumerate(attachments, start=1)
    ]
    append_all(files)
    return files


def _sent_attachment(
    letter: Letter, position: int, attachment: DraftAttachment
) -> LetterAttachment:
    return LetterAttachment(
        letter=letter,
        position=position,
        file_name=attachment.file_name,
        media_type=attachment.media_type or "application/octet-stream",
        size=attachment.size,
        sha256=attachment.sha256,
        remarks=attachment.remarks,
    )


def document_no(letter_id: UUID, at: datetime) -> str:
    """This will return the document's opaque identifier, unique as the letter's own id is."""
    return f"DOK-{at.year}-{letter_id.hex[:16].upper()}"
