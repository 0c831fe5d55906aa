"""The records of a ZIP file as written (PKWARE APPNOTE 6.3, §4.3): no judgement, only reading."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
LOCAL_MAGIC = b"PK\x03\x04"
CENTRAL_MAGIC = b"PK\x01\x02"
_END_MAGIC = b"PK\x05\x06"
_END_64_MAGIC = b"PK\x06\x06"
_LOCATOR_64_MAGIC = b"PK\x06\x07"
_LONGEST_TAIL = _END.size + 0xFFFF
_MOST_ENTRIES = 1_000
_FULL_32 = 0xFFFFFFFF
_ZIP64_EXTRA = 0x0001


@dataclass(frozen=True)
class Directory:
    """Where the central directory lies and how many entries it lists."""

    start: int
    end: int
    count: int


@dataclass(frozen=True)
class Header:
    """What one side, local or central, says of an entry. ``offset`` is of the local header."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    extra: dict[int, bytes]
    offset: int
    end: int


def find_directory(data: bytes) -> Directory:
    """This will find the central directory by the one end record that fits the file.

    An end record counts when its comment reaches exactly to the end of the file. Its bytes may also
    stand inside a comment; but when another reader could take a second directory for the real one,
    the file has two readings and is refused. Raises `ContainerRefused`.
    """
    fitting = [at for at in _end_records(data) if _directory_before(data, at)]
    if len(fitting) != 1:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    directory = _read_end(data, fitting[0])
    if directory.count > _MOST_ENTRIES:
        raise ContainerRefused(ReasonCode.ZIP_COUNT)
    return directory


def read_central(data: bytes, directory: Directory) -> Iterator[Header]:
    """This will yield the entries of the directory. Raises `ContainerRefused`."""
    at = directory.start
    for _ in range(directory.count):
        header = _read_central(data, at)
        at = header.end
        yield header
    if at != directory.end:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)


def read_local(data: bytes, at: int) -> Header:
    """This will read the local header at an offset. Raises `ContainerRefused`."""
    found = _unpack(_LOCAL, data, at, LOCAL_MAGIC)
    _, flags, method, _, _, crc, packed, size, name, extra = found[1:]
    start = at + _LOCAL.size
    fields = _extra(data, start + name, extra)
    size, packed = _widen(fields, size, packed)
    end = start + name + extra
    return Header(data[start : start + name], flags, method, crc, packed, size, fields, at, end)


def _read_central(data: bytes, at: int) -> Header:
    found = _unpack(_CENTRAL, data, at, CENTRAL_MAGIC)
    flags, method, crc, packed, size = found[3], found[4], found[7], found[8], found[9]
    name, extra, comment, disk, offset = found[10], found[11], found[12], found[13], found[16]
    if disk:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    start = at + _CENTRAL.size
    fields = _extra(data, start + name, extra)
    size, packed, offset = _widen(fields, size, packed, offset)
    end = start + name + extra + comment
    return Header(data[start : start + name], flags, method, crc, packed, size, fields, offset, end)


def _end_records(data: bytes) -> Iterator[int]:
    at = data.find(_END_MAGIC, max(0, len(data) - _LONGEST_TAIL))
    while 0 <= at <= len(data) - _END.size:
        yield at
        at = data.find(_END_MAGIC, at + 1)


def _directory_before(data: bytes, at: int) -> bool:
    """Does a directory stand right before this end record, wherever the record says it starts?

    Readers that forgive leading junk look there, so two such places mean two readings.
    """
    size = _END.unpack_from(data, at)[5]
    if _zip64_before(data, at):
        return True
    return data[at - size : at - size + 4] == CENTRAL_MAGIC if 0 < size <= at else False


def _zip64_before(data: bytes, at: int) -> bool:
    return at >= _LOCATOR_64.size and data[at - _LOCATOR_64.size :][:4] == _LOCATOR_64_MAGIC


def _read_end(data: bytes, at: int) -> Directory:
    _, disk, first, here, count, size, start, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    if _zip64_before(data, at):
        return _read_end_64(data, at)
    if disk or first or here != count or start + size != at:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    return Directory(start, at, count)


def _read_end_64(data: bytes, at: int) -> Directory:
    """The wide record stands right before its locator, and says nothing else than the short one."""
    _, disk, where, disks = _LOCATOR_64.unpack_from(data, at - _LOCATOR_64.size)
    found = _unpack(_END_64, data, where, _END_64_MAGIC)
    length, this, first, here, count, size, start = (*found[1:2], *found[4:])
    wide = (where + 12 + length, start + size, here) == (at - _LOCATOR_64.size, where, count)
    if disk or this or first or disks > 1 or not wide:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    short = _END.unpack_from(data, at)[4:7]
    full = (0xFFFF, _FULL_32, _FULL_32)
    pairs = zip(short, full, (count, size, start), strict=True)
    if any(told not in {most, real} for told, most, real in pairs):
        raise ContainerRefused(ReasonCode.ZIP_HEADER)
    return Directory(start, where, count)


def _unpack(layout: struct.Struct, data: bytes, at: int, magic: bytes) -> tuple[int, ...]:
    if data[at : at + 4] != magic or at + layout.size > len(data):
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)
    return layout.unpack_from(data, at)


def _extra(data: bytes, at: int, length: int) -> dict[int, bytes]:
    """This will read the extra fields; a repeated one would have two readings."""
    fields: dict[int, bytes] = {}
    block = data[at : at + length]
    at = 0
    while at + 4 <= len(block):
        kind, size = struct.unpack_from("<2H", block, at)
        if kind in fields:
            raise ContainerRefused(ReasonCode.ZIP_HEADER)
        fields[kind] = block[at + 4 : at + 4 + size]
        at += 4 + size
    return fields


def _widen(fields: dict[int, bytes], *short: int) -> tuple[int, ...]:
    """This will replace the full 32-bit numbers by those of the ZIP64 field (§4.5.3)."""
    wide = fields.get(_ZIP64_EXTRA, b"")
    numbers = iter([number for (number,) in struct.iter_unpack("<Q", wide[: len(wide) // 8 * 8])])
    try:
        return tuple(next(numbers) if told == _FULL_32 else told for told in short)
    except RuntimeError:  # the field ended before the numbers did
        raise ContainerRefused(ReasonCode.ZIP_HEADER) from None
