"""The listing of a ZIP, checked before a single byte is unpacked.

PKWARE APPNOTE 6.3: local headers (4.3.7), central directory (4.3.12), end records (4.3.14-16).
Every rule exists because some reader of archives can be led astray without it.
"""

import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import NamedTuple

from skrytka.letters.screening.faults import ArchiveRule, AttachmentFault, NotAcceptableError
from skrytka.letters.screening.formats import (
    FileFormat,
    bare_name,
    extension_of,
    format_named,
)
from skrytka.letters.screening.policy import ArchiveLimits
from skrytka.letters.screening.signatures import end_record_offsets
from skrytka.letters.screening.specimen import Specimen
from skrytka.letters.screening.zip_headers import (
    LocalHeader,
    broken,
    check_after,
    check_sizes_before,
    listed_sizes,
    local_header,
    name_bytes,
    names_of,
)

LOCATOR_MARK, END64_MARK = b"PK\x06\x07", b"PK\x06\x06"
LOCATOR_BYTES = 20
# Traditional and strong encryption (4.4.4); an encrypted listing leaves nothing to be checked.
ENCRYPTED, ENCRYPTED_LISTING = 0x0001 | 0x0040, 0x2000
METHOD_AES = 99
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
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
    is_locked: bool = False

    @property
    def is_archive(self) -> bool:
        return format_named(extension_of(self.name)) is FileFormat.ZIP

    @property
    def folders(self) -> int:
        return self.name.replace("\\", "/").count("/")


@dataclass(frozen=True)
class Listing:
    """The files of an archive, how many entries it has, folders included, and their bytes."""

    members: tuple[Member, ...] = ()
    entries: int = 0
    unpacked: int = 0


class Span(NamedTuple):
    """Where one member lies, by what stands before it and by the listing."""

    at: int
    header: LocalHeader
    entry: zipfile.ZipInfo

    @property
    def end(self) -> int:
        return self.header.data_at + self.entry.compress_size


def listing_of(specimen: Specimen, limits: ArchiveLimits) -> Listing:
    """This will list the files of a ZIP after checking the whole listing.

    Raises NotAcceptableError: EMPTY, BROKEN, LOCKED where the listing itself is encrypted, or
    ARCHIVE with the rule that was broken.
    """
    entries, directory_at = _listing(specimen, limits)
    if not entries:
        raise NotAcceptableError(AttachmentFault.EMPTY)
    spans = [_span(specimen, entry) for entry in entries]
    _check_sizes(entries, limits)
    _check_names(entries, limits)
    if any(_is_odd(entry) for entry in entries):
        raise refused(ArchiveRule.NAMES)
    _check_layout(specimen, spans, directory_at)
    members = tuple(_member(span) for span in spans if not span.entry.is_dir())
    return Listing(members, len(entries), sum(member.unpacked for member in members))


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A link to elsewhere, or a folder that holds bytes of its own."""
    is_link = entry.external_attr >> 16 & FILE_TYPE_MASK == SYMLINK
    return is_link or (entry.is_dir() and entry.file_size > 0)


def _member(span: Span) -> Member:
    entry = span.entry
    return Member(
        name=names_of(entry)[0],
        method=entry.compress_type,
        offset=span.header.data_at,
        packed=entry.compress_size,
        unpacked=entry.file_size,
        crc=entry.CRC,
        is_locked=_is_locked(span.header, entry),
    )


def _is_locked(header: LocalHeader, entry: zipfile.ZipInfo) -> bool:
    flags, methods = header.flags | entry.flag_bits, {header.method, entry.compress_type}
    return bool(flags & ENCRYPTED) or METHOD_AES in methods


def refused(rule: ArchiveRule) -> NotAcceptableError:
    return NotAcceptableError(AttachmentFault.ARCHIVE, archive_rule=rule)


def _listing(specimen: Specimen, limits: ArchiveLimits) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries of the listing and where it starts."""
    listed, directory_at = _check_end(specimen, limits)
    specimen.file.seek(0)
    try:
        with zipfile.ZipFile(specimen.file) as archive:
            entries, seen_at = archive.infolist(), archive.start_dir
    except CRAFTED as error:
        raise broken() from error
    if (len(entries), seen_at) != (listed, directory_at):
        # One reader goes by the count, another reads to the end: they would list other files.
        raise broken()
    return entries, directory_at


