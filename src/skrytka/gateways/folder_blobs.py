"""Blobs in a folder: written aside, fsynced, then linked to their name in one step.

Nothing ever stands under a name before all its bytes are durable, and a file that stands there is
not touched again. Written in the standard library alone, so that the embedded installation loads
no object store.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from skrytka.gateways.blobs import (
    CHUNK,
    LISTED,
    BlobMissingError,
    BlobNotStoredError,
    StoredBlob,
    aside_key,
    blob_key,
    locked_key,
    places_of,
)
from skrytka.gateways.turns import TURNS

INCOMING = "incoming"
# Above a blob: two by its digest, and `sha256`.
FOLDERS = 3


@dataclass(frozen=True)
class FolderBlobs:
    """Blobs in `folder`, which is made when it is not there."""

    folder: Path

    def put(self, data: bytes) -> StoredBlob:
        return self.put_stream([data])

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        digest, size = hashlib.sha256(), 0
        try:
            with self._incoming() as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    file.write(chunk)
                self._keep(file, digest.hexdigest())
        except OSError as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error
        return StoredBlob(digest.hexdigest(), size)

    def read(self, sha256: str) -> bytes:
        with self._opened(sha256) as file:
            return file.read()

    def stream(self, sha256: str) -> Iterator[bytes]:
        return _chunks(self._opened(sha256))

    def has(self, sha256: str) -> bool:
        return any((self.folder / place).exists() for place in places_of(sha256))

    def size(self, sha256: str) -> int:
        for place in places_of(sha256):
            with suppress(FileNotFoundError):
                return (self.folder / place).stat().st_size
        raise BlobMissingError(sha256)

    def delete(self, sha256: str) -> None:
        for place in places_of(sha256):
            (self.folder / place).unlink(missing_ok=True)

    def older_than(self, instant: datetime) -> Iterator[tuple[str, ...]]:
        for paths in _some(self.folder.glob("sha256/*/*/*")):
            yield tuple(path.name for path in paths if _since(path) < instant)

    def set_aside(self, sha256: str, *, at: datetime) -> None:
        """A file keeps its age when it is moved: from here on it tells since when it lies aside."""
        aside = self.folder / aside_key(sha256)
        aside.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            os.utime(self._path(sha256), (at.timestamp(), at.timestamp()))
            self._path(sha256).replace(aside)

    def aside(self) -> Iterator[tuple[tuple[str, datetime], ...]]:
        for paths in _some(self.folder.glob("aside/*")):
            yield tuple((path.name, _since(path)) for path in paths)

    def bring_back(self, sha256: str) -> None:
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (self.folder / aside_key(sha256)).replace(path)

    def forget_aside(self, sha256: str) -> None:
        (self.folder / aside_key(sha256)).unlink(missing_ok=True)

    def lock_away(self, sha256: str) -> None:
        """Out of the folder of blobs, and readable for the owner of the process alone."""
        locked = self.folder / locked_key(sha256)
        locked.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.bring_back(sha256)
        with suppress(FileNotFoundError):
            self._path(sha256).replace(locked)
            locked.chmod(0o400)

    def unlock(self, sha256: str) -> None:
        path = self._path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (self.folder / locked_key(sha256)).replace(path)

    def is_locked_away(self, sha256: str) -> bool:
        return (self.folder / locked_key(sha256)).exists()

    def forget_locked(self, sha256: str) -> None:
        (self.folder / locked_key(sha256)).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self.folder / blob_key(sha256)

    def _opened(self, sha256: str) -> BinaryIO:
        for place in places_of(sha256):
            with suppress(FileNotFoundError):
                return (self.folder / place).open("rb")
        raise BlobMissingError(sha256)

    @contextmanager
    def _incoming(self) -> Iterator["tempfile._TemporaryFileWrapper[bytes]"]:
        """A file beside the blobs, on the same file system; gone at the end of the block."""
        folder = self.folder / INCOMING
        try:
            opened = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            opened = tempfile.NamedTemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        with opened as file:
            yield file

    def _keep(self, file: "tempfile._TemporaryFileWrapper[bytes]", sha256: str) -> None:
        with TURNS.aside():
            self._make_durable(file, sha256)

    def _make_durable(self, file: "tempfile._TemporaryFileWrapper[bytes]", sha256: str) -> None:
        file.flush()
        os.fsync(file.fileno())
        path = self._path(sha256)
        try:
            self._link(file.name, path)
        except FileExistsError:
            self._mend(Path(file.name), path, sha256)
        # The names of new folders too, up to the one that holds them all.
        for folder in path.parents[:FOLDERS]:
            _fsync_folder(folder)

    def _link(self, name: str, path: Path) -> None:
        try:
            os.link(name, path)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(name, path)

    def _mend(self, whole: Path, path: Path, sha256: str) -> None:
        """The same bytes came before; only a file torn by a power cut is put in place again."""
        if _digest_of(path) != sha256:
            mended = whole.with_name(f"{whole.name}.whole")
            os.link(whole, mended)
            mended.replace(path)


def _some(paths: Iterator[Path]) -> Iterator[list[Path]]:
    while some := list(islice(paths, LISTED)):
        yield some


def _since(path: Path) -> datetime:
    """A file that has just gone is as new as can be: whoever asks leaves it alone."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.max.replace(tzinfo=UTC)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
