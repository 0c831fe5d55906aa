"""Who writes a growing file in this process, and the digest of what they have written so far."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol
from uuid import UUID, uuid4

from skrytka.gateways.parts import TakenOverError

# Digests under way that are remembered between two parts; a forgotten one is only not followed.
REMEMBERED = 512


class Digest(Protocol):
    """A running SHA-256 of hashlib."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


@dataclass
class Writer:
    """One part on its way: `digest` follows the file from its first byte, where that is known."""

    offset: int
    digest: Digest | None
    ticket: UUID = field(default_factory=uuid4)

    def take(self, data: bytes) -> None:
        self.offset += len(data)
        if self.digest is not None:
            self.digest.update(data)

    @property
    def sha256(self) -> str:
        return self.digest.hexdigest() if self.digest is not None else ""


class Writers:
    """The writers of this process, by file: the last one who came has the file."""

    def __init__(self) -> None:
        self._last: OrderedDict[UUID, Writer] = OrderedDict()
        self._lock = Lock()

    def next_at(self, file_id: UUID, offset: int) -> Writer:
        """This will make the caller the writer of a file; who wrote before writes no more."""
        with self._lock:
            before = self._last.pop(file_id, None)
            follows = before is not None and before.offset == offset
            digest = before.digest if before is not None and follows else None
            writer = Writer(offset, hashlib.sha256() if offset == 0 else digest)
            self._last[file_id] = writer
            while len(self._last) > REMEMBERED:
                self._last.popitem(last=False)
        return writer

    def has(self, file_id: UUID, writer: Writer) -> bool:
        """This will tell whether nobody has come since."""
        current = self._last.get(file_id)
        return current is None or current.ticket == writer.ticket

    def require(self, file_id: UUID, writer: Writer) -> None:
        """This will raise TakenOverError when somebody has come since."""
        if not self.has(file_id, writer):
            raise TakenOverError(str(file_id))

    def forget(self, file_id: UUID) -> None:
        with self._lock:
            self._last.pop(file_id, None)