def _check_end(specimen: Specimen, limits: ArchiveLimits) -> tuple[int, int]:
    """This will say how many entries the listing has and where it starts, before it is read."""
    places = end_record_offsets(specimen)
    if len(places) != 1:
        # None is torn; with two, one reader would take the first and another the last.
        raise broken()
    place = places[0]
    end = _End(*struct.unpack_from("<4H2I", specimen.at(place, 22), 4))
    wide, place = _wide_end(specimen, end, place)
    if wide.listed > limits.entries or wide.size > LARGEST_DIRECTORY:
        raise refused(ArchiveRule.ENTRIES)
    if wide.disk or wide.first_disk or wide.here != wide.listed:
        raise broken()
    return wide.listed, place - wide.size


class _End(NamedTuple):
    """What the end record says: parts of a split archive, entries here and in all, the listing."""

    disk: int
    first_disk: int
    here: int
    listed: int
    size: int
    start: int


def _wide_end(specimen: Specimen, end: _End, place: int) -> tuple[_End, int]:
    """The end record of large archives, where there is one; it must stand right before its locator.

    A value that fits the short record is the same in both, else two readers see two listings.
    """
    locator = specimen.at(place - LOCATOR_BYTES, LOCATOR_BYTES)
    if locator[:4] != LOCATOR_MARK:
        return end, place
    (wide_at,) = struct.unpack_from("<Q", locator, 8)
    record = specimen.at(wide_at, 56)
    if len(record) < 56 or record[:4] != END64_MARK:
        raise broken()
    (length,) = struct.unpack_from("<Q", record, 4)
    wide = _End(*struct.unpack_from("<2I4Q", record, 16))
    fulls = (0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    agrees = all(short in {full, long} for short, full, long in zip(end, fulls, wide, strict=True))
    if wide_at + 12 + length != place - LOCATOR_BYTES or not agrees:
        raise broken()
    return wide, wide_at


def _check_sizes(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise refused(ArchiveRule.UNPACKED)
    for entry in entries:
        too_dense = entry.file_size > limits.ratio * max(entry.compress_size, 1)
        if too_dense and entry.file_size > limits.ratio_from:
            raise refused(ArchiveRule.RATIO)


def _check_names(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    """Names stay inside the folder they are unpacked to, and no two of them are the same."""
    names = [names_of(entry) for entry in entries]
    for place in (0, -1):
        if len({_place_of(each[place]) for each in names}) != len(names):
            raise refused(ArchiveRule.NAMES)
    for each in names:
        _check_readings(each, limits)


def _check_readings(readings: tuple[str, ...], limits: ArchiveLimits) -> None:
    """However a reader takes the name, it ends alike and leads to a place below."""
    if len({extension_of(bare_name(name)) for name in readings}) != 1:
        raise refused(ArchiveRule.NAMES)
    for name in readings:
        parts = name.replace("\\", "/").removesuffix("/").split("/")
        if _leaves_its_folder(name, parts):
            raise refused(ArchiveRule.NAMES)
        folders = len(parts) - (0 if name.endswith("/") else 1)
        if folders > limits.depth:
            raise refused(ArchiveRule.DEPTH)


def _place_of(name: str) -> str:
    """Two names that a file system may take for one: by letter case, by how accents are written."""
    folded = unicodedata.normalize("NFC", name.casefold())
    return folded.replace("\\", "/").removesuffix("/")


def _leaves_its_folder(name: str, parts: list[str]) -> bool:
    return (
        not parts[0]
        or parts[0][1:2] == ":"
        or ".." in parts
        or any(ord(character) < 0x20 for character in name)
    )


def _span(specimen: Specimen, entry: zipfile.ZipInfo) -> Span:
    """Where one member lies; what stands before it must say what the listing says."""
    header = local_header(specimen, entry.header_offset)
    if (header.flags | entry.flag_bits) & ENCRYPTED_LISTING:
        raise NotAcceptableError(AttachmentFault.LOCKED)
    allowed = METHODS | {METHOD_AES} if _is_locked(header, entry) else METHODS
    if header.method != entry.compress_type or header.method not in allowed:
        raise broken()
    if header.name != name_bytes(entry):
        raise refused(ArchiveRule.NAMES)
    return Span(entry.header_offset, header, entry)


def _check_layout(specimen: Specimen, spans: list[Span], directory_at: int) -> None:
    """Members follow one another from the first byte on: none overlaps, nothing hides between.

    Overlapping members are how a small file unpacks to petabytes; a member that the listing
    leaves out is seen by readers that go from the front.
    """
    ordered = sorted(spans, key=lambda span: span.at)
    ends = [*(span.at for span in ordered[1:]), directory_at]
    if ordered[0].at:
        raise broken()
    for span, end in zip(ordered, ends, strict=True):
        if span.end > end:
            raise refused(ArchiveRule.OVERLAP)
    for span, end in zip(ordered, ends, strict=True):
        listed = listed_sizes(span.entry)
        check_sizes_before(span.header, listed)
        check_after(specimen, span.header, listed, (span.end, end))
