"""Bytes in a folder: written aside, fsynced, then linked to their name in one step.

Nothing ever stands under a name before all its bytes are durable, and a file that stands there is
not touched again. Written in the standard library alone, so that the embedded installation loads
no object store.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO

from skrytka.gateways.blobs import CHUNK, LISTED, BlobNotStoredError
from skrytka.gateways.raw_store import FoundObject, OpenedObject
from skrytka.gateways.turns import TURNS

INCOMING = "incoming"
# The folders of scopes and what lies in these: few, and nobody removes them.
UPPER = 2


@dataclass(frozen=True)
class FolderStore:
    """Objects in `folder`, which is made when it is not there."""

    folder: Path
    _durable: set[Path] = field(default_factory=set, compare=False)

    @contextmanager
    def incoming(self) -> Iterator[IO[bytes]]:
        """A file beside the blobs, on the same file system; gone at the end of the block."""
        folder = self.folder / INCOMING
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder) as file:
                yield file
        except OSError as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error

    def keep(self, file: IO[bytes], key: str, is_whole: Callable[[str], bool]) -> None:
        """What stands there whole stays; only a file torn by a power cut is put in place again."""
        path = self.folder / key
        with TURNS.aside():
            _fsync(file)
            try:
                self._link(file.name, path)
            except FileExistsError:
                if not is_whole(key):
                    self._put_in_place(file.name, path)
            self._fsync_folders_of(path)

    def replace(self, file: IO[bytes], key: str) -> None:
        path = self.folder / key
        with TURNS.aside():
            _fsync(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._put_in_place(file.name, path)
            self._fsync_folders_of(path)

    def open(self, key: str, start: int = 0, count: int | None = None) -> OpenedObject:
        file = (self.folder / key).open("rb")
        size = os.fstat(file.fileno()).st_size
        file.seek(start)
        return OpenedObject(size, _chunks(file, size if count is None else count))

    def size(self, key: str) -> int | None:
        try:
            return (self.folder / key).stat().st_size
        except FileNotFoundError:
            return None

    def move(self, key: str, to: str, *, at: datetime | None = None) -> None:
        """A file keeps its age when it is moved, unless it is told since when it lies there."""
        path, target = self.folder / key, self.folder / to
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if at is not None:
                os.utime(path, (at.timestamp(), at.timestamp()))
            path.replace(target)

    def delete(self, key: str) -> None:
        (self.folder / key).unlink(missing_ok=True)

    def listed(self, prefix: str) -> Iterator[tuple[FoundObject, ...]]:
        paths = _files_in(self.folder / prefix)
        while some := tuple(islice(paths, LISTED)):
            yield tuple(self._found(path) for path in some)

    def _found(self, path: Path) -> FoundObject:
        """A file that has just gone is as new as can be: whoever asks leaves it alone."""
        key = path.relative_to(self.folder).as_posix()
        try:
            stat = path.stat()
        except FileNotFoundError:
            return FoundObject(key, 0, datetime.max.replace(tzinfo=UTC))
        return FoundObject(key, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))

    def _link(self, name: str, path: Path) -> None:
        try:
            os.link(name, path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(name, path)

    def _put_in_place(self, name: str, path: Path) -> None:
        whole = Path(f"{name}.whole")
        os.link(name, whole)
        whole.replace(path)

    def _fsync_folders_of(self, path: Path) -> None:
        """The names of new folders too, up to the one that holds them all.

        Those of the upper ones are there for good: this process makes them durable once.
        """
        named, folders = path, path.parents[: len(path.relative_to(self.folder).parts)]
        for folder in folders:
            if named not in self._durable:
                _fsync_folder(folder)
            if named != path and folder in folders[-UPPER:]:
                self._durable.add(named)
            named = folder


def _files_in(folder: Path) -> Iterator[Path]:
    """Every file below, folder by folder: never more names in memory than one folder has."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names))


def _chunks(file: BinaryIO, count: int) -> Iterator[bytes]:
    with file:
        while count > 0 and (chunk := file.read(min(CHUNK, count))):
            count -= len(chunk)
            yield chunk


def _fsync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
