"""How a blob lies in the store: a header, then frames, each encrypted and checked by itself.

    header   magic and version (8) | name of the scope's key (24) | size of the content (8) |
             nonce (12) | data key under the scope's key (48)
    frame    up to 256 KiB of content under the data key (AES-256-GCM), and its tag (16)

The data key is random and of this blob alone. It is wrapped with everything else in the header, the
scope and the SHA-256 of the content as associated data: a blob that was moved to another scope or
under another name does not open. The nonce of a frame is its number and whether it is the last one
(the construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so that none can be left
out, changed places, cut off or added. The size in the header says which one is the last: a reader
can begin anywhere.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skrytka.gateways.blobs import BlobDamagedError

MAGIC = b"SkrBlob\x01"
KEY_BITS = 256
FRAME = 1 << 18
TAG = 16
_NAMED = struct.Struct(">8s24sQ")
_HEADER = struct.Struct(">8s24sQ12s48s")
HEADER = _HEADER.size
_NONCE = struct.Struct(">7xIB")


@dataclass(frozen=True)
class ScopeKey:
    """A key of a scope: `name` says its version, `secret` are 32 bytes."""

    name: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class BlobIdentity:
    """What a blob is and where it belongs: SHA-256 in hex, size in bytes."""

    scope: str
    sha256: str
    size: int


@dataclass(frozen=True)
class BlobHeader:
    """The first bytes of a blob, parsed and not yet believed."""

    key_name: str
    size: int
    nonce: bytes
    wrapped: bytes


def new_data_key() -> bytes:
    """This will make the key of one blob."""
    return AESGCM.generate_key(KEY_BITS)


def stored_size(size: int) -> int:
    """This will return how many bytes a blob takes in the store."""
    return HEADER + size + TAG * frame_count(size)


def content_size(stored: int) -> int:
    """This will return how many bytes of content lie in so many of the store.

    Raises BlobDamagedError for a number that no blob has.
    """
    frames = max(1, -(-(stored - HEADER) // (FRAME + TAG)))
    size = stored - HEADER - TAG * frames
    if size < 0 or stored_size(size) != stored:
        raise BlobDamagedError(f"{stored} bytes")
    return size


def frame_count(size: int) -> int:
    """This will count the frames of a content; an empty one has one, too."""
    return max(1, -(-size // FRAME))


def place_of_frame(number: int) -> int:
    """This will return where a frame begins in the store."""
    return HEADER + number * (FRAME + TAG)


def sealed_frames(chunks: Iterable[bytes], data_key: bytes) -> Iterator[bytes]:
    """This will yield the content frame by frame, encrypted."""
    cipher, waiting, number = AESGCM(data_key), bytearray(), 0
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > FRAME:
            yield cipher.encrypt(_NONCE.pack(number, 0), waiting[:FRAME], None)
            del waiting[:FRAME]
            number += 1
    yield cipher.encrypt(_NONCE.pack(number, 1), waiting, None)


def opened_frames(
    chunks: Iterable[bytes], data_key: bytes, size: int, first: int = 0
) -> Iterator[bytes]:
    """This will yield the content of the frames in `chunks`, the first of which has that number.

    Raises BlobDamagedError before anything that was not put there so.
    """
    cipher, last = AESGCM(data_key), frame_count(size) - 1
    for number, frame in enumerate(_pieces(chunks), start=first):
        try:
            yield cipher.decrypt(_NONCE.pack(number, int(number == last)), frame, None)
        except InvalidTag as error:
            raise BlobDamagedError(f"frame {number}") from error


def sealed_header(blob: BlobIdentity, key: ScopeKey, data_key: bytes) -> bytes:
    """This will write the header of a blob under a key of its scope."""
    named = _NAMED.pack(MAGIC, key.name.encode(), blob.size)
    nonce = os.urandom(12)
    wrapped = AESGCM(key.secret).encrypt(nonce, data_key, named + _bound(blob))
    return named + nonce + wrapped


def parsed_header(data: bytes) -> BlobHeader:
    """This will take the first bytes of a blob apart. Raises BlobDamagedError."""
    if len(data) != HEADER or not data.startswith(MAGIC):
        raise BlobDamagedError("no header")
    _magic, name, size, nonce, wrapped = _HEADER.unpack(data)
    return BlobHeader(name.rstrip(b"\0").decode("ascii", "replace"), size, nonce, wrapped)


def opened_header(header: BlobHeader, blob: BlobIdentity, secret: bytes) -> bytes:
    """This will return the data key, if the header is that of this very blob.

    Raises BlobDamagedError.
    """
    named = _NAMED.pack(MAGIC, header.key_name.encode(), header.size)
    try:
        return AESGCM(secret).decrypt(header.nonce, header.wrapped, named + _bound(blob))
    except InvalidTag as error:
        raise BlobDamagedError("header") from error


def _bound(blob: BlobIdentity) -> bytes:
    return f"{blob.scope}/{blob.sha256}".encode()


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one frame each; the last one may be shorter."""
    whole, waiting = FRAME + TAG, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= whole:
            yield bytes(waiting[:whole])
            del waiting[:whole]
    if waiting:
        yield bytes(waiting)
