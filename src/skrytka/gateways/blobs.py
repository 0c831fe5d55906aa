"""Where bytes lie: keys are content digests, every blob is written once."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, S3Store

if TYPE_CHECKING:
    from obstore import ObjectMeta

CHUNK = 1 << 20
LISTED = 500


class BlobMissingError(Exception):
    """No blob of that digest is stored."""


class BlobNotStoredError(Exception):
    """The store refused or could not be reached; nothing was stored."""


@dataclass(frozen=True)
class StoredBlob:
    sha256: str
    size: int


class Blobs(Protocol):
    """A write-once store of bytes under their SHA-256."""

    def put(self, data: bytes) -> StoredBlob:
        """This will store `data` durably and return its digest (64 hex) and size in bytes."""
        ...

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        """This will store what `chunks` yields, without holding it in memory."""
        ...

    def read(self, sha256: str) -> bytes: ...

    def stream(self, sha256: str) -> Iterator[bytes]: ...

    def has(self, sha256: str) -> bool: ...

    def delete(self, sha256: str) -> None:
        """This will remove bytes that must not be kept, such as malware; nothing if not there."""
        ...

    def size(self, sha256: str) -> int:
        """This will return the size in bytes, or raise BlobMissingError."""
        ...

    def older_than(self, instant: datetime) -> Iterator[tuple[str, ...]]:
        """This will yield the digests of what was stored before, some at a time."""
        ...

    def set_aside(self, sha256: str, *, at: datetime) -> None:
        """This will put bytes where reading still finds them, until they are forgotten."""
        ...

    def aside(self) -> Iterator[tuple[tuple[str, datetime], ...]]:
        """This will yield what is set aside and since when, some at a time."""
        ...

    def bring_back(self, sha256: str) -> None: ...

    def forget_aside(self, sha256: str) -> None: ...


def blob_key(sha256: str) -> str:
    """This will return the key of a blob: two levels of folders, so that none grows too wide."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def aside_key(sha256: str) -> str:
    """This will return the key under which bytes wait to be forgotten."""
    return f"aside/{sha256}"


Store = LocalStore | S3Store | MemoryStore


def open_store(url: str) -> Store:
    """This will open `file:///path` or `s3://bucket/prefix?endpoint=…&region=…`.

    Keys of an S3 store come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        Path(parts.path).mkdir(parents=True, exist_ok=True)
        return LocalStore(prefix=parts.path)
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
class ObstoreBlobs:
    """Blobs in a folder or an S3 bucket; `folder` is set where the files need an fsync of ours."""

    store: Store
    folder: Path | None = None

    def put(self, data: bytes) -> StoredBlob:
        sha256 = hashlib.sha256(data).hexdigest()
        self._write(sha256, data)
        return StoredBlob(sha256, len(data))

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(prefix="skrytka-upload-") as spool:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                spool.write(chunk)
            spool.flush()
            self._write(digest.hexdigest(), Path(spool.name))
        return StoredBlob(digest.hexdigest(), size)

    def read(self, sha256: str) -> bytes:
        return bytes(self._got(sha256).bytes())

    def stream(self, sha256: str) -> Iterator[bytes]:
        answer = self._got(sha256)
        return (bytes(chunk) for chunk in answer.stream(min_chunk_size=CHUNK))

    def has(self, sha256: str) -> bool:
        return self._head(sha256) is not None

    def size(self, sha256: str) -> int:
        head = self._head(sha256)
        if head is None:
            raise BlobMissingError(sha256)
        return int(head["size"])

    def delete(self, sha256: str) -> None:
        for key in (blob_key(sha256), aside_key(sha256)):
            with suppress(FileNotFoundError):
                obstore.delete(self.store, key)

    def older_than(self, instant: datetime) -> Iterator[tuple[str, ...]]:
        for found in obstore.list(self.store, prefix="sha256", chunk_size=LISTED):
            yield tuple(_digest(one) for one in found if one["last_modified"] < instant)

    def set_aside(self, sha256: str, *, at: datetime) -> None:
        key = blob_key(sha256)
        with suppress(FileNotFoundError):
            if self.folder is not None:
                # A folder keeps the age of what it moves: from here on it tells since when.
                os.utime(self.folder / key, (at.timestamp(), at.timestamp()))
            obstore.rename(self.store, key, aside_key(sha256))

    def aside(self) -> Iterator[tuple[tuple[str, datetime], ...]]:
        for found in obstore.list(self.store, prefix="aside", chunk_size=LISTED):
            yield tuple((_digest(one), one["last_modified"]) for one in found)

    def bring_back(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.rename(self.store, aside_key(sha256), blob_key(sha256))

    def forget_aside(self, sha256: str) -> None:
        with suppress(FileNotFoundError):
            obstore.delete(self.store, aside_key(sha256))

    def _got(self, sha256: str) -> "obstore.GetResult":
        for key in _places(sha256):
            with suppress(FileNotFoundError):
                return obstore.get(self.store, key)
        raise BlobMissingError(sha256)

    def _head(self, sha256: str) -> "ObjectMeta | None":
        for key in _places(sha256):
            with suppress(FileNotFoundError):
                return obstore.head(self.store, key)
        return None

    def _write(self, sha256: str, content: bytes | Path) -> None:
        try:
            self._write_once(sha256, content)
            self._make_durable(sha256)
        except (BaseError, OSError) as error:
            raise BlobNotStoredError(f"{type(error).__name__}: {error}") from error

    def _write_once(self, sha256: str, content: bytes | Path) -> None:
        key = blob_key(sha256)
        try:
            obstore.put(self.store, key, content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            # The same bytes came before; a file torn by a power cut is the one case to write again.
            if not self._is_whole(sha256):
                obstore.put(self.store, key, content, mode="overwrite", use_multipart=False)

    def _is_whole(self, sha256: str) -> bool:
        """In its own place: what is only set aside is written again."""
        digest = hashlib.sha256()
        with suppress(FileNotFoundError):
            answer = obstore.get(self.store, blob_key(sha256))
            for chunk in answer.stream(min_chunk_size=CHUNK):
                digest.update(bytes(chunk))
        return digest.hexdigest() == sha256

    def _make_durable(self, sha256: str) -> None:
        """An object store is durable when it answers; a folder is after fsync of file and names."""
        if self.folder is None:
            return
        path = self.folder / blob_key(sha256)
        for place in (path, path.parent, path.parent.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _places(sha256: str) -> tuple[str, str, str]:
    """The own place twice: bytes may be on their way back from where they were set aside."""
    return (blob_key(sha256), aside_key(sha256), blob_key(sha256))


def _digest(found: "ObjectMeta") -> str:
    return found["path"].rpartition("/")[2]


def open_blobs(url: str) -> Blobs:
    """This will open the blob store at a `file://` or `s3://` address."""
    parts = urlsplit(url)
    return ObstoreBlobs(open_store(url), Path(parts.path) if parts.scheme == "file" else None)


def memory_blobs() -> Blobs:
    """This will open a store that forgets; its contract test runs on the real ones too."""
    return ObstoreBlobs(MemoryStore())
