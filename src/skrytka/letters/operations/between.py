"""A letter of another institution: it lies in the box at once, and is delivered on arrival.

UDE art. 41: to a public entity a letter is delivered when it arrives, and the receipt says so. The
way is that of every other letter: register, desk, UPP.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skrytka.accounts.models import Box
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.evidence.operations import record_signature_report
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.statements import append, append_all
from skrytka.letters.models import Letter, LetterAttachment, SigningMode
from skrytka.letters.operations.intake import accept_at_once
from skrytka.letters.operations.submission import document_no
from skrytka.letters.screening.remarks import Remarks

LETTER_BETWEEN_INSTITUTIONS = "Pismo z innej instytucji"


@dataclass(frozen=True)
class ArrivingFile:
    """A file that was screened at the sending institution, by the same rules."""

    file_name: str
    media_type: str
    size: int
    sha256: str
    remarks: Remarks = ()


@dataclass(frozen=True)
class Arrival:
    """A signed letter on its way into another institution's box; sizes in bytes, SHA-256 in hex.

    `draft_id` is the sender's: the database lets one letter in for it.
    """

    draft_id: UUID
    box_id: int
    sender_party_id: int
    sender_name: str
    sender_address: str
    author_id: int
    title: str
    document_sha256: str
    document_size: int
    is_trusted: bool
    report: ValidationReport
    files: Sequence[ArrivingFile]


def take_from_institution(arrival: Arrival, *, actor: Actor, at: datetime) -> Letter:
    """This will accept the letter in the caller's transaction; its receipt is made after it.

    A second one of the same draft breaks the database's rule (IntegrityError).
    """
    box = Box.objects.select_related("institution").get(id=arrival.box_id)
    letter = _letter(arrival, box, at)
    append(letter)
    files = [_file(letter, number, each) for number, each in enumerate(arrival.files, start=1)]
    append_all(files)
    record_signature_report(letter.id, letter.document_sha256, arrival.report, at=at)
    record_event(
        EventKind.LETTER_RECEIVED,
        Subject("LETTER", str(letter.id)),
        at=at,
        actor=actor,
        institution_id=box.institution_id,
    )
    accept_at_once(letter, files, at=at)
    return letter


def _letter(arrival: Arrival, box: Box, at: datetime) -> Letter:
    letter = Letter(
        draft_id=arrival.draft_id,
        institution=box.institution,
        box=box,
        box_address=box.address,
        sender_id=arrival.sender_party_id,
        sender_name=arrival.sender_name,
        sender_address=arrival.sender_address,
        author_id=arrival.author_id,
        card_code="",
        card_name=LETTER_BETWEEN_INSTITUTIONS,
        title=arrival.title,
        document_sha256=arrival.document_sha256,
        document_size=arrival.document_size,
        signing_mode=SigningMode.TRUSTED if arrival.is_trusted else SigningMode.UPLOADED,
        submitted_at=at,
        attachment_count=len(arrival.files),
        attachment_bytes=sum(file.size for file in arrival.files),
    )
    letter.document_no = document_no(letter.id, at)
    return letter


def _file(letter: Letter, position: int, file: ArrivingFile) -> LetterAttachment:
    return LetterAttachment(
        letter=letter,
        position=position,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        remarks=list(file.remarks),
    )
