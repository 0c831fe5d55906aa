"""The blobs of one scope, encrypted: what lies in the store is a header and frames.

Where an earlier release left the bytes unencrypted they are read from there, until they are sealed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from skrytka.gateways.blob_frames import (
    FRAME,
    HEADER,
    BlobIdentity,
    ScopeKey,
    content_size,
    frame_count,
    new_data_key,
    opened_frames,
    opened_header,
    parsed_header,
    place_of_frame,
    sealed_frames,
    sealed_header,
    stored_size,
)
from skrytka.gateways.blob_keys import ScopeKeys
from skrytka.gateways.blobs import (
    BlobDamagedError,
    BlobKeysUnusableError,
    BlobMissingError,
    ReadableBlobs,
    StoredBlob,
    aside_key,
    blob_key,
    locked_key,
)
from skrytka.gateways.raw_store import OpenedObject, RawStore


@dataclass(frozen=True)
class SealedBlobs:
    """The blobs of one scope in a store."""

    raw: RawStore
    keys: ScopeKeys
    scope: str

    def put(self, data: bytes) -> StoredBlob:
        return self.put_stream([data])

    def put_stream(self, chunks: Iterable[bytes]) -> StoredBlob:
        """The header is written last: only then are the digest and the size known.

        The key of the scope is asked for last, too, so that a slow upload takes no key that has
        been replaced meanwhile.
        """
        counted, data_key = _Counted(chunks), new_data_key()
        with self.raw.incoming() as file:
            file.write(bytes(HEADER))
            for frame in sealed_frames(counted, data_key):
                file.write(frame)
            blob = counted.stored()
            identity = BlobIdentity(self.scope, blob.sha256, blob.size)
            file.seek(0)
            file.write(sealed_header(identity, self.keys.newest(self.scope), data_key))
            self.raw.keep(file, self._key(blob.sha256), lambda _key: self.is_whole(blob.sha256))
        return blob

    def take_from(self, other: ReadableBlobs, sha256: str) -> None:
        """Bytes that are set aside here may go at any moment, so they are written anew."""
        if self.raw.size(self._key(sha256)) is None:
            stored = self.put_stream(other.stream(sha256))
            if stored.sha256 != sha256:
                raise BlobDamagedError(sha256)

    def read(self, sha256: str) -> bytes:
        return b"".join(self.stream(sha256))

    def stream(self, sha256: str, start: int = 0, count: int | None = None) -> Iterator[bytes]:
        """A place far in costs one more question of the store: the header comes first."""
        for key in self._sealed_places(sha256):
            with suppress(FileNotFoundError):
                return self._opened(key, sha256, start, count)
        raise BlobMissingError(sha256)

    def has(self, sha256: str) -> bool:
        return any(self.raw.size(key) is not None for key in self._sealed_places(sha256))

    def size(self, sha256: str) -> int:
        for key in self._sealed_places(sha256):
            size = self.raw.size(key)
            if size is not None:
                return size if _is_plain(key) else content_size(size)
        raise BlobMissingError(sha256)

    def delete(self, sha256: str) -> None:
        for key in (self._key(sha256), aside_key(sha256, self.scope), self._key(sha256)):
            self.raw.delete(key)

    def stored(self) -> Iterator[tuple[str, ...]]:
        for folder in ("sha256", "aside"):
            for found in self.raw.listed(f"{self.scope}/{folder}"):
                yield tuple(one.name for one in found)

    def older_than(self, instant: datetime) -> Iterator[tuple[str, ...]]:
        for found in self.raw.listed(f"{self.scope}/sha256"):
            yield tuple(one.name for one in found if one.since < instant)

    def set_aside(self, sha256: str, *, at: datetime) -> None:
        self.raw.move(self._key(sha256), aside_key(sha256, self.scope), at=at)

    def aside(self) -> Iterator[tuple[tuple[str, datetime], ...]]:
        for found in self.raw.listed(f"{self.scope}/aside"):
            yield tuple((one.name, one.since) for one in found)

    def bring_back(self, sha256: str) -> None:
        self.raw.move(aside_key(sha256, self.scope), self._key(sha256))

    def forget_aside(self, sha256: str) -> None:
        self.raw.delete(aside_key(sha256, self.scope))

    def lock_away(self, sha256: str) -> None:
        self.bring_back(sha256)
        self.raw.move(self._key(sha256), locked_key(sha256, self.scope))

    def unlock(self, sha256: str) -> None:
        self.raw.move(locked_key(sha256, self.scope), self._key(sha256))

    def is_locked_away(self, sha256: str) -> bool:
        return self.raw.size(locked_key(sha256, self.scope)) is not None

    def forget_locked(self, sha256: str) -> None:
        self.raw.delete(locked_key(sha256, self.scope))

    def is_whole(self, sha256: str) -> bool:
        """This will read what stands under a digest to its end, and tell whether it is that."""
        digest = hashlib.sha256()
        try:
            for chunk in self._opened(self._key(sha256), sha256, 0, None):
                digest.update(chunk)
        except (FileNotFoundError, BlobDamagedError, BlobKeysUnusableError):
            return False
        return digest.hexdigest() == sha256

    def _key(self, sha256: str) -> str:
        return blob_key(sha256, self.scope)

    def _sealed_places(self, sha256: str) -> tuple[str, ...]:
        """Where the bytes may be, the own place twice: they may be on their way back to it."""
        own, old = self._key(sha256), (blob_key(sha256), aside_key(sha256))
        return (own, aside_key(sha256, self.scope), *old, own)

    def _opened(self, key: str, sha256: str, start: int, count: int | None) -> Iterator[bytes]:
        if _is_plain(key):
            return self.raw.open(key, start, count).chunks
        if start < FRAME:
            found = self.raw.open(key)
            head, rest = _split(found.chunks)
        else:
            found = self.raw.open(key, 0, HEADER)
            head, rest = b"".join(found.chunks), None
        data_key, size = self._unlocked(head, found, sha256)
        first, end = _frames_of(size, start, count)
        if rest is None:
            rest = self.raw.open(
                key, place_of_frame(first), _stored_between(size, first, end)
            ).chunks
        frames = opened_frames(rest, data_key, size, first)
        return _cut(frames, start - first * FRAME, _count(size, start, count))

    def _unlocked(self, head: bytes, found: OpenedObject, sha256: str) -> tuple[bytes, int]:
        header = parsed_header(head)
        if stored_size(header.size) != found.size:
            raise BlobDamagedError(f"{found.size} bytes are not all, or too many")
        secret = self.keys.named(self.scope, header.key_name).secret
        blob = BlobIdentity(self.scope, sha256, header.size)
        return opened_header(header, blob, secret), header.size


class _Counted:
    """Chunks on their way, digested and counted as they pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._digest, self._size = chunks, hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self._digest.update(chunk)
            self._size += len(chunk)
            yield chunk

    def stored(self) -> StoredBlob:
        return StoredBlob(self._digest.hexdigest(), self._size)


