"""Where bytes lie: keys are content digests, every blob is written once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

CHUNK = 1 << 18


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


def blob_key(sha256: str) -> str:
    """This will return the key of a blob: two levels of folders, so that none grows too wide."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"
