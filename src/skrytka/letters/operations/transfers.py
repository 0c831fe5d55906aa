"""Files that come part by part: announced, received over any number of connections, given up.

What was told to be received is durable. A connection that is cut, a server that is killed and a
person who goes on tomorrow on another device all go on from there.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction

from skrytka.gateways.installed import installed
from skrytka.gateways.parts import Kept, PartNotKeptError, TakenOverError
from skrytka.ledger.operations import Effect, enqueue
from skrytka.ledger.resting import give_connection_back
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import Draft, DraftAttachment, DraftState, Transfer, TransferState
from skrytka.letters.operations.attachments import OWNERS
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


# Asked with every part of a file: what it goes by, and no more of the draft than the rules need.
OF_DRAFT = tuple(f"draft__{name}" for name in OWNERS)
TO_RECEIVE = Prepared(
    lambda: (
        Transfer.objects.select_related("draft__box", "draft__card")
        .only("size", "offset", "state", "file_name", "begun_at", *OF_DRAFT)
        .filter(id=slot("id", Transfer))
    )
)
COMING = Prepared(
    lambda: (
        Transfer.objects.filter(draft_id=slot("draft_id", Transfer))
        .order_by()
        .values_list("size", "begun_at")
    )
)


class TransferFault(StrEnum):
    """Why a part was not received; what was received before stays."""

    NOT_FOUND = "NOT_FOUND"
    OTHER_OFFSET = "OTHER_OFFSET"
    TOO_LONG = "TOO_LONG"
    TAKEN_OVER = "TAKEN_OVER"
    DAMAGED = "DAMAGED"
    NOT_KEPT = "F-STORE"


class CannotReceive(Exception):
    """The part, or the rest of it, was not received."""

    def __init__(self, reason: TransferFault, why: str = "") -> None:
        super().__init__(f"{reason} {why}".strip())
        self.reason = reason


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


@dataclass(frozen=True)
class Checksum:
    """What the sender says of one part: `digest` by an algorithm of hashlib."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True)
class Part:
    """The bytes from `offset` on, as they come; `length` where it is told beforehand."""

    offset: int
    chunks: Iterable[bytes]
    length: int = 0
    checksum: Checksum | None = None


@dataclass
class _Checked:
    """The chunks of a part, followed on the way when its sender told a digest."""

    part: Part
    _running: "list[hashlib._Hash]" = field(default_factory=list)

    def __iter__(self) -> Iterator[bytes]:
        checksum = self.part.checksum
        if checksum is None:
            yield from self.part.chunks
            return
        running = hashlib.new(checksum.algorithm, usedforsecurity=False)
        for chunk in self.part.chunks:
            running.update(chunk)
            yield chunk
        self._running.append(running)

    @property
    def agrees(self) -> bool:
        """A part that was cut off never does."""
        checksum = self.part.checksum
        done = [running.digest() for running in self._running]
        return checksum is None or done == [checksum.digest]


def begin_transfer(new: NewTransfer, *, at: datetime) -> UUID:
    """This will announce a file and return its id; nothing of it has come yet.

    Raises CannotAttach where the rules refuse it by name and size alone (F-EMPTY, F-TYPE, F-SIZE1,
    F-SIZE2, F-COUNT), CannotChangeDraft when the draft is not open.
    """
    name = clean_name(new.file_name)
    with transaction.atomic():
        draft = _locked(new.draft_id)
        begun = _begun_before(new)
        if begun is not None:
            return begun
        _require_acceptable(_room(draft, at), name, new.size)
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


def receive_part(transfer_id: UUID, part: Part, *, at: datetime) -> int:
    """This will receive a part and return up to where the file is durable now.

    The last byte of the file asks for it to be screened and put on the list. When `part.chunks`
    fails (a connection that is cut), its error passes through and what came is kept; a part with a
    checksum is kept whole or not at all. Raises CannotReceive, CannotAttach when the letter has no
    room for the file any more, CannotChangeDraft when it is not open.
    """
    transfer = _required(transfer_id, part)
    _require_room(transfer, at)
    _take_over(transfer)
    give_connection_back()
    offset, checked = transfer.offset, _Checked(part)
    last = Kept(offset, "")
    for last in _kept(transfer, _bounded(checked, transfer.size - offset)):
        if part.checksum is None:
            offset = _advanced(transfer, offset, last, at)
            give_connection_back()
    if not checked.agrees:
        raise CannotReceive(TransferFault.DAMAGED)
    if part.checksum is not None and last.offset > offset:
        offset = _advanced(transfer, offset, last, at)
    return offset


