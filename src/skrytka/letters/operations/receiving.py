"""Parts of files on their way: received over any number of connections, durable when told.

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
from skrytka.ledger.light_commits import light_commit
from skrytka.ledger.operations import Effect, enqueue
from skrytka.ledger.resting import give_connection_back
from skrytka.ledger.statements import Prepared, PreparedUpdate, slot, slots
from skrytka.letters.models import Transfer, TransferState
from skrytka.letters.operations.attachments import OWNERS
from skrytka.letters.operations.transfers import (
    KEPT_FOR,
    require_open,
    require_size,
    room_for,
    taking_in_key,
)

# Up to this size the one who sends the last part waits for the verdict; it takes a moment. The
# outbox steps in when that request dies.
AT_ONCE = 4 << 20
TIME_TO_TAKE_IN, NO_WAIT = timedelta(seconds=20), timedelta(0)

# Asked with every part of a file: what it goes by, and no more of the draft than the rules need.
OF_DRAFT = tuple(f"draft__{name}" for name in OWNERS)
TO_RECEIVE = Prepared(
    lambda: (
        Transfer.objects.select_related("draft__box", "draft__card")
        .only("size", "offset", "state", "file_name", "begun_at", *OF_DRAFT)
        .filter(id=slot("id", Transfer))
    )
)


TAKE_OVER = PreparedUpdate(
    lambda: Transfer.objects.filter(
        id=slot("id", Transfer), offset=slot("offset", Transfer), state=TransferState.RECEIVING
    ),
    lambda: {"writer": slot("writer", Transfer)},
)
ADVANCE = PreparedUpdate(
    lambda: Transfer.objects.filter(
        id=slot("id", Transfer),
        offset=slot("offset", Transfer),
        writer=slot("writer", Transfer),
        state=TransferState.RECEIVING,
    ),
    lambda: {
        "offset": slot("reached", Transfer, "offset"),
        **slots(Transfer, "expires_at", "state", "digest"),
    },
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


def is_taken_in_at_once(size: int) -> bool:
    """This will tell whether whoever sends the last part takes the file in, too."""
    return size <= AT_ONCE


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
    require_open(transfer.draft)
    require_size(room_for(transfer.draft, at, before=transfer), transfer.file_name, transfer.size)


def _take_over(transfer: Transfer) -> None:
    """From here on nobody else can move the offset: a connection given up for dead least of all.

    Only then may what stands behind the offset be written over.
    """
    transfer.writer = uuid4()
    with light_commit():
        taken = TAKE_OVER.run(id=transfer.id, offset=transfer.offset, writer=transfer.writer)
    if not taken:
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
    """Note what is durable; whoever finds that somebody else did so has lost the file to them.

    The note itself waits for the disk when the file is whole and its sender will not come again.
    """
    has_arrived = kept.offset == transfer.size
    with transaction.atomic() if has_arrived else light_commit():
        changed = ADVANCE.run(
            id=transfer.id,
            offset=offset,
            writer=transfer.writer,
            reached=kept.offset,
            expires_at=at + KEPT_FOR,
            state=TransferState.ARRIVED if has_arrived else TransferState.RECEIVING,
            digest=kept.sha256 if has_arrived else "",
        )
        if not changed:
            raise CannotReceive(TransferFault.TAKEN_OVER)
        if has_arrived:
            _ask_to_take_in(transfer, at)
    return kept.offset


def _ask_to_take_in(transfer: Transfer, at: datetime) -> None:
    payload = {"transfer": str(transfer.id)}
    wait = TIME_TO_TAKE_IN if is_taken_in_at_once(transfer.size) else NO_WAIT
    enqueue(Effect.TAKE_IN_FILE, taking_in_key(transfer.id), payload, at=at, wait=wait)