def rewrapped(
    found: OpenedObject, blobs: SealedBlobs, sha256: str, newest: ScopeKey
) -> Iterator[bytes]:
    """This will yield a blob with its data key under another key. Raises BlobDamagedError."""
    head, rest = _split(found.chunks)
    header = parsed_header(head)
    secret = blobs.keys.named(blobs.scope, header.key_name).secret
    blob = BlobIdentity(blobs.scope, sha256, header.size)
    data_key = opened_header(header, blob, secret)
    return chain([sealed_header(blob, newest, data_key)], rest)


def _is_plain(key: str) -> bool:
    """Whether it is a place of an earlier release, which has no scope before it."""
    return key.startswith(("sha256/", "aside/"))


def _split(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The header, and what comes after it."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= HEADER:
            break
    return head[:HEADER], chain([head[HEADER:]], chunks)


def _count(size: int, start: int, count: int | None) -> int:
    left = max(0, size - start)
    return left if count is None else min(count, left)


def _frames_of(size: int, start: int, count: int | None) -> tuple[int, int]:
    """The first frame that is read, and the one at which reading ends."""
    first = min(start // FRAME, frame_count(size) - 1)
    end = start + _count(size, start, count)
    return first, max(first + 1, -(-end // FRAME))


def _stored_between(size: int, first: int, end: int) -> int:
    return min(place_of_frame(end), stored_size(size)) - place_of_frame(first)


def _cut(frames: Iterator[bytes], skipped: int, count: int) -> Iterator[bytes]:
    """So many bytes of the frames, without the first few."""
    for frame in frames:
        part = frame[skipped : skipped + count]
        skipped, count = max(0, skipped - len(frame)), count - len(part)
        if part:
            yield part
        if count <= 0:
            return
    raise BlobDamagedError("it ends too early")
