"""Hard checks of OLE2 files: Word, Excel or something else, whole, and not locked.

MS-CFB tells the streams apart, MS-DOC 2.5.1 and MS-XLS 2.4.117 where encryption is noted.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import olefile

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.macros import SOURCE_MARK, decompressed_macro
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
BIFF_FILEPASS = 0x002F
# FILEPASS stands right after the first record, so a few records are enough.
FIRST_RECORDS = 8
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
    """This will check a Word 97-2003 file. Raises LOCKED when its FIB says that it is encrypted."""
    with _opened(specimen) as ole:
        head = _start_of(ole, DOC_STREAM, 32)
    if len(head) < 12:
        raise NotAcceptableError(AttachmentFault.BROKEN)
    (flags,) = struct.unpack_from("<H", head, FIB_FLAGS_AT)
    if flags & FIB_ENCRYPTED:
        raise NotAcceptableError(AttachmentFault.LOCKED)


def check_xls(specimen: Specimen) -> None:
    """This will check an Excel 5-2003 file. Raises LOCKED when a FILEPASS record opens it."""
    with _opened(specimen) as ole:
        stream = next(name for name in XLS_STREAMS if ole.exists(name))
        head = _start_of(ole, stream, 4096)
    kinds = list(_records(head))
    if not kinds or kinds[0] not in {0x0009, 0x0209, 0x0409, 0x0809}:
        raise NotAcceptableError(AttachmentFault.BROKEN)
    if BIFF_FILEPASS in kinds:
        raise NotAcceptableError(AttachmentFault.LOCKED)


def _records(head: bytes) -> Iterator[int]:
    """The kinds of the leading BIFF records: kind and length, two bytes each."""
    place = 0
    for _ in range(FIRST_RECORDS):
        if place + 4 > len(head):
            return
        kind, length = struct.unpack_from("<HH", head, place)
        yield kind
        place += 4 + length


def _start_of(ole: olefile.OleFileIO, stream: str, count: int) -> bytes:
    """The start of a stream without reading the rest: a document may be a hundred megabytes."""
    entry = ole.direntries[ole._find(stream)]  # noqa: SLF001 - openstream would read it whole
    if entry.size < ole.minisectorcutoff:
        return bytes(ole.openstream(stream).read(count))
    ole.fp.seek((entry.isectStart + 1) * ole.sectorsize)
    return bytes(ole.fp.read(min(count, ole.sectorsize)))


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
