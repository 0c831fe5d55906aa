"""A delivered letter as its party reads it: how it came to be delivered, its files, its UPD."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from skrytka.core.delivery import DeliveryDates, DeliveryState, NoticeRound, Standing
from skrytka.delivery.models import Delivery, NoticeState, OutgoingLetter
from skrytka.delivery.operations.states import state_of
from skrytka.delivery.queries.delivered_on import day_of_delivery
from skrytka.delivery.queries.flags import flagged_at
from skrytka.evidence.queries import (
    Outcome,
    StoredReceipt,
    receipt_of,
    signature_report_of,
    validate_here,
)
from skrytka.gateways.installed import blobs_of
from skrytka.letters.operations.documents import name_in_package
from skrytka.letters.queries.letters import SentFile
from skrytka.letters.queries.packing import DOCUMENT, Package, PackedFile, packed_chunks, pdf_of
from skrytka.letters.screening import remarks_named


@dataclass(frozen=True)
class UpdView:
    """The UPD as the page names it; the XML itself is asked for by `upd_xml`."""

    receipt_no: str
    sealed_at: datetime
    sha256: str
    size: int


@dataclass(frozen=True)
class NoticeEvent:
    """A notice that went out."""

    round: NoticeRound
    sent_at: datetime


@dataclass(frozen=True)
class OpenedLetter:
    """Everything of the page of a delivered letter.

    `delivered_on` is the day of law; `ended_at` the instant at which the end was brought about, by
    `ended_by` where it was a person. `upd` None: it is being sealed.
    """

    id: UUID
    institution_id: int
    institution_name: str
    box_address: str
    case_mark: str
    title: str
    party_id: int
    party_name: str
    document_no: str
    document: SentFile
    attachments: tuple[SentFile, ...]
    signature: Outcome
    standing: Standing
    delivered_on: date
    ended_at: datetime
    ended_by: str
    dates: DeliveryDates | None
    arrived_at: datetime
    notices: tuple[NoticeEvent, ...]
    opened_at: datetime | None
    upd_no: str
    upd: UpdView | None

    @property
    def access_until(self) -> date | None:
        return self.dates.access_until if self.dates else None

    @property
    def flagged_files(self) -> tuple[SentFile, ...]:
        return tuple(file for file in self.attachments if file.is_flagged)

    @property
    def package_bytes(self) -> int:
        """About the size of the package: what lies in it is stored, not compressed."""
        files = (file.size for file in self.attachments if not file.is_flagged)
        return self.document.size + sum(files)


def opened_letter(letter_id: UUID) -> OpenedLetter:
    """This will return a delivered letter. Raises LookupError for one that still waits."""
    row = Delivery.objects.select_related("letter__institution", "ended_by").get(pk=letter_id)
    state = state_of(row)
    if not state.has_ended or state.ended_at is None:
        raise LookupError(letter_id)
    letter, report = row.letter, signature_report_of(letter_id)
    return OpenedLetter(
        id=letter.id,
        institution_id=letter.institution_id,
        institution_name=letter.institution.name,
        box_address=letter.box_address,
        case_mark=letter.case_mark,
        title=letter.title,
        party_id=row.party_id,
        party_name=letter.addressee_name,
        document_no=letter.document_no,
        document=sent_document(letter),
        attachments=sent_files(letter),
        signature=report.outcome if report else Outcome.UNKNOWN,
        standing=state.standing,
        delivered_on=_day(state),
        ended_at=state.ended_at,
        ended_by=str(row.ended_by) if row.ended_by else "",
        dates=state.dates,
        arrived_at=row.dispatched_at,
        notices=_notices(row),
        opened_at=row.opened_at,
        upd_no=row.upd_no,
        upd=_upd(receipt_of(letter_id)),
    )


def opened_document(letter_id: UUID) -> bytes:
    """This will return the document as it was sent, signature included."""
    named = OutgoingLetter.objects.values_list("institution_id", "document_sha256")
    institution_id, sha256 = named.get(id=letter_id)
    return blobs_of(institution_id).read(sha256)


def document_to_read(letter_id: UUID, *, at: datetime) -> bytes | None:
    """This will return what the letter's intact signature covers, taken from the verifier itself.

    Nothing beside the signed content can pose as content; None when there is no such thing.
    """
    return validate_here(opened_document(letter_id), at=at).payload


def upd_xml(letter_id: UUID) -> bytes | None:
    """This will return the UPD, or None while it is being sealed."""
    receipt = receipt_of(letter_id)
    return None if receipt is None else receipt.xml


def upd_pdf(letter_id: UUID) -> bytes | None:
    """This will return the UPD for reading, or None while it is being sealed."""
    receipt = receipt_of(letter_id)
    return None if receipt is None else pdf_of(receipt)


def opened_package(letter_id: UUID) -> Iterator[bytes]:
    """This will yield document, attachments, UPD and digests as one ZIP, piece by piece.

    An attachment that is flagged is left out, as it is everywhere.
    """
    letter = OutgoingLetter.objects.get(id=letter_id)
    document = PackedFile(DOCUMENT, letter.document_sha256, letter.document_size)
    files = (
        PackedFile(name_in_package(file.position, file.file_name), file.sha256, file.size)
        for file in letter.files.exclude(flagged_at("letter__institution"))
    )
    receipt = receipt_of(letter.received_as_id or letter.id)
    everything = (document, *files)
    package = Package(letter.institution_id, everything, receipt, letter.dispatched_at)
    return packed_chunks((package,))


def file_chunks(file: SentFile, start: int = 0, count: int | None = None) -> Iterator[bytes]:
    """This will yield the bytes of an attachment exactly as they were sent, from a place on."""
    return blobs_of(file.institution_id).stream(file.sha256, start, count)


def sent_document(letter: OutgoingLetter) -> SentFile:
    """This will name the document of a letter that went out."""
    size, sha256 = letter.document_size, letter.document_sha256
    return SentFile(0, DOCUMENT, "application/xml", size, sha256, letter.institution_id)


def sent_files(letter: OutgoingLetter) -> tuple[SentFile, ...]:
    """This will name the attachments of a letter that went out, in order."""
    rows = letter.files.annotate(is_flagged=flagged_at("letter__institution"))
    return tuple(
        SentFile(
            file.position,
            file.file_name,
            file.media_type,
            file.size,
            file.sha256,
            letter.institution_id,
            remarks_named(file.remarks),
            file.is_flagged,
        )
        for file in rows
    )


def _notices(row: Delivery) -> tuple[NoticeEvent, ...]:
    sent = row.notices.filter(state=NoticeState.SENT, sent_at__isnull=False)
    return tuple(
        NoticeEvent(NoticeRound(notice.round), notice.sent_at)
        for notice in sent.order_by("sent_at")
        if notice.sent_at is not None
    )


def _day(state: DeliveryState) -> date:
    on = day_of_delivery(state)
    if on is None:
        raise LookupError("a delivery without a day")
    return on


def _upd(receipt: StoredReceipt | None) -> UpdView | None:
    if receipt is None:
        return None
    return UpdView(receipt.receipt_no, receipt.sealed_at, receipt.sha256, receipt.size)