def abandon_transfer(draft_id: UUID, transfer_id: UUID) -> bool:
    """This will give up a file on its way with all that came of it; False when there is none."""
    gone, _ = Transfer.objects.filter(draft=draft_id, id=transfer_id).delete()
    installed().parts.forget(transfer_id)
    return bool(gone)


def sweep_transfers(*, at: datetime) -> int:
    """This will forget files that nobody went on with for a week, and return how many."""
    ids = list(Transfer.objects.filter(expires_at__lte=at).values_list("id", flat=True))
    Transfer.objects.filter(id__in=ids, expires_at__lte=at).delete()
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
    _require_open(draft)
    return draft


def _require_open(draft: Draft) -> None:
    if draft.state == DraftState.SENT:
        raise CannotChangeDraft(DraftFault.ALREADY_SENT)
    if draft.state != DraftState.OPEN:
        raise CannotChangeDraft(DraftFault.DISCARDED)


def _room(draft: Draft, at: datetime, before: Transfer | None = None) -> Room:
    """What is left for a file: the files of the list count, and those announced before it."""
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
    _require_size(room, name, size)


def _require_size(room: Room, name: str, size: int) -> None:
    fault = too_long(name, size, room).fault
    if fault is not None and size > min(room.left, room.policy.file_bytes):
        raise CannotAttach(fault)


def _required(transfer_id: UUID, part: Part) -> Transfer:
    transfer = TO_RECEIVE.first(id=transfer_id)
    if transfer is None:
        raise CannotReceive(TransferFault.NOT_FOUND)
    if part.offset != transfer.offset:
        raise CannotReceive(TransferFault.OTHER_OFFSET)
    if part.offset + part.length > transfer.size:
        raise CannotReceive(TransferFault.TOO_LONG)
    return transfer


def _require_room(transfer: Transfer, at: datetime) -> None:
    _require_open(transfer.draft)
    _require_size(_room(transfer.draft, at, before=transfer), transfer.file_name, transfer.size)


def _take_over(transfer: Transfer) -> None:
    """From here on nobody else can move the offset: a connection given up for dead least of all.

    Only then may what stands behind the offset be written over.
    """
    transfer.writer = uuid4()
    rows = Transfer.objects.filter(
        id=transfer.id, offset=transfer.offset, state=TransferState.RECEIVING
    )
    if not rows.update(writer=transfer.writer):
        raise CannotReceive(TransferFault.OTHER_OFFSET)


def _bounded(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """A sender who did not tell the length may bring too much: the file ends where it was told."""
    left = most
    for chunk in chunks:
        if len(chunk) > left:
            raise CannotReceive(TransferFault.TOO_LONG)
        left -= len(chunk)
        yield chunk


def _kept(transfer: Transfer, chunks: Iterable[bytes]) -> Iterator[Kept]:
    try:
        yield from installed().parts.write(transfer.id, transfer.offset, chunks)
    except PartNotKeptError as error:
        raise CannotReceive(TransferFault.NOT_KEPT, str(error)) from error
    except TakenOverError as error:
        raise CannotReceive(TransferFault.TAKEN_OVER) from error


def _advanced(transfer: Transfer, offset: int, kept: Kept, at: datetime) -> int:
    """Note what is durable; whoever finds that somebody else did so has lost the file to them."""
    rows = Transfer.objects.filter(
        id=transfer.id, offset=offset, writer=transfer.writer, state=TransferState.RECEIVING
    )
    with transaction.atomic():
        if kept.offset < transfer.size:
            changed = rows.update(offset=kept.offset, expires_at=at + KEPT_FOR)
        else:
            changed = rows.update(
                offset=kept.offset,
                expires_at=at + KEPT_FOR,
                state=TransferState.ARRIVED,
                digest=kept.sha256,
            )
            _ask_to_take_in(transfer, at)
        if not changed:
            raise CannotReceive(TransferFault.TAKEN_OVER)
    return kept.offset


def _ask_to_take_in(transfer: Transfer, at: datetime) -> None:
    payload = {"transfer": str(transfer.id)}
    enqueue(Effect.TAKE_IN_FILE, f"transfer:{transfer.id}", payload, at=at)
