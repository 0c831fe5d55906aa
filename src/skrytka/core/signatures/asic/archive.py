"""The ZIP reader: an archive has exactly one reading, or it is refused.

Both sides of the structure are read and compared, every byte belongs to one record, and content is
unpacked in bounded steps against what was declared.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from urllib.parse import unquote

from skrytka.core.signatures.asic.entry_names import folded, read_names
from skrytka.core.signatures.asic.records import (
    Directory,
    Header,
    find_directory,
    read_central,
    read_local,
)
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode

_MEBIBYTE = 1024 * 1024
_STORED, _DEFLATED, _AES = 0, 8, 99
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
_DESCRIPTOR_FLAG = 0x0008
_COMPARED_FLAGS = 0x0801  # encryption, and how the name is written
_STEP = 64 * 1024
_HIGHEST_RATIO = 100
_ALWAYS_UNPACKED = 64 * _MEBIBYTE


@dataclass(frozen=True)
class Entry:
    """A file of the archive, unpacked. ``names`` are all the readings of its name."""

    names: tuple[str, ...]
    data: bytes
    plain: bool  # stored, with no extra field: as the first entry, mimetype, has to be

    @property
    def name(self) -> str:
        return self.names[0]

    @cached_property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Archive:
    """The files of an archive in the order of their bytes; folders are left out."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Entry]:
        return {name: entry for entry in self.entries for name in entry.names}

    def find(self, uri: str) -> Entry | None:
        """This will find the entry that a reference names, from the root of the container.

        References are percent-encoded; older programs wrote the bare name.
        """
        path = uri.removeprefix("./").removeprefix("/")
        return self.by_name.get(unquote(path)) or self.by_name.get(path)


def open_archive(data: bytes) -> Archive:
    """This will read a whole archive. Raises `ContainerRefused` with the rule that was broken."""
    directory = find_directory(data)
    headers = sorted(read_central(data, directory), key=lambda header: header.offset)
    names = [read_names(header) for header in headers]
    _refuse_doubles(names)
    for header in headers:
        _refuse_unreadable(header)
    _refuse_bombs(headers, len(data))
    bodies = list(_bodies(data, headers, directory))
    entries = zip(headers, names, bodies, strict=True)
    return Archive(tuple(_unpacked(*parts) for parts in entries if not _is_folder(*parts)))


def _refuse_doubles(names: list[tuple[str, ...]]) -> None:
    """No reading of a name may be a reading of another, nor a folder be a file."""
    seen: set[str] = set()
    for readings in names:
        forms = {folded(name).removesuffix("/") for name in readings}
        if seen & forms:
            raise ContainerRefused(ReasonCode.ZIP_DUP)
        seen |= forms


def _refuse_unreadable(header: Header) -> None:
    if header.flags & _ENCRYPTED_FLAGS or header.method == _AES:
        raise ContainerRefused(ReasonCode.ZIP_ENC)
    if header.method not in {_STORED, _DEFLATED}:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX)


def _refuse_bombs(headers: list[Header], length: int) -> None:
    """What is declared is judged first; unpacking then holds every entry to what it declared."""
    if sum(header.size for header in headers) > _ALWAYS_UNPACKED + 2 * length:
        raise ContainerRefused(ReasonCode.ZIP_SIZE)
    if any(
        header.size > _MEBIBYTE and header.size > _HIGHEST_RATIO * header.packed
        for header in headers
    ):
        raise ContainerRefused(ReasonCode.ZIP_RATIO)


def _bodies(
    data: bytes, headers: list[Header], directory: Directory
) -> Iterator[tuple[Header, bytes]]:
    """This will yield each local header with its packed bytes; records fill the file gaplessly."""
    starts = [*(header.offset for header in headers), directory.start]
    if starts[0] != 0:
        raise ContainerRefused(ReasonCode.ZIP_HEADER)
    for header, (start, following) in zip(headers, pairwise(starts), strict=True):
        local = read_local(data, start)
        _refuse_disagreement(header, local)
        end = local.end + header.packed
        tail = data[end:following]
        if end > following or tail not in _tails(header, local):
            raise ContainerRefused(ReasonCode.ZIP_HEADER)
        yield local, data[local.end : end]


def _refuse_disagreement(central: Header, local: Header) -> None:
    same = central.method == local.method
    flags = not (central.flags ^ local.flags) & _COMPARED_FLAGS
    told = (local.crc, local.packed, local.size)
    real = (central.crc, central.packed, central.size)
    if local.flags & _DESCRIPTOR_FLAG:
        numbers = all(one in {0, other} for one, other in zip(told, real, strict=True))
    else:
        numbers = told == real
    if not (same and flags and numbers) or read_names(local) != read_names(central):
        raise ContainerRefused(ReasonCode.ZIP_HEADER)


def _tails(central: Header, local: Header) -> tuple[bytes, ...]:
    """The forms of a data descriptor: with or without its mark, in 32 or 64 bits (§4.3.9)."""
    if not local.flags & _DESCRIPTOR_FLAG:
        return (b"",)
    numbers = (central.crc, central.packed, central.size)
    forms = (struct.pack("<LLL", *numbers), struct.pack("<LQQ", *numbers))
    return (*forms, *(b"PK\x07\x08" + form for form in forms))


def _is_folder(header: Header, names: tuple[str, ...], _: tuple[Header, bytes]) -> bool:
    if not names[0].endswith("/"):
        return False
    if header.size:
        raise ContainerRefused(ReasonCode.ZIP_NAME)
    return True


def _unpacked(header: Header, names: tuple[str, ...], body: tuple[Header, bytes]) -> Entry:
    local, packed = body
    content = packed if header.method == _STORED else _inflate(packed, header.size)
    if len(content) != header.size or zlib.crc32(content) != header.crc:
        raise ContainerRefused(ReasonCode.ZIP_HEADER)
    return Entry(names, content, header.method == _STORED and not local.extra)


def _inflate(packed: bytes, size: int) -> bytes:
    """This will unpack in small steps, and stop at the first byte over what was declared."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    try:
        for at in range(0, len(packed), _STEP):
            rest = packed[at : at + _STEP]
            if unpacker.eof:  # the stream has ended, and bytes follow that belong to nothing
                raise ContainerRefused(ReasonCode.ZIP_HEADER)
            while rest and not unpacker.eof and len(content) <= size:
                content += unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        raise ContainerRefused(ReasonCode.ZIP_SYNTAX) from None
    if not unpacker.eof or unpacker.unused_data:
        raise ContainerRefused(ReasonCode.ZIP_HEADER)
    return bytes(content)
