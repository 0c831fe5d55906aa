"""What a draft still has room for: the limits of one letter, whichever way a file comes.

The same for citizens and for the desk.
"""

from dataclasses import dataclass
from uuid import UUID

from skrytka.gateways.blobs import InstitutionId
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import AttachmentState, DraftAttachment
from skrytka.letters.screening import (
    AttachmentFault,
    Fault,
    FaultData,
    Outcome,
    ScreeningPolicy,
    Verdict,
    extension_of,
)
from skrytka.letters.screening.formats import clean_name

LISTED = Prepared(
    lambda: (
        DraftAttachment.objects.filter(draft_id=slot("draft_id", DraftAttachment))
        .order_by()
        .values_list("file_name", "size", "state", "sha256", "position")
    )
)


class CannotAttach(Exception):
    """The file is not put on the list at all: it is there already, or the list is full."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault
        self.reason = fault.reason
        self.data = fault.data


@dataclass(frozen=True)
class ListedFile:
    """A file that is on the list already."""

    file_name: str
    size: int
    state: str
    sha256: str
    position: int

    @property
    def counts(self) -> bool:
        return self.state != AttachmentState.REFUSED


@dataclass(frozen=True)
class Room:
    """What the draft still has room for under the policy of its addressee.

    `coming` are the sizes of files on their way that were announced before the one in question;
    `kept_by` says among whose blobs a file is put.
    """

    policy: ScreeningPolicy
    rows: tuple[ListedFile, ...]
    coming: tuple[int, ...] = ()
    kept_by: InstitutionId = None

    @property
    def used(self) -> int:
        return sum(row.size for row in self.rows if row.counts) + sum(self.coming)

    @property
    def left(self) -> int:
        return max(0, self.policy.total_bytes - self.used)

    @property
    def for_one(self) -> int:
        """The most bytes of the next file."""
        return min(self.left, self.policy.file_bytes)

    @property
    def next_position(self) -> int:
        return 1 + max((row.position for row in self.rows), default=0)


def files_listed(draft_id: UUID) -> tuple[ListedFile, ...]:
    return tuple(ListedFile(*row) for row in LISTED.all(draft_id=draft_id))


def require_place(room: Room, file_name: str) -> None:
    """Files that count are limited by the policy; refused ones may stand beside as many again."""
    kept = sum(1 for row in room.rows if row.counts) + len(room.coming)
    if kept >= room.policy.file_count or len(room.rows) >= 2 * room.policy.file_count:
        data = FaultData(clean_name(file_name), limit=room.policy.file_count)
        raise CannotAttach(Fault(AttachmentFault.TOO_MANY, data))


def require_new(room: Room, name: str, sha256: str) -> None:
    other = next((row for row in room.rows if row.counts and row.sha256 == sha256), None)
    if other is not None:
        data = FaultData(name, other_name=other.file_name)
        raise CannotAttach(Fault(AttachmentFault.DUPLICATE, data))


def size_fault(name: str, size: int, room: Room) -> Fault:
    """This will say why a file of that size is too long: by itself (F-SIZE1) or with the others."""
    if size > room.policy.file_bytes:
        reason, total, limit = AttachmentFault.ONE_TOO_BIG, size, room.policy.file_bytes
    else:
        reason, total = AttachmentFault.SUM_TOO_BIG, room.used + size
        limit = room.policy.total_bytes
    return Fault(reason, FaultData(name, extension=extension_of(name), size=total, limit=limit))


def too_long(name: str, size: int, room: Room) -> Verdict:
    """This will refuse a file for its size; it was not read to its end, so it has no digest."""
    return Verdict(name, size, "", Outcome.REFUSED, fault=size_fault(name, size, room))
