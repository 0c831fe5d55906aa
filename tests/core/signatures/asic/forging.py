"""Archives written byte by byte, so that every field may lie."""

import struct
import zlib
from dataclasses import dataclass

import pytest

from skrytka.core.signatures.asic.archive import open_archive
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode


@dataclass(frozen=True)
class Made:
    """An entry with everything that a forger may write differently on the two sides."""

    name: bytes = b"a.txt"
    data: bytes = b"tresc"
    flags: int = 0
    method: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    extra: bytes = b""
    disk: int = 0
    local_name: bytes | None = None
    local_flags: int | None = None
    local_method: int | None = None
    local_numbers: tuple[int, int, int] | None = None
    local_extra: bytes = b""
    tail: bytes = b""
    offset: int | None = None

    @property
    def body(self) -> bytes:
        return self.data if self.packed is None else self.packed

    @property
    def numbers(self) -> tuple[int, int, int]:
        crc = zlib.crc32(self.data) if self.crc is None else self.crc
        size = len(self.data) if self.size is None else self.size
        return crc, len(self.body), size

    def local(self) -> bytes:
        if self.offset is not None:
            return b""  # it lies about where it is
        name = self.name if self.local_name is None else self.local_name
        flags = self.flags if self.local_flags is None else self.local_flags
        method = self.method if self.local_method is None else self.local_method
        numbers = self.local_numbers or self.numbers
        fixed = (b"PK\x03\x04", 20, flags, method, 0, 0, *numbers, len(name), len(self.local_extra))
        head = struct.pack("<4s5H3L2H", *fixed)
        return head + name + self.local_extra + self.body + self.tail

    def central(self, at: int) -> bytes:
        lengths = (len(self.name), len(self.extra), 0, self.disk, 0, 0)
        offset = at if self.offset is None else self.offset
        fixed = (b"PK\x01\x02", 20, 20, self.flags, self.method, 0, 0, *self.numbers, *lengths)
        return struct.pack("<4s6H3L5H2L", *fixed, offset) + self.name + self.extra


def make(
    *entries: Made, before: bytes = b"", between: bytes = b"", comment: bytes = b"", count: int = 0
) -> bytes:
    body, directory = before, b""
    for entry in entries:
        directory += entry.central(len(body))
        body += entry.local()
    body += between
    number = count or len(entries)
    end = (b"PK\x05\x06", 0, 0, number, number, len(directory), len(body), len(comment))
    return body + directory + struct.pack("<4s4H2LH", *end) + comment


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def unfinished(data: bytes) -> bytes:
    """All the content, and then no end of the stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def refusal(data: bytes) -> ReasonCode:
    with pytest.raises(ContainerRefused) as caught:
        open_archive(data)
    return caught.value.code


def names(data: bytes) -> list[str]:
    return [entry.name for entry in open_archive(data).entries]


def read(data: bytes) -> list[bytes]:
    return [entry.data for entry in open_archive(data).entries]
