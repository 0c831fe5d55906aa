"""Archives written record by record, so that each field can say what no program would write."""

import struct
import zlib
from dataclasses import dataclass, field
from typing import TypedDict

TEXT = b"Ala ma kota, kot ma Ale.\r\n" * 20
STORED, DEFLATED = 0, 8
ENCRYPTED, DESCRIPTOR, UTF8 = 0x0001, 0x0008, 0x0800
DESCRIPTOR_MARK = b"PK\x07\x08"


class Said(TypedDict, total=False):
    """What a header says of an entry instead of the truth."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int


@dataclass(frozen=True)
class Entry:
    """One entry: `local` and `listed` override what stands before the bytes and in the listing."""

    name: bytes = b"a.txt"
    data: bytes = TEXT
    method: int = DEFLATED
    flags: int = 0
    local: Said = field(default_factory=Said)
    listed: Said = field(default_factory=Said)
    extra: bytes = b""
    local_extra: bytes = b""
    after: bytes = b""
    attributes: int = 0
    system: int = 0

    @property
    def body(self) -> bytes:
        if self.method != DEFLATED:
            return self.data
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(self.data) + packer.flush()

    @property
    def truth(self) -> Said:
        return Said(
            name=self.name,
            flags=self.flags,
            method=self.method,
            crc=zlib.crc32(self.data),
            packed=len(self.body),
            unpacked=len(self.data),
        )

    def before(self) -> bytes:
        said = self.truth | self.local
        head = struct.pack(
            "<4s5H3I2H", b"PK\x03\x04", 20, said["flags"], said["method"], 0, 0x5A21, said["crc"],
            said["packed"], said["unpacked"], len(said["name"]), len(self.local_extra),
        )  # fmt: skip
        return head + said["name"] + self.local_extra

    def in_listing(self, offset: int) -> bytes:
        said = self.truth | Said(offset=offset) | self.listed
        head = struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", self.system << 8 | 20, 20, said["flags"], said["method"],
            0, 0x5A21, said["crc"], said["packed"], said["unpacked"], len(said["name"]),
            len(self.extra), 0, 0, 0, self.attributes, said["offset"],
        )  # fmt: skip
        return head + said["name"] + self.extra


def built(*entries: Entry, before: bytes = b"", gap: bytes = b"", comment: bytes = b"") -> bytes:
    """The archive of these entries; `gap` stands between the last one and the listing."""
    body, listing = before, b""
    for entry in entries:
        listing += entry.in_listing(len(body))
        body += entry.before() + entry.body + entry.after
    body += gap
    return body + listing + end(len(entries), len(listing), len(body), comment=comment)


def end(
    count: int, size: int, start: int, *, here: int | None = None, disk: int = 0,
    comment: bytes = b"",
) -> bytes:  # fmt: skip
    on_disk = count if here is None else here
    return (
        struct.pack(
            "<4s4H2IH", b"PK\x05\x06", disk, disk, on_disk, count, size, start, len(comment)
        )
        + comment
    )


@dataclass(frozen=True)
class WideEnd:
    """The end records of a large archive; each field may lie."""

    count: int = 1
    size: int | None = None
    short: tuple[int, int] = (0xFFFF, 0xFFFFFFFF)
    mark: bytes = b"PK\x06\x06"
    gap: bytes = b""
    disk: int = 0

    def of(self, entry: Entry) -> bytes:
        body = entry.before() + entry.body + entry.after
        listing = entry.in_listing(0)
        size = len(listing) if self.size is None else self.size
        record = struct.pack(
            "<4sQHHIIQQQQ", self.mark, 44, 45, 45, self.disk, self.disk, self.count, self.count,
            size, len(body),
        )  # fmt: skip
        locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(body) + len(listing), 1)
        count, short_size = self.short
        tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, short_size, 0xFFFFFFFF, 0)
        return body + listing + record + self.gap + locator + tail


def zip64_field(*values: int) -> bytes:
    """The field of sizes past 32 bits."""
    return struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values)


def unicode_name(raw: bytes, name: str) -> bytes:
    """The field that says a name in Unicode, bound to the raw one."""
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


def descriptor(entry: Entry, *, marked: bool = True, wide: bool = False, crc: int = 0) -> bytes:
    """What follows a member whose sizes were not known before; `crc` is added to the true one."""
    plain = struct.pack(
        "<IQQ" if wide else "<III", zlib.crc32(entry.data) + crc, len(entry.body), len(entry.data)
    )
    return (DESCRIPTOR_MARK if marked else b"") + plain


def open_sizes(*, wide: bool = False) -> Said:
    """A header that leaves the sizes to the descriptor."""
    full = 0xFFFFFFFF if wide else 0
    return Said(crc=0, packed=full, unpacked=full)


def zeros_bomb(size: int, name: bytes = b"zera.txt") -> bytes:
    """An archive of one member of nothing but zeros, written block by block; zip64 past 4 GB."""
    block = bytes(1 << 20)
    packer = zlib.compressobj(9, wbits=-15)
    packer.compress(block)
    packer.flush(zlib.Z_FULL_FLUSH)
    one = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    body = one * (size >> 20) + b"\x03\x00"
    crc = 0
    for _ in range(size >> 20):
        crc = zlib.crc32(block, crc)
    wide = zip64_field(size, len(body))
    said = Said(crc=crc, packed=0xFFFFFFFF, unpacked=0xFFFFFFFF)
    entry = Entry(name, b"", method=DEFLATED, local=said, listed=said, extra=wide, local_extra=wide)
    listing = entry.in_listing(0)
    out = entry.before() + body
    return out + listing + end(1, len(listing), len(out))
