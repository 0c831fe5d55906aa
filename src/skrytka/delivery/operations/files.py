"""Files of a letter written at the desk: taken in and screened; a refused one leaves no trace.

By the rules of the institution that sends. The clerk sits at the desk and can send the file again,
so nothing waits for a scanner here: while it is silent, nothing is taken.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skrytka.core.calendar import civil_date
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingState
from skrytka.delivery.operations.drafts import CannotChangeOutgoing, touch_outgoing, why_not
from skrytka.gateways.installed import blobs_of, installed
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import AttachmentState, Occasion
from skrytka.letters.operations.attachments import Upload
from skrytka.letters.operations.flags import flag_same_bytes
from skrytka.letters.operations.room import (
    CannotAttach,
    ListedFile,
    Room,
    require_new,
    require_place,
    size_fault,
)
from skrytka.letters.operations.screenings import is_infected, keep_answers
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import (
    AttachmentFault,
    Fault,
    FaultData,
    Outcome,
    Screener,
    ScreeningPolicy,
    Specimen,
    TooLongError,
    Verdict,
    spooled,
)
from skrytka.letters.screening.formats import clean_name


class _ScreenedOutError(CannotAttach):
    """The file is not taken for what its screening said."""

    def __init__(self, fault: Fault, verdict: Verdict) -> None:
        super().__init__(fault)
        self.verdict = verdict


def add_file(draft_id: UUID, upload: Upload, *, actor: Actor, at: datetime) -> UUID:
    """This will screen one file, put it on the draft's list and return its id.

    Raises CannotAttach with the code of the error catalogue: the file is refused, is on the list
    already, or the scanner is silent; CannotChangeOutgoing when the draft is not open;
    BlobNotStoredError when the bytes could not be stored durably.
    """
    draft = _open_draft(draft_id)
    room = _room(draft, at)
    require_place(room, clean_name(upload.file_name))
    try:
        verdict = _taken_in(upload, room)
    except CannotAttach as refusal:
        with transaction.atomic():
            _record_refusal(draft, refusal, actor, at)
        raise
    with transaction.atomic():
        touch_outgoing(draft_id, at=at)
        now = _room(_open_draft(draft_id), at)
        _require_room(now, verdict)
        return _listed(draft_id, now.next_position, verdict, at)


def remove_file(draft_id: UUID, file_id: UUID, *, at: datetime) -> None:
    """This will take one file off the list; a second call changes nothing.

    Raises CannotChangeOutgoing when the draft is not open.
    """
    with transaction.atomic():
        if not OutgoingFile.objects.filter(draft=draft_id, id=file_id).exists():
            return
        touch_outgoing(draft_id, at=at)
        OutgoingFile.objects.filter(draft=draft_id, id=file_id).delete()


def _open_draft(draft_id: UUID) -> OutgoingDraft:
    draft = OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.OPEN).first()
    if draft is None:
        raise CannotChangeOutgoing(why_not(draft_id))
    return draft


def _room(draft: OutgoingDraft, at: datetime) -> Room:
    policy = attachment_policy_for(draft.institution_id, civil_date(at))
    rows = draft.files.values_list("file_name", "size", "sha256", "position")
    listed = (
        ListedFile(name, size, AttachmentState.SAFE, sha256, position)
        for name, size, sha256, position in rows
    )
    return Room(policy, tuple(listed), kept_by=draft.institution_id)


def _taken_in(upload: Upload, room: Room) -> Verdict:
    name = clean_name(upload.file_name)
    if upload.declared_size > room.for_one:
        raise CannotAttach(size_fault(name, upload.declared_size, room))
    try:
        with spooled(upload.chunks, limit=room.for_one) as specimen:
            _require_new(room, name, specimen.sha256)
            verdict = _safe(name, specimen, room.policy)
            blobs_of(room.kept_by).put_stream(specimen.chunks())
            return verdict
    except TooLongError as too_long:
        size = max(too_long.read, upload.declared_size)
        raise CannotAttach(size_fault(name, size, room)) from too_long


def _safe(name: str, specimen: Specimen, policy: ScreeningPolicy) -> Verdict:
    """Bytes go into the store after the verdict only, and only those of a safe file."""
    verdict = Screener(policy, installed().malware).screen(name, specimen)
    if verdict.outcome is not Outcome.SAFE:
        silent = Fault(AttachmentFault.SCANNER_SILENT, FaultData(name))
        raise _ScreenedOutError(verdict.fault or silent, verdict)
    return verdict


def _require_new(room: Room, name: str, sha256: str) -> None:
    """The same bytes twice, or two files of one name, nobody could tell apart."""
    require_new(room, name, sha256)
    for row in room.rows:
        if row.file_name.casefold() == name.casefold():
            data = FaultData(name, other_name=row.file_name)
            raise CannotAttach(Fault(AttachmentFault.DUPLICATE, data))


def _require_room(room: Room, verdict: Verdict) -> None:
    """The limits once more, now under the lock: two uploads at once may have filled the letter."""
    require_place(room, verdict.file_name)
    _require_new(room, verdict.file_name, verdict.sha256)
    if verdict.size > room.left:
        raise CannotAttach(size_fault(verdict.file_name, verdict.size, room))


def _listed(draft_id: UUID, position: int, verdict: Verdict, at: datetime) -> UUID:
    keep_answers(draft_id, [verdict], Occasion.ADDED, at=at)
    row = OutgoingFile.objects.create(
        draft_id=draft_id,
        position=position,
        file_name=verdict.file_name,
        media_type=verdict.media_type or "application/octet-stream",
        size=verdict.size,
        sha256=verdict.sha256,
        remarks=list(verdict.remarks),
        added_at=at,
    )
    return row.id


def _record_refusal(
    draft: OutgoingDraft, refusal: CannotAttach, actor: Actor, at: datetime
) -> None:
    """What was found is for the journal; the clerk is told the rule and what to do."""
    if isinstance(refusal, _ScreenedOutError):
        keep_answers(draft.id, [refusal.verdict], Occasion.ADDED, at=at)
        if is_infected(refusal.verdict):
            flag_same_bytes(refusal.verdict.sha256, refusal.verdict, at=at)
    record_event(
        EventKind.ATTACHMENT_REFUSED,
        Subject("OUTGOING_DRAFT", str(draft.id)),
        at=at,
        actor=actor,
        institution_id=draft.institution_id,
        data={"code": refusal.reason, "rule": refusal.data.rule},
    )
