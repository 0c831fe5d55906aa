"""Growing files in an object store: one object for every few megabytes, read back in order.

An object is not seen before it is whole, so its bytes wait on disk until then: in memory they would
add up with every connection.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import obstore
from obstore.exceptions import BaseError

from skrytka.gateways.blobs import CHUNK, LISTED
from skrytka.gateways.object_store import Store
from skrytka.gateways.parts import KEPT_EVERY, Kept, PartNotKeptError, TakenOverError
from skrytka.gateways.writers import Writer, Writers

FOLDER = "parts"


@dataclass(frozen=True)
class ObjectParts:
    """Growing files as objects `parts/<id>/<offset>`, each written in one request.

    What waits for its part to be whole, or is read back, lies in `spool`.
    """

    store: Store
    spool: Path | None = None
    _writers: Writers = field(default_factory=Writers)

    def write(self, file_id: UUID, offset: int, chunks: Iterable[bytes]) -> Iterator[Kept]:
        writer = self._writers.next_at(file_id, offset)
        self._drop_from(file_id, offset)
        with self._spooled() as held:
            yield from self._written(file_id, writer, held, chunks)

    def _written(
        self, file_id: UUID, writer: Writer, held: BinaryIO, chunks: Iterable[bytes]
    ) -> Iterator[Kept]:
        kept = writer.offset
        try:
            for chunk in chunks:
                _hold(held, chunk)
                writer.take(chunk)
                if writer.offset - kept >= KEPT_EVERY:
                    yield self._put(file_id, writer, kept, held)
                    kept = writer.offset
        except (PartNotKeptError, TakenOverError):
            raise
        except Exception:
            # The connection was cut: what has come is kept, and the sender goes on from there.
            if writer.offset > kept and self._writers.has(file_id, writer):
                yield self._put(file_id, writer, kept, held)
            raise
        if writer.offset > kept:
            yield self._put(file_id, writer, kept, held)

    @contextmanager
    def opened(self, file_id: UUID, size: int) -> Iterator[BinaryIO]:
        with self._spooled() as file:
            try:
                for offset, key in self._objects(file_id):
                    if offset < size:
                        file.seek(offset)
                        for chunk in obstore.get(self.store, key).stream(min_chunk_size=CHUNK):
                            file.write(bytes(chunk))
            except (BaseError, OSError) as error:
                raise _not_kept(error) from error
            file.truncate(size)
            file.seek(0)
            yield file

    def forget(self, file_id: UUID) -> None:
        self._writers.forget(file_id)
        self._drop_from(file_id, 0)

    def left_behind(self, before: datetime) -> Iterator[tuple[UUID, ...]]:
        for found in obstore.list(self.store, prefix=FOLDER, chunk_size=LISTED):
            old = (one["path"] for one in found if one["last_modified"] < before)
            yield tuple({UUID(path.split("/")[-2]) for path in old})

    @contextmanager
    def _spooled(self) -> Iterator[BinaryIO]:
        try:
            if self.spool is not None:
                self.spool.mkdir(parents=True, exist_ok=True)
            file = tempfile.TemporaryFile(dir=self.spool)  # noqa: SIM115 - closed below
        except OSError as error:
            raise _not_kept(error) from error
        with file:
            yield cast("BinaryIO", file)

    def _put(self, file_id: UUID, writer: Writer, start: int, held: BinaryIO) -> Kept:
        """The held bytes as the object that starts at `start`; afterwards nothing is held."""
        self._writers.require(file_id, writer)
        try:
            held.seek(0)
            obstore.put(self.store, _key(file_id, start), held, use_multipart=False)
            held.seek(0)
            held.truncate()
        except (BaseError, OSError) as error:
            raise _not_kept(error) from error
        return Kept(writer.offset, writer.sha256)

    def _drop_from(self, file_id: UUID, offset: int) -> None:
        try:
            for start, key in self._objects(file_id):
                if start >= offset:
                    obstore.delete(self.store, key)
        except (BaseError, OSError) as error:
            raise _not_kept(error) from error

    def _objects(self, file_id: UUID) -> list[tuple[int, str]]:
        """Offset and key of every object of a file, in order."""
        listing = obstore.list(self.store, prefix=f"{FOLDER}/{file_id}", chunk_size=LISTED)
        keys = [one["path"] for found in listing for one in found]
        return sorted((int(key.rpartition("/")[2]), key) for key in keys)


def _hold(held: BinaryIO, chunk: bytes) -> None:
    try:
        held.write(chunk)
    except OSError as error:
        raise _not_kept(error) from error


def _key(file_id: UUID, offset: int) -> str:
    return f"{FOLDER}/{file_id}/{offset:015d}"


def _not_kept(error: Exception) -> PartNotKeptError:
    return PartNotKeptError(f"{type(error).__name__}: {error}")
