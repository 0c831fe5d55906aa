"""What a ZIP says of a member before its bytes, after them, and in fields that override its name.

PKWARE APPNOTE 6.3: local header 4.3.7, data descriptor 4.3.9, ZIP64 field 4.5.3; Info-ZIP's field
of the name in Unicode 4.6.9. The listing says all of it again, and both must say the same.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.specimen import Specimen

LOCAL = struct.Struct("<4s5H3I2H")
LOCAL_MARK, DESCRIPTOR_MARK = b"PK\x03\x04", b"PK\x07\x08"
HAS_DESCRIPTOR, UTF8_NAME = 0x0008, 0x0800
FULL_32 = 0xFFFFFFFF
ZIP64_FIELD, UNICODE_NAME_FIELD = 0x0001, 0x7075


def broken() -> NotAcceptableError:
    return NotAcceptableError(AttachmentFault.BROKEN)


class Sizes(NamedTuple):
    crc: int
    packed: int
    unpacked: int


class LocalHeader(NamedTuple):
    """What stands before a member; `data_at` is where its bytes begin."""

    flags: int
    method: int
    sizes: Sizes
    name: bytes
    data_at: int


def local_header(specimen: Specimen, at: int) -> LocalHeader:
    """This will read the header before a member. Raises BROKEN."""
    head = specimen.at(at, LOCAL.size)
    if len(head) < LOCAL.size or head[:4] != LOCAL_MARK:
        raise broken()
    _, _, flags, method, _, _, crc, packed, unpacked, name_length, extra_length = LOCAL.unpack(head)
    name = specimen.at(at + LOCAL.size, name_length)
    extra = specimen.at(at + LOCAL.size + name_length, extra_length)
    sizes = _widened(Sizes(crc, packed, unpacked), extra)
    return LocalHeader(flags, method, sizes, name, at + LOCAL.size + name_length + extra_length)


def _widened(sizes: Sizes, extra: bytes) -> Sizes:
    """Sizes past 32 bits stand in a field of their own: first unpacked, then packed."""
    wide = fields_of(extra).get(ZIP64_FIELD, b"")
    unpacked, packed = sizes.unpacked, sizes.packed
    if unpacked == FULL_32 and len(wide) >= 8:
        (unpacked,), wide = struct.unpack_from("<Q", wide), wide[8:]
    if packed == FULL_32 and len(wide) >= 8:
        (packed,) = struct.unpack_from("<Q", wide)
    return Sizes(sizes.crc, packed, unpacked)


def fields_of(extra: bytes) -> dict[int, bytes]:
    """This will return the extra fields by their ids; what is torn at the end is left out."""
    return dict(_fields(extra))


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        yield kind, extra[place + 4 : place + 4 + length]
        place += 4 + length


def listed_sizes(entry: zipfile.ZipInfo) -> Sizes:
    return Sizes(entry.CRC, entry.compress_size, entry.file_size)


def check_sizes_before(header: LocalHeader, listed: Sizes) -> None:
    """This will check that the header before a member says what the listing says.

    Where a descriptor follows the member, the header may leave them open. Raises BROKEN.
    """
    if header.sizes == listed:
        return
    is_open = all(
        value in {0, FULL_32, real} for value, real in zip(header.sizes, listed, strict=True)
    )
    if not header.flags & HAS_DESCRIPTOR or not is_open:
        raise broken()


def check_after(
    specimen: Specimen, header: LocalHeader, listed: Sizes, gap: tuple[int, int]
) -> None:
    """This will check that between a member and what follows stands its descriptor or nothing.

    Raises BROKEN when anything else stands there, or when the descriptor says something else than
    the listing does.
    """
    start, end = gap
    if start == end and header.sizes == listed:
        return
    found = specimen.at(start, end - start) if end - start <= 24 else b""
    if not header.flags & HAS_DESCRIPTOR or found not in _descriptors(listed):
        raise broken()


def _descriptors(listed: Sizes) -> Iterator[bytes]:
    """The four ways of writing one: with a mark or without, sizes of four bytes or of eight."""
    for layout in ("<III", "<IQQ"):
        if layout == "<III" and max(listed) > FULL_32:
            continue
        plain = struct.pack(layout, *listed)
        yield from (plain, DESCRIPTOR_MARK + plain)


def name_bytes(entry: zipfile.ZipInfo) -> bytes:
    """This will return the name as the listing writes it, before anybody decoded it."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8_NAME else "cp437")


def names_of(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """This will return the name as different readers take it, the one to be shown first.

    Without the mark of UTF-8, Windows in Poland writes names in the code page of DOS, and some
    programs add the same name in Unicode, bound to it by its CRC-32.
    """
    if entry.flag_bits & UTF8_NAME:
        return (entry.orig_filename,)
    raw = name_bytes(entry)
    plain = raw.decode("cp852")
    field = fields_of(entry.extra).get(UNICODE_NAME_FIELD, b"")
    if len(field) < 6 or struct.unpack_from("<I", field, 1)[0] != zlib.crc32(raw):
        return (plain,)
    return (field[5:].decode("utf-8", "replace"), plain)
