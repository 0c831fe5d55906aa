"""Blobs in an S3 bucket, or in memory: objects are durable and whole when the store answers."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import MemoryStore, S3Store

from skrytka.gateways.blobs import (
    CHUNK,
    BlobMissingError,
    BlobNotStoredError,
    StoredBlob,
    blob_key,
)

# Up to this size an object goes in one request; above it in parts, a few of them in memory.
WHOLE = 8 << 20
PARTS_AT_ONCE = 2

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
        try:
            return bytes(obstore.get(self.store, blob_key(sha256)).bytes())
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error

    def stream(self, sha256: str) -> Iterator[bytes]:
        try:
            answer = obstore.get(self.store, blob_key(sha256))
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error
        return (bytes(chunk) for chunk in answer.stream(min_chunk_size=CHUNK))

    def has(self, sha256: str) -> bool:
        try:
            obstore.head(self.store, blob_key(sha256))
        except FileNotFoundError:
            return False
        return True

    def size(self, sha256: str) -> int:
        try:
            return int(obstore.head(self.store, blob_key(sha256))["size"])
        except FileNotFoundError as error:
            raise BlobMissingError(sha256) from error

    def delete(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self.store, blob_key(sha256))

    def _write(self, blob: StoredBlob, content: bytes | Path) -> None:
        try:
            if blob.size <= WHOLE:
                self._write_whole(blob, content)
            elif not self.has(blob.sha256):
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


def memory_blobs() -> ObjectBlobs:
    """This will open a store that forgets; its contract test runs on the real ones too."""
    return ObjectBlobs(MemoryStore())
