"""Where bytes lie: keys are content digests, every blob is written once, each scope by itself.

A scope is an institution, or the installation itself (``None``): drafts without an addressee yet.
What one scope holds, another cannot find out, so the same bytes lie once in each.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

CHUNK = 1 << 18
# So many digests at a time, where all are looked through.
LISTED = 500

InstitutionId: TypeAlias = int | None
# Bytes of one blob from a place on, so many or all that are left.
BlobRange: TypeAlias = Callable[[int, int | None], Iterator[bytes]]


class BlobMissingError(Exception):
    """No blob of that digest is stored."""


class BlobNotStoredError(Exception):
    """The store refused or could not be reached; nothing was stored."""


class BlobKeysUnusableError(BlobNotStoredError):
    """A key of the store is missing or does not fit; nothing was stored, nothing can be read."""


class BlobDamagedError(Exception):
    """What is stored are not the bytes that were put there."""


@dataclass(frozen=True)
class StoredBlob:
    sha256: str
    size: int


class ReadableBlobs(Protocol):
    """Where bytes can be taken from."""

    def stream(self, sha256: str, start: int = 0, count: int | None = None) -> Iterator[bytes]:
        """This will yield the bytes from a place on, without reading what lies before it.

        Raises BlobMissingError at once, and BlobDamagedError before any byte that was not stored
        so.
        """
        ...


class Blobs(ReadableBlobs, Protocol):
    """The blobs of one scope: a write-once store of bytes under their SHA-256."""

    def put(self, data: bytes) -> StoredBlob:
        """This will store `data` durably and return its digest (64 hex) and size in bytes."""
        ...

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        """This will store what `chunks` yields, without holding it in memory."""
        ...

    def take_from(self, other: ReadableBlobs, sha256: str) -> None:
        """This will store bytes of another scope here too, durably; what is here stays.

        Raises BlobMissingError, BlobDamagedError, BlobNotStoredError.
        """
        ...

    def read(self, sha256: str) -> bytes: ...

    def has(self, sha256: str) -> bool: ...

    def delete(self, sha256: str) -> None:
        """This will remove bytes that must not be kept, such as malware; nothing if not there."""
        ...

    def size(self, sha256: str) -> int:
        """This will return the size in bytes, or raise BlobMissingError."""
        ...

    def stored(self) -> Iterator[tuple[str, ...]]:
        """This will yield the digests of everything, set aside or not, some at a time."""
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


class PlainBlobs(ReadableBlobs, Protocol):
    """What an earlier release stored unencrypted, for all institutions together."""

    def digests(self) -> Iterator[tuple[str, ...]]:
        """This will yield the digests of all that is left there, some at a time."""
        ...

    def delete(self, sha256: str) -> None: ...


class BlobStore(Protocol):
    """The blobs of the whole installation."""

    @property
    def plain(self) -> PlainBlobs: ...

    def of(self, institution_id: InstitutionId) -> Blobs:
        """This will return the blobs of an institution; of the installation itself for None."""
        ...

    def scopes(self) -> tuple[InstitutionId, ...]:
        """This will tell whose blobs there are."""
        ...


INSTALLATION = "installation"
_INSTITUTION = "institution-"


def scope_name(institution_id: InstitutionId) -> str:
    """This will return the folder of a scope: `institution-7`, or `installation`."""
    return INSTALLATION if institution_id is None else f"{_INSTITUTION}{institution_id}"


def institution_of(scope: str) -> InstitutionId:
    """This will read the name of a scope back."""
    return None if scope == INSTALLATION else int(scope.removeprefix(_INSTITUTION))


def blob_key(sha256: str, scope: str = "") -> str:
    """This will return the key of a blob: two levels of folders, so that none grows too wide.

    Without a scope it is where an earlier release put it, unencrypted.
    """
    return f"{_within(scope)}sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def aside_key(sha256: str, scope: str = "") -> str:
    """This will return the key under which bytes wait to be forgotten."""
    return f"{_within(scope)}aside/{sha256}"


def locked_key(sha256: str, scope: str) -> str:
    """This will return the key under which infected bytes wait to be destroyed; nobody reads it."""
    return f"{_within(scope)}quarantine/{sha256}"


def _within(scope: str) -> str:
    return f"{scope}/" if scope else ""
