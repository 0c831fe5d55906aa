"""Bytes under keys, in a folder or an object store: whole and durable, or not there at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Protocol


@dataclass(frozen=True)
class OpenedObject:
    """An object as it was found: its size in bytes, and the bytes that were asked for."""

    size: int
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class FoundObject:
    """One object of a listing: its key, its size, and since when it stands there."""

    key: str
    size: int
    since: datetime

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2]


class RawStore(Protocol):
    """What both kinds of store do; whoever writes and reads through it encrypts before."""

    def incoming(self) -> AbstractContextManager[IO[bytes]]:
        """This will open a file to write into; without `keep` nothing of it is left."""
        ...

    def keep(self, file: IO[bytes], key: str, is_whole: Callable[[str], bool]) -> None:
        """This will give the file its key, durably, unless what stands there is whole."""
        ...

    def replace(self, file: IO[bytes], key: str) -> None:
        """This will put the file in the place of what stands there, in one step."""
        ...

    def open(self, key: str, start: int = 0, count: int | None = None) -> OpenedObject:
        """This will open an object from a place on. Raises FileNotFoundError."""
        ...

    def size(self, key: str) -> int | None: ...

    def move(self, key: str, to: str, *, at: datetime | None = None) -> None:
        """This will move an object, and have it stand there since `at`; nothing if not there."""
        ...

    def delete(self, key: str) -> None: ...

    def listed(self, prefix: str) -> Iterator[tuple[FoundObject, ...]]:
        """This will yield everything below a prefix, some at a time."""
        ...
