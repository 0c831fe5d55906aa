"""Hard checks of OLE2 files: Word, Excel or something else, whole, and what is remarked of them.

MS-CFB tells the streams apart, MS-DOC 2.5.1 and MS-XLS 2.4.117 where encryption is noted.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import olefile

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.macros import SOURCE_MARK, decompressed_macro
from skrytka.letters.screening.remarks import Remark
from skrytka.letters.screening.specimen import Specimen

DOC_STREAM = "WordDocument"
XLS_STREAMS = ("Workbook", "Book")
OTHERS = (
    ("PowerPoint Document", "PPT"),
    ("VisioDocument", "VSD"),
    ("EncryptedPackage", "DOCX"),
    ("__properties_version1.0", "MSG"),
)
FIB_FLAGS_AT, FIB_ENCRYPTED = 0x0A, 0x0100
BIFF_STARTS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
BIFF_EOF, BIFF_FILEPASS, BIFF_SHEET, MACRO_SHEET = 0x000A, 0x002F, 0x0085, b"\x01"
# Sheets are listed before the texts and numbers of a book.
GLOBALS = 1 << 20
VBA_STORAGE = "VBA"
PACKED_FILES = frozenset({"\x01OLE10NATIVE", "PACKAGE"})
# Streams of a crafted file may overlap, so their sum is bounded and not only each of them.
LARGEST_MACROS = 64 << 20
# What olefile lets through when a crafted file breaks its assumptions.
CRAFTED = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError)


@contextmanager
def _opened(specimen: Specimen) -> Iterator[olefile.OleFileIO]:
    specimen.file.seek(0)
    try:
        ole = olefile.OleFileIO(specimen.file)
    except CRAFTED as error:
        raise NotAcceptableError(AttachmentFault.BROKEN) from error
    try:
        yield ole
    except CRAFTED as error:
        raise NotAcceptableError(AttachmentFault.BROKEN) from error


def ole_label_of(specimen: Specimen) -> str:
    """This will name the program an OLE2 file belongs to, by its streams. Raises BROKEN."""
    with _opened(specimen) as ole:
        if ole.exists(DOC_STREAM):
            return "DOC"
        if any(ole.exists(name) for name in XLS_STREAMS):
            return "XLS"
        return next((label for stream, label in OTHERS if ole.exists(stream)), "OLE")


def check_doc(specimen: Specimen) -> None:
    """This will check that the main stream of a Word 97-2003 file has its head."""
    with _opened(specimen) as ole:
        if len(_start_of(ole, DOC_STREAM, 32)) < 12:
            raise NotAcceptableError(AttachmentFault.BROKEN)


def check_xls(specimen: Specimen) -> None:
    """This will check that the main stream of an Excel 5-2003 file starts as one."""
    with _opened(specimen) as ole:
        first = next(iter(_records(_start_of(ole, _book_of(ole), 4))), None)
    if first is None or first.kind not in BIFF_STARTS:
        raise NotAcceptableError(AttachmentFault.BROKEN)


def doc_remarks(specimen: Specimen) -> Iterator[Remark]:
    """This will say what a Word file holds; its FIB notes encryption (MS-DOC 2.5.1)."""
    with _opened(specimen) as ole:
        (flags,) = struct.unpack_from("<H", _start_of(ole, DOC_STREAM, 32), FIB_FLAGS_AT)
        if flags & FIB_ENCRYPTED:
            yield Remark.LOCKED
        yield from _ole_remarks(ole)


def xls_remarks(specimen: Specimen) -> Iterator[Remark]:
    """This will say what an Excel file holds: FILEPASS notes encryption, BoundSheet8 the sheets.

    Behind a FILEPASS the bodies of records are encrypted, so sheets are read before it only.
    """
    with _opened(specimen) as ole:
        for record in _records(_start_of(ole, _book_of(ole), GLOBALS)):
            if record.kind == BIFF_FILEPASS:
                yield Remark.LOCKED
                break
            if record.kind == BIFF_SHEET and record.body[5:6] == MACRO_SHEET:
                yield Remark.MACROS
        yield from _ole_remarks(ole)


def _ole_remarks(ole: olefile.OleFileIO) -> Iterator[Remark]:
    """Projects of VBA lie in a storage of that name, packed files in streams of their own."""
    for path in ole.listdir(streams=True, storages=True):
        if path[-1].upper() == VBA_STORAGE:
            yield Remark.MACROS
        if path[-1].upper() in PACKED_FILES:
            yield Remark.EMBEDDED_FILES


def _book_of(ole: olefile.OleFileIO) -> str:
    return next(name for name in XLS_STREAMS if ole.exists(name))


class _Record(NamedTuple):
    kind: int
    body: bytes


def _records(head: bytes) -> Iterator[_Record]:
    """The leading BIFF records: kind and length, two bytes each, and a body."""
    place = 0
    while place + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, place)
        yield _Record(kind, head[place + 4 : place + 4 + length])
        if kind == BIFF_EOF:
            return
        place += 4 + length


def _start_of(ole: olefile.OleFileIO, stream: str, count: int) -> bytes:
    """The start of a stream without reading the rest: a document may be a hundred megabytes."""
    entry = ole.direntries[ole._find(stream)]  # noqa: SLF001 - openstream would read it whole
    if entry.size < ole.minisectorcutoff:
        return bytes(ole.openstream(stream).read(count))
    out, sector = bytearray(), entry.isectStart
    while len(out) < count and 0 <= sector < len(ole.fat):
        ole.fp.seek((sector + 1) * ole.sectorsize)
        piece = ole.fp.read(ole.sectorsize)
        if not piece:
            break
        out += piece
        sector = ole.fat[sector]
    return bytes(out[: min(count, entry.size)])


def macro_sources(specimen: Specimen) -> Iterator[bytes]:
    """This will yield the source text of each VBA module, unpacked, for the malware scanner.

    Macros are allowed, they are common in older spreadsheets of offices; what they do is for the
    scanner to judge, and in the file itself they are compressed (MS-OVBA 2.4.1).
    """
    with _opened(specimen) as ole:
        modules = [path for path in ole.listdir() if "VBA" in [part.upper() for part in path]]
        if sum(ole.get_size(path) for path in modules) > LARGEST_MACROS:
            raise NotAcceptableError(AttachmentFault.BROKEN)
        for path in modules:
            yield from _module_source(ole, path)


def _module_source(ole: olefile.OleFileIO, path: list[str]) -> Iterator[bytes]:
    content = bytes(ole.openstream(path).read())
    mark = SOURCE_MARK.search(content)
    if mark is not None:
        with suppress(ValueError):
            yield decompressed_macro(content[mark.start() :])
