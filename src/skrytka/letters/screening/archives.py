"""The listing of a ZIP, checked before a single byte is unpacked.

PKWARE APPNOTE 6.3: local headers (4.3.7), central directory (4.3.12), end records (4.3.14-16).
Every rule exists because some reader of archives can be led astray without it.
"""

import struct
import zipfile
from dataclasses import dataclass
from typing import NamedTuple

from skrytka.letters.screening.faults import ArchiveRule, AttachmentFault, NotAcceptableError
from skrytka.letters.screening.policy import ArchiveLimits
from skrytka.letters.screening.signatures import end_record_offsets
from skrytka.letters.screening.specimen import Specimen

LOCAL = struct.Struct("<4s5H3I2H")
LOCAL_MARK, LOCATOR_MARK, END64_MARK = b"PK\x03\x04", b"PK\x06\x07", b"PK\x06\x06"
LOCATOR_BYTES = 20
# Traditional and strong encryption, and an encrypted central directory (4.4.4).
ENCRYPTED = 0x0001 | 0x0040 | 0x2000
UTF8_NAME = 0x0800
METHOD_AES = 99
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# A data descriptor may stand between two members (4.3.9), at most with mark and 8-byte sizes.
LARGEST_DESCRIPTOR = 24
LARGEST_DIRECTORY = 2 << 20
# What zipfile lets through when a crafted listing breaks its assumptions.
CRAFTED = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError)
SYMLINK, FILE_TYPE_MASK = 0o120000, 0o170000


@dataclass(frozen=True)
class Member:
    """One file of an archive: where its compressed bytes lie and what they should become."""

    name: str
    method: int
    offset: int
    packed: int
    unpacked: int
    crc: int


class Span(NamedTuple):
    """Offsets of one member: its local header, its data, and the first byte after it."""

    header: int
    data: int
    end: int


def members_of(specimen: Specimen, limits: ArchiveLimits) -> tuple[Member, ...]:
    """This will list the files of a ZIP after checking the whole listing.

    Raises NotAcceptableError: EMPTY, BROKEN, LOCKED, or ARCHIVE with the rule that was broken.
    """
    entries, directory_at = _listing(specimen, limits)
    if not entries:
        raise NotAcceptableError(AttachmentFault.EMPTY)
    spans = [_span(specimen, entry) for entry in entries]
    _check_sizes(entries, limits)
    _check_names([entry.orig_filename for entry in entries], limits)
    if any(_is_odd(entry) for entry in entries):
        raise refused(ArchiveRule.NAMES)
    _check_layout(specimen, spans, directory_at)
    pairs = zip(entries, spans, strict=True)
    return tuple(_member(entry, span) for entry, span in pairs if not entry.is_dir())


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A link to elsewhere, or a folder that holds bytes of its own."""
    is_link = entry.external_attr >> 16 & FILE_TYPE_MASK == SYMLINK
    return is_link or (entry.is_dir() and entry.file_size > 0)


def _member(entry: zipfile.ZipInfo, span: Span) -> Member:
    return Member(
        name=_shown_name(entry),
        method=entry.compress_type,
        offset=span.data,
        packed=entry.compress_size,
        unpacked=entry.file_size,
        crc=entry.CRC,
    )


def _shown_name(entry: zipfile.ZipInfo) -> str:
    """Without the mark of UTF-8, Windows in Poland writes names in the code page of DOS."""
    if entry.flag_bits & UTF8_NAME:
        return entry.orig_filename
    return _name_bytes(entry).decode("cp852")


def refused(rule: ArchiveRule) -> NotAcceptableError:
    return NotAcceptableError(AttachmentFault.ARCHIVE, archive=rule)


def broken() -> NotAcceptableError:
    return NotAcceptableError(AttachmentFault.BROKEN)


def _listing(specimen: Specimen, limits: ArchiveLimits) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries of the listing and where it starts."""
    directory_at = _check_end(specimen, limits)
    specimen.file.seek(0)
    try:
        with zipfile.ZipFile(specimen.file) as archive:
            entries, seen_at = archive.infolist(), archive.start_dir
    except CRAFTED as error:
        raise broken() from error
    if seen_at != directory_at:
        # Two end records: one reader would list other files than the next.
        raise broken()
    if len(entries) > limits.entries:
        raise refused(ArchiveRule.ENTRIES)
    return entries, directory_at


