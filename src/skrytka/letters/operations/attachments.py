"""Files of a draft: taken in, screened, kept or refused; one at a time, limits under a lock.

A file is screened before its bytes reach the blob store, so malware and whatever else is refused
is never stored. A refused file stays in the list, without its bytes, until the person removes it;
it never goes into the letter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from skrytka.gateways.blobs import Blobs, InstitutionId
from skrytka.gateways.installed import blobs_of, installed
from skrytka.gateways.malware import ScannerSilentError
from skrytka.ledger.operations import Actor, Effect, EventKind, Subject, enqueue, record_event
from skrytka.ledger.operations.events import SYSTEM
from skrytka.ledger.statements import Prepared, append, slot
from skrytka.letters.models import (
    AttachmentState,
    Draft,
    DraftAttachment,
    DraftState,
    LetterAttachment,
    Occasion,
)
from skrytka.letters.operations.allowance import require_allowance
from skrytka.letters.operations.drafts import (
    CannotChangeDraft,
    DraftFault,
    keeper_of,
    touch_draft,
)
from skrytka.letters.operations.elsewhere import is_needed_elsewhere
from skrytka.letters.operations.flags import flag_same_bytes
from skrytka.letters.operations.room import (
    CannotAttach,
    Room,
    files_listed,
    require_new,
    require_place,
    too_long,
)
from skrytka.letters.operations.screenings import is_infected, keep_answers
from skrytka.letters.queries.attachments import policy_of_draft
from skrytka.letters.screening import (
    CIESZYN_2026,
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

STATES = {
    Outcome.SAFE: AttachmentState.SAFE,
    Outcome.REFUSED: AttachmentState.REFUSED,
    Outcome.UNSCREENED: AttachmentState.STORED,
}
LONGEST_SLOT = 60
# What the rules for files depend on, and no more: this is asked for every file.
OWNERS = ("state", "author_id", "box__institution_id", "card__institution_id")
OWNED_DRAFT = Prepared(
    lambda: Draft.objects.select_related("box", "card").only(*OWNERS).filter(id=slot("id", Draft))
)


@dataclass(frozen=True)
class Upload:
    """A file on its way in. `slot` is the attachment slot of the form, empty for the letter's own.

    `declared_size` in bytes, where the sender told it, spares reading what is too long anyway;
    `sha256` is the digest of the bytes as they came over the wire, where it is known. The row in
    the list gets `id`. One that `was_announced` has its place among the person's drafts already.
    """

    file_name: str
    chunks: Iterable[bytes]
    slot: str = ""
    declared_size: int = 0
    sha256: str = ""
    id: UUID = field(default_factory=uuid4)
    was_announced: bool = False


def add_attachment(draft_id: UUID, upload: Upload, *, actor: Actor, at: datetime) -> UUID:
    """This will take in one file, screen it and return the id of its row in the list.

    The row is SAFE, STORED (the scanner was silent: screened again by the outbox, never shown as
    safe) or REFUSED with the code and data of the error catalogue. Raises CannotAttach for a file
    that is on the list already or when the list or all drafts of the person are full,
    CannotChangeDraft when the draft is not open; BlobNotStoredError when the bytes could not be
    stored durably.
    """
    draft = _required_open(OWNED_DRAFT.first(id=draft_id))
    room = Room(policy_of_draft(draft, at), files_listed(draft_id), kept_by=keeper_of(draft))
    require_place(room, upload.file_name)
    if not upload.was_announced:
        require_allowance(draft.author_id, room.policy, upload.file_name, upload.declared_size)
    verdict = _taken_in(upload, room)
    with transaction.atomic():
        _lock_for(verdict, draft_id, at)
        now = replace(room, rows=files_listed(draft_id))
        last_word = _within(verdict, now)
        return _record(_row(draft_id, upload, now, last_word, at), last_word, actor, at)


def list_as_refused(
    draft_id: UUID, upload: Upload, fault: Fault, *, actor: Actor, at: datetime
) -> UUID:
    """This will put a file on the list with the reason why it is not taken, without its bytes.

    For a file whose sender no longer waits for an answer. Raises CannotChangeDraft.
    """
    name = clean_name(upload.file_name)
    verdict = Verdict(name, upload.declared_size, "", Outcome.REFUSED, fault=fault)
    with transaction.atomic():
        _lock(draft_id)
        room = Room(CIESZYN_2026, files_listed(draft_id))
        return _record(_row(draft_id, upload, room, verdict, at), verdict, actor, at)


def remove_attachment(draft_id: UUID, attachment_id: UUID, *, at: datetime) -> None:
    """This will take one file off the list; a second call changes nothing.

    Raises CannotChangeDraft when the draft is not open.
    """
    with transaction.atomic():
        _lock(draft_id)
        row = DraftAttachment.objects.filter(draft=draft_id, id=attachment_id).first()
        if row is None:
            return
        row.delete()
        if row.state != AttachmentState.REFUSED:
            touch_draft(draft_id, at=at)


def rescreen_attachment(attachment_id: UUID, *, at: datetime) -> None:
    """This will screen a stored file that the scanner was silent about; repeated it does nothing.

    Raises ScannerSilentError while there is still no answer: the outbox tries again.
    """
    row = (
        DraftAttachment.objects.select_related("draft__box", "draft__card")
        .filter(id=attachment_id, state=AttachmentState.STORED, draft__state=DraftState.OPEN)
        .first()
    )
    if row is None:
        return
    blobs, policy = blobs_of(row.kept_by_id), policy_of_draft(row.draft, at)
    verdict = screened_again(blobs, row.file_name, row.sha256, policy)
    with transaction.atomic():
        _settle(row, verdict, at)
    if verdict.outcome is Outcome.REFUSED:
        _forget_bytes(row.sha256, row.kept_by_id)


def screened_again(blobs: Blobs, file_name: str, sha256: str, policy: ScreeningPolicy) -> Verdict:
    """This will screen bytes that are already stored. Raises ScannerSilentError."""
    with spooled(blobs.stream(sha256), limit=blobs.size(sha256)) as specimen:
        verdict = Screener(policy, installed().malware).screen(file_name, specimen)
    if verdict.outcome is Outcome.UNSCREENED:
        raise ScannerSilentError(sha256)
    return verdict


def _required_open(draft: Draft | None) -> Draft:
    """The draft, when files may be added to it. Raises CannotChangeDraft."""
    if draft is None:
        raise CannotChangeDraft(DraftFault.NOT_FOUND)
    if draft.state == DraftState.SENT:
        raise CannotChangeDraft(DraftFault.ALREADY_SENT)
    if draft.state == DraftState.DISCARDED:
        raise CannotChangeDraft(DraftFault.DISCARDED)
    return draft


def _lock_for(verdict: Verdict, draft_id: UUID, at: datetime) -> None:
    """From here to the end of the transaction nobody else changes the draft's list.

    A file that was not refused changes the letter: noting that takes the lock at once.
    """
    if verdict.outcome is Outcome.REFUSED:
        _lock(draft_id)
    else:
        touch_draft(draft_id, at=at)


def _lock(draft_id: UUID) -> None:
    rows = Draft.objects.select_for_update().only("state").filter(id=draft_id)
    _required_open(rows.first())


def _taken_in(upload: Upload, room: Room) -> Verdict:
    name = clean_name(upload.file_name)
    if upload.declared_size > room.for_one:
        return too_long(name, upload.declared_size, room)
    try:
        with spooled(upload.chunks, limit=room.for_one) as specimen:
            _require_whole(upload, specimen)
            require_new(room, name, specimen.sha256)
            return _judged(name, specimen, room)
    except TooLongError as fault:
        return too_long(name, max(fault.read, upload.declared_size), room)


def _require_whole(upload: Upload, specimen: Specimen) -> None:
    """What lies on disk must be what came over the wire: a failing disk is told, never sent on."""
    if upload.sha256 and upload.sha256 != specimen.sha256:
        raise CannotAttach(Fault(AttachmentFault.NOT_STORED, FaultData(upload.file_name)))


def _judged(name: str, specimen: Specimen, room: Room) -> Verdict:
    """Bytes go into the store after the verdict only, and refused ones never do."""
    verdict = Screener(room.policy, installed().malware).screen(name, specimen)
    if verdict.outcome is not Outcome.REFUSED:
        blobs_of(room.kept_by).put_stream(specimen.chunks())
    return verdict


def _within(verdict: Verdict, room: Room) -> Verdict:
    """The limits once more, now under the lock: two uploads at once may have filled the letter."""
    if verdict.outcome is Outcome.REFUSED:
        return verdict
    require_place(room, verdict.file_name)
    require_new(room, verdict.file_name, verdict.sha256)
    if verdict.size <= room.left:
        return verdict
    full = too_long(verdict.file_name, verdict.size, room)
    return replace(full, sha256=verdict.sha256)


def _row(
    draft_id: UUID, upload: Upload, room: Room, verdict: Verdict, at: datetime
) -> DraftAttachment:
    row = DraftAttachment(
        id=upload.id,
        draft_id=draft_id,
        position=room.next_position,
        slot=upload.slot[:LONGEST_SLOT],
        file_name=verdict.file_name,
        sha256=verdict.sha256,
        kept_by_id=room.kept_by,
        size=verdict.size,
        added_at=at,
    )
    _put_verdict(row, verdict)
    return row


def _record(row: DraftAttachment, verdict: Verdict, actor: Actor, at: datetime) -> UUID:
    append(row)
    keep_answers(row.draft_id, [verdict], Occasion.ADDED, at=at)
    if row.state == AttachmentState.REFUSED:
        _record_refusal(row, verdict, actor, at)
    if row.state == AttachmentState.STORED:
        payload = {"attachment": str(row.id)}
        enqueue(Effect.SCREEN_ATTACHMENT, f"screen:{row.id}", payload, at=at)
    return row.id


def _settle(row: DraftAttachment, verdict: Verdict, at: datetime) -> None:
    """The verdict on a row that waited, unless it was removed or its draft sent meanwhile."""
    draft_id = row.draft_id
    if Draft.objects.select_for_update().filter(id=draft_id).first() is None:
        return
    waiting = DraftAttachment.objects.filter(
        id=row.id, state=AttachmentState.STORED, draft__state=DraftState.OPEN
    )
    if not waiting.exists():
        return
    _put_verdict(row, verdict)
    row.save(update_fields=["state", "code", "details", "remarks", "detected", "media_type"])
    keep_answers(draft_id, [verdict], Occasion.LATER, at=at)
    if row.state == AttachmentState.REFUSED:
        _record_refusal(row, verdict, SYSTEM, at)
        touch_draft(draft_id, at=at)


def _put_verdict(row: DraftAttachment, verdict: Verdict) -> None:
    row.state = STATES[verdict.outcome]
    row.detected, row.media_type = verdict.detected, verdict.media_type
    row.code, row.details, row.remarks = "", {}, list(verdict.remarks)
    if verdict.fault is not None:
        # What was found is for the journal; the row is what the sender sees.
        told = replace(verdict.fault.data, rule="")
        row.code, row.details = verdict.fault.reason, told.as_details()


def _record_refusal(row: DraftAttachment, verdict: Verdict, actor: Actor, at: datetime) -> None:
    rule = verdict.fault.data.rule if verdict.fault else ""
    if is_infected(verdict):
        flag_same_bytes(row.sha256, verdict, at=at)
    record_event(
        EventKind.ATTACHMENT_REFUSED,
        Subject("ATTACHMENT", str(row.id)),
        at=at,
        actor=actor,
        data={
            "code": row.code,
            "rule": rule,
            "engine": verdict.engine,
            "sha256": row.sha256,
            "draft": str(row.draft_id),
        },
    )


def _forget_bytes(sha256: str, kept_by: InstitutionId) -> None:
    """Refused bytes are not kept, unless a letter or another draft has the same ones on record."""
    drafts = DraftAttachment.objects.filter(sha256=sha256).exclude(state=AttachmentState.REFUSED)
    letters = LetterAttachment.objects.filter(sha256=sha256)
    if not drafts.exists() and not letters.exists() and not is_needed_elsewhere(sha256, None):
        installed().blobs.plain.delete(sha256)
    letters = letters.filter(letter__institution=kept_by)
    drafts = drafts.filter(kept_by=kept_by)
    if not drafts.exists() and not letters.exists() and not is_needed_elsewhere(sha256, kept_by):
        blobs_of(kept_by).delete(sha256)
