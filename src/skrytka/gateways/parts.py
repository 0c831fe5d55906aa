"""Files on their way in, kept part by part until they are whole.

A part that was told to be kept is durable: it outlives the process, and the next part goes on from
it. What came after the last such word is thrown away by whoever writes next.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol
from uuid import UUID

# As much is at risk at a time when a connection is cut or a process is killed.
KEPT_EVERY = 8 << 20


class PartNotKeptError(Exception):
    """The disk or the store refused; what was kept before still stands."""


class TakenOverError(Exception):
    """Somebody else writes this file now: a connection that had died came to life again."""


@dataclass(frozen=True)
class Kept:
    """Bytes up to `offset` are durable. `sha256` (hex) of them all, where it could be followed."""

    offset: int
    sha256: str


class Parts(Protocol):
    """One growing file for each id."""

    def write(self, file_id: UUID, offset: int, chunks: Iterable[bytes]) -> Iterator[Kept]:
        """This will write at `offset`, from now on as the only one, and tell what is durable.

        What stood behind `offset` is dropped. An error of `chunks` itself passes through after what
        came before it was kept. Raises PartNotKeptError and TakenOverError.
        """
        ...

    def opened(self, file_id: UUID, size: int) -> AbstractContextManager[BinaryIO]:
        """This will lend the first `size` bytes as one seekable file."""
        ...

    def forget(self, file_id: UUID) -> None: ...

    def left_behind(self, before: datetime) -> Iterator[tuple[UUID, ...]]:
        """This will yield the ids of files that nobody wrote to since, some at a time."""
        ...
