"""The file under the glass: seekable, measured, its digest known; never whole in memory."""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

CHUNK = 1 << 18
# Up to this size a file is kept in memory while it is screened; above it goes to a temporary file.
IN_MEMORY = 1 << 20


class TooLongError(Exception):
    """The stream went past its limit; reading stopped there."""

    def __init__(self, read: int) -> None:
        super().__init__(read)
        self.read = read


@dataclass(frozen=True)
class Specimen:
    """One file: `size` in bytes, `sha256` in lower-case hex."""

    file: BinaryIO
    size: int
    sha256: str

    def at(self, offset: int, count: int) -> bytes:
        """This will return up to `count` bytes from `offset` on; nothing outside the file."""
        if offset < 0 or offset >= self.size:
            return b""
        self.file.seek(offset)
        return self.file.read(count)

    def head(self, count: int) -> bytes:
        return self.at(0, count)

    def tail(self, count: int) -> bytes:
        return self.at(max(0, self.size - count), count)

    def chunks(self, start: int = 0) -> Iterator[bytes]:
        """This will yield the bytes from `start` on, a chunk at a time."""
        offset = start
        while chunk := self.at(offset, CHUNK):
            offset += len(chunk)
            yield chunk

    def find(self, mark: bytes, start: int = 0) -> int:
        """This will return where `mark` first stands at or after `start`, or -1."""
        for offset, window in self._windows(start, len(mark) - 1):
            place = window.find(mark)
            if place >= 0:
                return offset + place
        return -1

    def holds(self, pattern: re.Pattern[bytes], *, longest: int) -> bool:
        """This will tell whether the pattern, at most `longest` bytes long, stands anywhere."""
        return any(pattern.search(window) for _, window in self._windows(0, longest - 1))

    def _windows(self, start: int, overlap: int) -> Iterator[tuple[int, bytes]]:
        """Chunks, each with the end of the one before, so that nothing is lost on the seam."""
        kept, offset = b"", start
        for chunk in self.chunks(start):
            window = kept + chunk
            yield offset - len(kept), window
            offset += len(chunk)
            kept = window[-overlap:] if overlap else b""


@dataclass(frozen=True)
class OnDisk:
    """The chunks of a file that lies on disk already: `spooled` looks at it there."""

    file: BinaryIO

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(0)
        while chunk := self.file.read(CHUNK):
            yield chunk


@contextmanager
def spooled(chunks: Iterable[bytes], *, limit: int) -> Iterator[Specimen]:
    """This will take in a stream, hash it on the way and lend it as a specimen.

    A file that is `OnDisk` is not copied. Raises TooLongError as soon as more than `limit` bytes
    have come; the rest is not read.
    """
    if isinstance(chunks, OnDisk):
        yield _measured(chunks, limit)
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, prefix="skrytka-screen-") as file:
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLongError(size)
            digest.update(chunk)
            file.write(chunk)
        yield Specimen(cast("BinaryIO", file), size, digest.hexdigest())


def _measured(lent: OnDisk, limit: int) -> Specimen:
    digest, size = hashlib.sha256(), 0
    for chunk in lent:
        size += len(chunk)
        if size > limit:
            raise TooLongError(size)
        digest.update(chunk)
    return Specimen(lent.file, size, digest.hexdigest())


@contextmanager
def opened(path: Path) -> Iterator[Specimen]:
    """This will lend a file on disk as a specimen. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        yield Specimen(file, file.seek(0, 2), digest.hexdigest())


def in_memory(data: bytes) -> Specimen:
    """This will wrap a few bytes as a specimen."""
    return Specimen(BytesIO(data), len(data), hashlib.sha256(data).hexdigest())
