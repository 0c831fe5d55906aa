"""Growing files in a folder: one file each, made durable every few megabytes."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from skrytka.gateways.parts import KEPT_EVERY, Kept, PartNotKeptError, TakenOverError
from skrytka.gateways.turns import TURNS
from skrytka.gateways.writers import Writer, Writers

ENDING = ".part"
LISTED = 500


@dataclass(frozen=True)
class FolderParts:
    """Growing files in `folder`, which is made when it is not there."""

    folder: Path
    _writers: Writers = field(default_factory=Writers)

    def write(self, file_id: UUID, offset: int, chunks: Iterable[bytes]) -> Iterator[Kept]:
        writer = self._writers.next_at(file_id, offset)
        descriptor = self._opened_at(file_id, offset)
        try:
            yield from self._written(file_id, writer, descriptor, chunks)
        finally:
            os.close(descriptor)

    @contextmanager
    def opened(self, file_id: UUID, size: int) -> Iterator[BinaryIO]:
        """What stands behind the last kept byte is not part of the file."""
        path = self._path(file_id)
        try:
            os.truncate(path, size)
            file = path.open("rb")
        except OSError as error:
            raise _not_kept(error) from error
        with file:
            yield file

    def forget(self, file_id: UUID) -> None:
        self._writers.forget(file_id)
        self._path(file_id).unlink(missing_ok=True)

    def left_behind(self, before: datetime) -> Iterator[tuple[UUID, ...]]:
        found: list[UUID] = []
        for path in self.folder.glob(f"*{ENDING}"):
            with suppress(FileNotFoundError, ValueError):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    found.append(UUID(path.stem))
            if len(found) == LISTED:
                yield tuple(found)
                found = []
        yield tuple(found)

    def _path(self, file_id: UUID) -> Path:
        return self.folder / f"{file_id}{ENDING}"

    def _opened_at(self, file_id: UUID, offset: int) -> int:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path(file_id), os.O_WRONLY | os.O_CREAT, 0o600)
            if os.fstat(descriptor).st_size < offset:
                os.close(descriptor)
                raise PartNotKeptError(f"less than {offset} bytes are there")
            os.ftruncate(descriptor, offset)
        except OSError as error:
            raise _not_kept(error) from error
        return descriptor

    def _written(
        self, file_id: UUID, writer: Writer, descriptor: int, chunks: Iterable[bytes]
    ) -> Iterator[Kept]:
        kept = writer.offset
        try:
            for chunk in chunks:
                self._writers.require(file_id, writer)
                _write(descriptor, chunk, writer.offset)
                writer.take(chunk)
                if writer.offset - kept >= KEPT_EVERY:
                    kept = writer.offset
                    yield _kept(descriptor, writer)
        except TakenOverError:
            raise
        except Exception:
            # The connection was cut: what has come is kept, and the sender goes on from there.
            if writer.offset > kept and self._writers.has(file_id, writer):
                yield _kept(descriptor, writer)
            raise
        if writer.offset > kept:
            yield _kept(descriptor, writer)


def _write(descriptor: int, chunk: bytes, offset: int) -> None:
    view = memoryview(chunk)
    try:
        while view:
            written = os.pwrite(descriptor, view, offset)
            view, offset = view[written:], offset + written
    except OSError as error:
        raise _not_kept(error) from error


def _kept(descriptor: int, writer: Writer) -> Kept:
    try:
        with TURNS.aside():
            os.fdatasync(descriptor)
    except OSError as error:
        raise _not_kept(error) from error
    return Kept(writer.offset, writer.sha256)


def _not_kept(error: OSError) -> PartNotKeptError:
    return PartNotKeptError(f"{type(error).__name__}: {error}")
