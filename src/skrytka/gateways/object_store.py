"""Bytes in an S3 bucket, or in memory: objects are durable and whole when the store answers."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import MemoryStore, S3Store

from skrytka.gateways.blobs import CHUNK, LISTED, BlobNotStoredError
from skrytka.gateways.raw_store import FoundObject, OpenedObject

# Up to this size an object goes in one request; above it in parts, a few of them in memory.
WHOLE = 8 << 20
PARTS_AT_ONCE = 2
# Somebody waits: a store that fails for longer is told, not waited for.
PATIENCE = timedelta(seconds=20)

if TYPE_CHECKING:
    from obstore import ObjectMeta

Store = S3Store | MemoryStore


def open_store(url: str) -> Store:
    """This will open `s3://bucket/prefix?endpoint=…&region=…`.

    Keys of an S3 store come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    """
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    endpoint = query.get("endpoint", "")
    return S3Store(
        bucket=parts.netloc,
        prefix=parts.path.strip("/") or None,
        endpoint=endpoint or None,
        region=query.get("region", "us-east-1"),
        virtual_hosted_style_request=not endpoint,
        client_options={"allow_http": endpoint.startswith("http://")},
        retry_config={"retry_timeout": PATIENCE},
    )


@dataclass(frozen=True)
class ObjectStore:
    """Objects of a store on the network; what is on its way there waits in `spool`."""

    store: Store
    spool: Path | None = None

    @contextmanager
    def incoming(self) -> Iterator[IO[bytes]]:
        """A file without a name: whatever becomes of this process, nothing of it is left."""
        try:
            if self.spool is not None:
                self.spool.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.spool) as file, _told():
                yield file
        except OSError as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error

    def keep(self, file: IO[bytes], key: str, is_whole: Callable[[str], bool]) -> None:
        """What the store took it took whole, so what stands there is not read.

        Two writers at once bring the same content, so whoever is last changes nothing.
        """
        del is_whole
        if _size_of(file) <= WHOLE:
            with suppress(AlreadyExistsError):
                obstore.put(self.store, key, file, mode="create", use_multipart=False)
        elif self.size(key) is None:
            self.replace(file, key)

    def replace(self, file: IO[bytes], key: str) -> None:
        in_parts = _size_of(file) > WHOLE
        obstore.put(
            self.store,
            key,
            file,
            use_multipart=in_parts,
            chunk_size=WHOLE,
            max_concurrency=PARTS_AT_ONCE,
        )

    def open(self, key: str, start: int = 0, count: int | None = None) -> OpenedObject:
        """Whole, an object is asked for as such: a range of nothing is no range."""
        if start or count is not None:
            size = self._size_or_missing(key)
            end = size if count is None else min(size, start + count)
            if start >= end:
                return OpenedObject(size, iter(()))
            with _told():
                answer = obstore.get(self.store, key, options={"range": (start, end)})
        else:
            with _told():
                answer = obstore.get(self.store, key)
        chunks = (bytes(chunk) for chunk in answer.stream(min_chunk_size=CHUNK))
        return OpenedObject(int(answer.meta["size"]), chunks)

    def size(self, key: str) -> int | None:
        with _told(), suppress(FileNotFoundError):
            return int(obstore.head(self.store, key)["size"])
        return None

    def move(self, key: str, to: str, *, at: datetime | None = None) -> None:
        """The store itself notes when; copied first, so that the bytes stand somewhere always."""
        del at
        with _told(), suppress(FileNotFoundError):
            obstore.rename(self.store, key, to)

    def delete(self, key: str) -> None:
        with _told(), suppress(FileNotFoundError):
            obstore.delete(self.store, key)

    def listed(self, prefix: str) -> Iterator[tuple[FoundObject, ...]]:
        with _told():
            for found in obstore.list(self.store, prefix=prefix, chunk_size=LISTED):
                yield tuple(_found(one) for one in found)

    def _size_or_missing(self, key: str) -> int:
        size = self.size(key)
        if size is None:
            raise FileNotFoundError(key)
        return size


@contextmanager
def _told() -> Iterator[None]:
    """What the store says is said in our words; that something is not there is no fault of it."""
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error


def _size_of(file: IO[bytes]) -> int:
    """How long the file is; it is read from its beginning afterwards."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _found(one: "ObjectMeta") -> FoundObject:
    return FoundObject(one["path"], int(one["size"]), one["last_modified"])
