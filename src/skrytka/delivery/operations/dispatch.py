"""Dispatch: once per draft; the letter lies in the addressee's box from that instant on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from skrytka.accounts.operations.institution_parties import party_of_institution
from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.core.calendar import civil_date, whole_milliseconds
from skrytka.core.delivery import NoticeRound, dispatched, policy_data
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.delivery.models import (
    Delivery,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetter,
    OutgoingLetterFile,
    OutgoingSigning,
    OutgoingState,
    Release,
)
from skrytka.delivery.operations.notices import enqueue_notice
from skrytka.delivery.operations.states import fields_of
from skrytka.delivery.queries.flags import flagged_among
from skrytka.delivery.queries.rules import RulesView, delivery_rules_for
from skrytka.evidence.operations import record_signature_report, reserve_upd_no
from skrytka.evidence.queries import validate_here
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import Letter
from skrytka.letters.operations.between import Arrival, ArrivingFile, take_from_institution
from skrytka.letters.operations.receipts import make_receipt_now
from skrytka.letters.operations.submission import document_no
from skrytka.letters.screening import remarks_named

RELATED = ("institution", "box", "party__user", "to_box__institution")


class DispatchFault(StrEnum):
    """Why the letter did not go; the draft stays as it was."""

    NOT_FOUND = "NOT_FOUND"
    NO_ADDRESSEE = "NO_ADDRESSEE"
    NOT_SIGNED = "NOT_SIGNED"
    NOT_RELEASED = "NOT_RELEASED"
    CHANGED = "CHANGED"
    DISCARDED = "DISCARDED"
    ADDRESSEE_CLOSED = "ADDRESSEE_CLOSED"
    ADDRESSEE_RESIGNED = "ADDRESSEE_RESIGNED"
    FILE_INFECTED = "FILE_INFECTED"


class CannotDispatch(Exception):
    """Nothing was sent."""

    def __init__(self, reason: DispatchFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Dispatch:
    """The outgoing letter, and whether an earlier click had sent it."""

    letter_id: UUID
    already_sent: bool


@dataclass(frozen=True)
class _Judged:
    """The signed document by its digest and size, and what the verifier says of it."""

    sha256: str
    size: int
    report: ValidationReport


def dispatch_letter(draft_id: UUID, *, actor: Actor, at: datetime) -> Dispatch:
    """This will send the draft's signed document; a replay returns the first letter.

    To a party: the letter lies in its box and the first notice is on its way. To an institution: it
    is delivered on arrival (UDE art. 41) and its UPP is made. Raises CannotDispatch.
    """
    at = whole_milliseconds(at)
    judged = _judged(draft_id, at)
    with transaction.atomic():
        if not _claimed(draft_id):
            return Dispatch(_sent_before(draft_id), already_sent=True)
        letter = _send(draft_id, judged, actor, at)
    if letter.received_as_id is not None:
        make_receipt_now(letter.received_as_id, at=at)
    return Dispatch(letter.id, already_sent=False)


def _judged(draft_id: UUID, at: datetime) -> _Judged:
    """The report is that of the instant of dispatch; a draft changed meanwhile is told later."""
    rows = OutgoingDraft.objects.filter(id=draft_id)
    found = rows.values_list("signed_sha256", "institution_id", "to_box__institution_id").first()
    if found is None:
        raise CannotDispatch(DispatchFault.NOT_FOUND)
    signed, sender, addressee = found
    if not signed:
        raise CannotDispatch(DispatchFault.NOT_SIGNED)
    document = blobs_of(sender).read(signed)
    judged = _Judged(signed, len(document), validate_here(document, at=at))
    if addressee is not None:
        _bring(draft_id, signed, sender, addressee)
    return judged


def _bring(draft_id: UUID, signed: str, sender: int, addressee: int) -> None:
    """A letter to an institution lies among its blobs before it is delivered there."""
    files = OutgoingFile.objects.filter(draft=draft_id).values_list("sha256", flat=True)
    for sha256 in (signed, *files):
        blobs_of(addressee).take_from(blobs_of(sender), sha256)


def _claimed(draft_id: UUID) -> bool:
    """Of any number of clicks, tabs and replays exactly one changes the state."""
    going = OutgoingDraft.objects.filter(
        id=draft_id, state__in=[OutgoingState.OPEN, OutgoingState.WAITING]
    )
    return bool(going.update(state=OutgoingState.SENT))


def _sent_before(draft_id: UUID) -> UUID:
    letter_id = OutgoingLetter.objects.filter(draft_id=draft_id).values_list("id", flat=True)
    sent = letter_id.first()
    if sent is None:
        raise CannotDispatch(DispatchFault.DISCARDED)
    return sent


def _send(draft_id: UUID, judged: _Judged, actor: Actor, at: datetime) -> OutgoingLetter:
    draft = OutgoingDraft.objects.select_related(*RELATED).get(id=draft_id)
    rules = delivery_rules_for(draft.institution_id, civil_date(at))
    _require_sendable(draft, rules, judged)
    _require_consent(draft, at)
    _require_unflagged(draft)
    received = _received(draft, judged, actor, at) if draft.to_box is not None else None
    letter = _letter(draft, judged, received, at)
    letter.save(force_insert=True)
    _keep_files(draft, letter)
    record_signature_report(letter.id, judged.sha256, judged.report, at=at)
    record_event(
        EventKind.OUTGOING_DISPATCHED,
        Subject("OUTGOING", str(letter.id)),
        at=at,
        actor=actor,
        institution_id=letter.institution_id,
        data={"answers": str(letter.in_reply_to_id) if letter.in_reply_to_id else None},
    )
    if letter.party_id is not None:
        _deliver(letter, letter.party_id, rules, at)
    return letter


def _require_sendable(draft: OutgoingDraft, rules: RulesView, judged: _Judged) -> None:
    if draft.signed_sha256 != judged.sha256:
        raise CannotDispatch(DispatchFault.CHANGED)
    if rules.release is Release.SECOND_PERSON and draft.released_by_id is None:
        raise CannotDispatch(DispatchFault.NOT_RELEASED)
    if draft.to_box is not None and not _is_reachable(draft):
        raise CannotDispatch(DispatchFault.ADDRESSEE_CLOSED)
    if draft.to_box is None and draft.party is None:
        raise CannotDispatch(DispatchFault.NO_ADDRESSEE)


def _require_consent(draft: OutgoingDraft, at: datetime) -> None:
    """A party that has resigned from delivery to its account gets the letter on paper."""
    if draft.party_id is not None and not accepts_delivery(draft.party_id, at=at):
        raise CannotDispatch(DispatchFault.ADDRESSEE_RESIGNED)


def _require_unflagged(draft: OutgoingDraft) -> None:
    """Malware may have been found in a file after the letter was signed."""
    digests = [file.sha256 for file in draft.files.all()]
    if flagged_among(draft.institution_id, digests):
        raise CannotDispatch(DispatchFault.FILE_INFECTED)


def _is_reachable(draft: OutgoingDraft) -> bool:
    return bool(draft.to_box and draft.to_box.is_open and draft.to_box.institution.is_active)


def _letter(
    draft: OutgoingDraft, judged: _Judged, received: Letter | None, at: datetime
) -> OutgoingLetter:
    name, address = _addressee(draft)
    files = list(draft.files.all())
    letter = OutgoingLetter(
        draft_id=draft.id,
        institution=draft.institution,
        box=draft.box,
        box_address=draft.box.address,
        party=draft.party,
        received_as=received,
        addressee_name=name,
        addressee_address=address,
        author_id=draft.author_id,
        signed_by_id=draft.signed_by_id,
        released_by_id=draft.released_by_id,
        in_reply_to_id=draft.in_reply_to_id,
        merge_id=draft.merge_id,
        title=draft.title.strip(),
        case_mark=draft.case_mark.strip(),
        document_sha256=judged.sha256,
        document_size=judged.size,
        signing_mode=draft.signing_mode,
        dispatched_at=at,
        file_count=len(files),
        file_bytes=sum(file.size for file in files),
    )
    letter.document_no = document_no(letter.id, at)
    return letter


def _addressee(draft: OutgoingDraft) -> tuple[str, str]:
    """The name and the box address that the letter bears for good, whatever changes later."""
    if draft.to_box is not None:
        return draft.to_box.institution.name, draft.to_box.address
    if draft.party is None:
        raise CannotDispatch(DispatchFault.NO_ADDRESSEE)
    return draft.party.name, draft.party.box_address


def _keep_files(draft: OutgoingDraft, letter: OutgoingLetter) -> None:
    OutgoingLetterFile.objects.bulk_create(
        OutgoingLetterFile(
            letter=letter,
            position=number,
            file_name=file.file_name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            remarks=file.remarks,
        )
        for number, file in enumerate(draft.files.all(), start=1)
    )


def _deliver(letter: OutgoingLetter, party_id: int, rules: RulesView, at: datetime) -> None:
    """Open the delivery under the rules of today, and send the first notice on its way."""
    state = dispatched(rules.policy, at)
    delivery = Delivery(
        letter=letter,
        institution_id=letter.institution_id,
        party_id=party_id,
        upd_no=reserve_upd_no(at=at),
        upd_signatures=rules.upd_signatures,
        policy=policy_data(rules.policy),
        dispatched_at=at,
        **fields_of(state),
    )
    delivery.save(force_insert=True)
    enqueue_notice(delivery, NoticeRound.FIRST, at=at)


def _received(draft: OutgoingDraft, judged: _Judged, actor: Actor, at: datetime) -> Letter:
    box = draft.to_box
    if box is None:
        raise CannotDispatch(DispatchFault.NO_ADDRESSEE)
    arrival = Arrival(
        draft_id=draft.id,
        box_id=box.pk,
        sender_party_id=party_of_institution(draft.institution_id, at=at),
        sender_name=draft.institution.name,
        sender_address=draft.box.address,
        author_id=draft.author_id,
        title=draft.title.strip(),
        document_sha256=judged.sha256,
        document_size=judged.size,
        is_trusted=draft.signing_mode == OutgoingSigning.TRUSTED,
        report=judged.report,
        files=tuple(
            ArrivingFile(
                each.file_name,
                each.media_type,
                each.size,
                each.sha256,
                remarks_named(each.remarks),
            )
            for each in draft.files.all()
        ),
    )
    return take_from_institution(arrival, actor=actor, at=at)
