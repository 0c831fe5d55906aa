"""Files that come part by part: announced, given up, forgotten when nobody goes on with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from skrytka.gateways.installed import installed
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import Draft, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations.allowance import require_allowance
from skrytka.letters.operations.drafts import CannotChangeDraft, DraftFault
from skrytka.letters.operations.room import (
    CannotAttach,
    Room,
    files_listed,
    require_place,
    too_long,
)
from skrytka.letters.queries.attachments import policy_of_draft
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, extension_of
from skrytka.letters.screening.formats import clean_name

# From the last part on; the page says so.
KEPT_FOR = timedelta(days=7)
LONGEST_FINGERPRINT, LONGEST_SLOT = 64, 60
# What is being written to is younger than this.
ORPHANED_AFTER = timedelta(days=1)


# Asked with every part of a file.
COMING = Prepared(
    lambda: (
        Transfer.objects.filter(draft_id=slot("draft_id", Transfer))
        .order_by()
        .values_list("size", "begun_at")
    )
)


@dataclass(frozen=True)
class NewTransfer:
    """A file that is announced; `fingerprint` is how the page knows it again, or empty.

    Under the same `id` a file is announced once: an answer may be lost on its way back.
    """

    draft_id: UUID
    file_name: str
    size: int
    slot: str = ""
    fingerprint: str = ""
    id: UUID | None = None


def begin_transfer(new: NewTransfer, *, at: datetime) -> UUID:
    """This will announce a file and return its id; nothing of it has come yet.

    Raises CannotAttach where the rules refuse it by name and size alone (F-EMPTY, F-TYPE, F-SIZE1,
    F-SIZE2, F-COUNT) or the person has too much in their drafts (F-DRAFTS), CannotChangeDraft when
    the draft is not open.
    """
    name = clean_name(new.file_name)
    with transaction.atomic():
        draft = _locked(new.draft_id)
        begun = _begun_before(new)
        if begun is not None:
            return begun
        room = room_for(draft, at)
        _require_acceptable(room, name, new.size)
        require_allowance(draft.author_id, room.policy, name, new.size)
        transfer = Transfer.objects.create(
            id=_free_id(new.id),
            draft=draft,
            slot=new.slot[:LONGEST_SLOT],
            file_name=name,
            fingerprint=new.fingerprint[:LONGEST_FINGERPRINT],
            size=new.size,
            begun_at=at,
            expires_at=at + KEPT_FOR,
        )
    return transfer.id


def taking_in_key(transfer_id: UUID) -> str:
    """This will name the effect that takes a file in once it has arrived."""
    return f"transfer:{transfer_id}"


def abandon_transfer(draft_id: UUID, transfer_id: UUID) -> bool:
    """This will give up a file on its way with all that came of it; False when there is none."""
    gone, _ = Transfer.objects.filter(draft=draft_id, id=transfer_id).delete()
    installed().parts.forget(transfer_id)
    return bool(gone)


def sweep_transfers(*, at: datetime) -> int:
    """This will forget files that nobody went on with for a week, and return how many.

    Those of letters that were sent without them have nowhere to go and are not waited for.
    """
    over = Q(expires_at__lte=at) | Q(draft__state=DraftState.SENT)
    ids = list(Transfer.objects.filter(over).values_list("id", flat=True))
    Transfer.objects.filter(over, id__in=ids).delete()
    for transfer_id in ids:
        installed().parts.forget(transfer_id)
    return len(ids)


def sweep_orphaned_parts(*, at: datetime) -> int:
    """This will forget parts whose draft is gone. `at` is the machine's time, as of the files."""
    count = 0
    for found in installed().parts.left_behind(at - ORPHANED_AFTER):
        known = set(Transfer.objects.filter(id__in=found).values_list("id", flat=True))
        for transfer_id in set(found) - known:
            installed().parts.forget(transfer_id)
            count += 1
    return count


def _begun_before(new: NewTransfer) -> UUID | None:
    if new.id is None:
        return None
    same = Transfer.objects.filter(id=new.id, draft=new.draft_id, size=new.size)
    return same.values_list("id", flat=True).first()


def _free_id(asked: UUID | None) -> UUID:
    """The id that was asked for, unless anybody's file has it already."""
    if asked is None:
        return uuid4()
    taken = Transfer.objects.filter(id=asked).exists()
    taken = taken or DraftAttachment.objects.filter(id=asked).exists()
    return uuid4() if taken else asked


def _locked(draft_id: UUID) -> Draft:
    rows = Draft.objects.select_related("box", "card").select_for_update(of=("self",))
    draft = rows.filter(id=draft_id).first()
    if draft is None:
        raise CannotChangeDraft(DraftFault.NOT_FOUND)
    require_open(draft)
    return draft


def require_open(draft: Draft) -> None:
    """This will raise CannotChangeDraft for a draft that is sent or put away."""
    if draft.state == DraftState.SENT:
        raise CannotChangeDraft(DraftFault.ALREADY_SENT)
    if draft.state != DraftState.OPEN:
        raise CannotChangeDraft(DraftFault.DISCARDED)


def room_for(draft: Draft, at: datetime, before: Transfer | None = None) -> Room:
    """This will say what is left for a file: listed ones count, and those announced before."""
    coming = COMING.all(draft_id=draft.id)
    sizes = tuple(size for size, begun_at in coming if before is None or begun_at < before.begun_at)
    return Room(policy_of_draft(draft, at), files_listed(draft.id), sizes)


def _require_acceptable(room: Room, name: str, size: int) -> None:
    extension = extension_of(name)
    if not size:
        raise CannotAttach(Fault(AttachmentFault.EMPTY, FaultData(name, extension=extension)))
    if not room.policy.accepts(extension):
        raise CannotAttach(Fault(AttachmentFault.FORMAT, FaultData(name, extension=extension)))
    require_place(room, name)
    require_size(room, name, size)


def require_size(room: Room, name: str, size: int) -> None:
    """This will raise CannotAttach for a file that the letter has no room for."""
    fault = too_long(name, size, room).fault
    if fault is not None and size > min(room.left, room.policy.file_bytes):
        raise CannotAttach(fault)