def _check_end(specimen: Specimen, limits: ArchiveLimits) -> int:
    """This will read how long the listing is, before anything reads it, and where it starts."""
    places = end_record_offsets(specimen)
    if len(places) != 1:
        # None is torn; with two, one reader would take the first and another the last.
        raise broken()
    place = places[0]
    count, size = struct.unpack_from("<HI", specimen.at(place, 22), 10)
    locator = specimen.at(place - LOCATOR_BYTES, LOCATOR_BYTES)
    if locator[:4] == LOCATOR_MARK:
        (place,) = struct.unpack_from("<Q", locator, 8)
        record = specimen.at(place, 56)
        if len(record) < 56 or record[:4] != END64_MARK:
            raise broken()
        count, size = struct.unpack_from("<QQ", record, 32)
    if count > limits.entries or size > LARGEST_DIRECTORY:
        raise refused(ArchiveRule.ENTRIES)
    return int(place - size)


def _check_sizes(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise refused(ArchiveRule.UNPACKED)
    for entry in entries:
        too_dense = entry.file_size > limits.ratio * max(entry.compress_size, 1)
        if too_dense and entry.file_size > limits.ratio_from:
            raise refused(ArchiveRule.RATIO)


def _check_names(names: list[str], limits: ArchiveLimits) -> None:
    """Names stay inside the folder they are unpacked to, and no two of them are the same."""
    if len({name.casefold() for name in names}) != len(names):
        raise refused(ArchiveRule.NAMES)
    for name in names:
        parts = name.replace("\\", "/").removesuffix("/").split("/")
        if _leaves_its_folder(name, parts):
            raise refused(ArchiveRule.NAMES)
        folders = len(parts) - (0 if name.endswith("/") else 1)
        if folders > limits.depth:
            raise refused(ArchiveRule.DEPTH)


def _leaves_its_folder(name: str, parts: list[str]) -> bool:
    return (
        not parts[0]
        or parts[0].endswith(":")
        or ".." in parts
        or any(ord(character) < 0x20 for character in name)
    )


def _span(specimen: Specimen, entry: zipfile.ZipInfo) -> Span:
    """Where one member lies; its local header must say what the listing says.

    Raises LOCKED when either of them notes encryption.
    """
    header = specimen.at(entry.header_offset, LOCAL.size)
    if len(header) < LOCAL.size or header[:4] != LOCAL_MARK:
        raise broken()
    _, _, flags, method, _, _, _, _, _, name_length, extra_length = LOCAL.unpack(header)
    if (flags | entry.flag_bits) & ENCRYPTED or METHOD_AES in {method, entry.compress_type}:
        raise NotAcceptableError(AttachmentFault.LOCKED)
    if method != entry.compress_type or method not in METHODS:
        raise broken()
    name = specimen.at(entry.header_offset + LOCAL.size, name_length)
    if name != _name_bytes(entry):
        raise refused(ArchiveRule.NAMES)
    start = entry.header_offset + LOCAL.size + name_length + extra_length
    return Span(entry.header_offset, start, start + entry.compress_size)


def _name_bytes(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8_NAME else "cp437")


def _check_layout(specimen: Specimen, spans: list[Span], directory_at: int) -> None:
    """Members follow one another from the first byte on: none overlaps, nothing hides between.

    Overlapping members are how a small file unpacks to petabytes; a member that the listing
    leaves out is seen by readers that go from the front.
    """
    reached = 0
    for span in sorted(spans):
        if span.header < reached:
            raise refused(ArchiveRule.OVERLAP)
        _check_gap(specimen, reached, span.header)
        reached = span.end
    if reached > directory_at:
        raise refused(ArchiveRule.OVERLAP)
    _check_gap(specimen, reached, directory_at)


def _check_gap(specimen: Specimen, start: int, end: int) -> None:
    """Between two members a data descriptor may stand, before the first one nothing at all."""
    if start == end:
        return
    room = LARGEST_DESCRIPTOR if start else 0
    if end - start > room or specimen.at(start, len(LOCAL_MARK)) == LOCAL_MARK:
        raise broken()
