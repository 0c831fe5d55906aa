"""Blobs in an S3 bucket, or in memory: objects are durable and whole when the store answers."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import MemoryStore, S3Store

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

# Up to this size an object goes in one request; above it in parts, a few of them in memory.
WHOLE = 8 << 20
PARTS_AT_ONCE = 2

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
    )


@dataclass(frozen=True)
class ObjectBlobs:
    """Blobs in an object store."""

    store: Store

    def put(self, data: bytes) -> StoredBlob:
        stored = StoredBlob(hashlib.sha256(data).hexdigest(), len(data))
        self._write(stored, data)
        return stored

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        """The key is known at the end only, so the bytes wait on disk until then."""
        digest, size = hashlib.sha256(), 0
        try:
            with tempfile.NamedTemporaryFile(prefix="skrytka-upload-") as spool:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    spool.write(chunk)
                spool.flush()
                stored = StoredBlob(digest.hexdigest(), size)
                self._write(stored, Path(spool.name))
        except OSError as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error
        return stored

    def read(self, sha256: str) -> bytes:
        return bytes(self._got(sha256).bytes())

    def stream(self, sha256: str) -> Iterator[bytes]:
        answer = self._got(sha256)
        return (bytes(chunk) for chunk in answer.stream(min_chunk_size=CHUNK))

    def has(self, sha256: str) -> bool:
        return any(self._head(place) for place in places_of(sha256))

    def size(self, sha256: str) -> int:
        for place in places_of(sha256):
            if (head := self._head(place)) is not None:
                return int(head["size"])
        raise BlobMissingError(sha256)

    def delete(self, sha256: str) -> None:
        for place in places_of(sha256):
            with suppress(FileNotFoundError):
                obstore.delete(self.store, place)

    def older_than(self, instant: datetime) -> Iterator[tuple[str, ...]]:
        for found in obstore.list(self.store, prefix="sha256", chunk_size=LISTED):
            yield tuple(_digest(one) for one in found if one["last_modified"] < instant)

    def set_aside(self, sha256: str, *, at: datetime) -> None:
        """The store itself notes when; copied first, so that the bytes stand somewhere always."""
        del at
        with suppress(FileNotFoundError):
            obstore.rename(self.store, blob_key(sha256), aside_key(sha256))

    def aside(self) -> Iterator[tuple[tuple[str, datetime], ...]]:
        for found in obstore.list(self.store, prefix="aside", chunk_size=LISTED):
            yield tuple((_digest(one), one["last_modified"]) for one in found)

    def bring_back(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.rename(self.store, aside_key(sha256), blob_key(sha256))

    def forget_aside(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self.store, aside_key(sha256))

    def lock_away(self, sha256: str) -> None:
        self.bring_back(sha256)
        with suppress(FileNotFoundError):
            obstore.rename(self.store, blob_key(sha256), locked_key(sha256))

    def unlock(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.rename(self.store, locked_key(sha256), blob_key(sha256))

    def is_locked_away(self, sha256: str) -> bool:
        return self._head(locked_key(sha256)) is not None

    def forget_locked(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self.store, locked_key(sha256))

    def _got(self, sha256: str) -> "obstore.GetResult":
        for place in places_of(sha256):
            with suppress(FileNotFoundError):
                return obstore.get(self.store, place)
        raise BlobMissingError(sha256)

    def _head(self, place: str) -> "ObjectMeta | None":
        try:
            return obstore.head(self.store, place)
        except FileNotFoundError:
            return None

    def _write(self, blob: StoredBlob, content: bytes | Path) -> None:
        try:
            if blob.size <= WHOLE:
                self._write_whole(blob, content)
            elif self._head(blob_key(blob.sha256)) is None:
                self._write_in_parts(blob, content)
        except (BaseError, OSError) as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error

    def _write_whole(self, blob: StoredBlob, content: bytes | Path) -> None:
        with suppress(AlreadyExistsError):
            key = blob_key(blob.sha256)
            obstore.put(self.store, key, content, mode="create", use_multipart=False)

    def _write_in_parts(self, blob: StoredBlob, content: bytes | Path) -> None:
        """Two writers at once bring the same bytes, so whoever is last changes nothing."""
        key = blob_key(blob.sha256)
        obstore.put(
            self.store,
            key,
            content,
            use_multipart=True,
            chunk_size=WHOLE,
            max_concurrency=PARTS_AT_ONCE,
        )


def _digest(found: "ObjectMeta") -> str:
    return found["path"].rpartition("/")[2]


def memory_blobs() -> ObjectBlobs:
    """This will open a store that forgets; its contract test runs on the real ones too."""
    return ObjectBlobs(MemoryStore())
