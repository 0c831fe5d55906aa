"""Growing files in a folder: one file each, made durable every few megabytes."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from skrytka.gateways.parts import KEPT_EVERY, Kept, PartNotKeptError
from skrytka.gateways.turns import TURNS
from skrytka.gateways.writers import Writer, Writers

ENDING = ".part"
LISTED = 500
WRITTEN_OUT_EVERY = 1 << 20


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
        source, end = iter(chunks), _End()
        while not end.reached:
            before = writer.offset
            end = self._gathered(file_id, writer, descriptor, source)
            if writer.offset > before and self._writers.has(file_id, writer):
                yield _kept(descriptor, writer)
        if end.fault is not None:
            raise end.fault

    def _gathered(
        self, file_id: UUID, writer: Writer, descriptor: int, source: Iterator[bytes]
    ) -> "_End":
        """Write what comes, until it is worth keeping. A fault is held back until it was kept."""
        until, begun = writer.offset + KEPT_EVERY, writer.offset
        try:
            for chunk in source:
                self._writers.require(file_id, writer)
                _write(descriptor, chunk, writer.offset)
                writer.take(chunk)
                if writer.offset - begun >= WRITTEN_OUT_EVERY:
                    _begin_writing_out(descriptor, begun, writer.offset)
                    begun = writer.offset
                if writer.offset >= until:
                    return _End()
        except Exception as fault:  # noqa: BLE001 - whatever it was, it is raised in a moment
            return _End(reached=True, fault=fault)
        return _End(reached=True)


@dataclass(frozen=True)
class _End:
    """Whether a part has come to its end, and whether that was before its time."""

    reached: bool = False
    fault: Exception | None = None


def _write(descriptor: int, chunk: bytes, offset: int) -> None:
    view = memoryview(chunk)
    try:
        while view:
            written = os.pwrite(descriptor, view, offset)
            view, offset = view[written:], offset + written
    except OSError as error:
        raise _not_kept(error) from error


def _begin_writing_out(descriptor: int, start: int, end: int) -> None:
    """What is on its way to the disk while more comes need not be waited for at the end.

    Linux begins to write out what it is told nobody will need (`mm/fadvise.c`); elsewhere this is
    only a hint, and nothing depends on it.
    """
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, start, end - start, os.POSIX_FADV_DONTNEED)


def _kept(descriptor: int, writer: Writer) -> Kept:
    try:
        with TURNS.aside():
            os.fdatasync(descriptor)
    except OSError as error:
        raise _not_kept(error) from error
    return Kept(writer.offset, writer.sha256)


def _not_kept(error: OSError) -> PartNotKeptError:
    return PartNotKeptError(f"{type(error).__name__}: {error}")
