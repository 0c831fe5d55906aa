"""Where bytes lie: keys are content digests, every blob is written once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

CHUNK = 1 << 18
# So many digests at a time, where all are looked through.
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

    def lock_away(self, sha256: str) -> None:
        """This will put bytes where no reading finds them; nothing if not there."""
        ...

    def unlock(self, sha256: str) -> None:
        """This will put bytes back where reading finds them; nothing if not locked away."""
        ...

    def is_locked_away(self, sha256: str) -> bool: ...

    def forget_locked(self, sha256: str) -> None: ...


def blob_key(sha256: str) -> str:
    """This will return the key of a blob: two levels of folders, so that none grows too wide."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def aside_key(sha256: str) -> str:
    """This will return the key under which bytes wait to be forgotten."""
    return f"aside/{sha256}"


def locked_key(sha256: str) -> str:
    """This will return the key under which infected bytes wait to be destroyed; nobody reads it."""
    return f"quarantine/{sha256}"


def places_of(sha256: str) -> tuple[str, str, str]:
    """The own place twice: bytes may be on their way back from where they were set aside."""
    return (blob_key(sha256), aside_key(sha256), blob_key(sha256))
