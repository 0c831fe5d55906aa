"""What a file is by its first bytes: a table of our own, at offset 0 unless told."""

import re

from skrytka.letters.screening.specimen import Specimen

OLE, ZIP, PDF = "OLE", "ZIP", "PDF"
HEAD = 4096
# The PDF specification (ISO 32000-1, annex H.3.4.1) lets readers find the header this far in.
PDF_HEADER_WITHIN = 1024
# Browsers guess by the first kilobyte and a half (WHATWG MIME Sniffing, 7). Texts are another
# matter.
GUESSED = frozenset({"BMP", "GIF", "JPG", "PDF", "TIF"})
PAGE = re.compile(rb"(?i)<!doctype\s+html|<(?:html|head|script|iframe|body|svg)[\s>]")
PAGE_WITHIN = 1445
# Where the sizes of a picture stand: four bytes, two of them the start of a comment.
SCRIPT_COMMENT = {"GIF": range(6, 13), "BMP": range(2, 10), "JPG": range(4, 8)}
ZIP_END = b"PK\x05\x06"
ZIP_TAIL = 22 + 0xFFFF

# The eleven published formats first (their labels are FileFormat names), then what people and
# attackers send instead. The labels are shown to the sender.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"{\\rtf", "RTF"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIF"),
    (b"MM\x00*", "TIF"),
    (b"\xff\xd8\xff", "JPG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\x7fELF", "ELF"),
    (b"\xfe\xed\xfa\xce", "Mach-O"),
    (b"\xfe\xed\xfa\xcf", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Mach-O"),
    (b"dex\n", "DEX"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "LNK"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b\x08", "GZ"),
    (b"BZh91AY&SY", "BZ2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"\x28\xb5\x2f\xfd", "ZST"),
    (b"MSCF", "CAB"),
    (b"ITSF", "CHM"),
    (b"SQLite format 3\x00", "SQLITE"),
    (b"OggS", "OGG"),
    (b"ID3\x02\x00", "MP3"),
    (b"ID3\x03\x00", "MP3"),
    (b"ID3\x04\x00", "MP3"),
    (b"%!PS-Adobe", "PS"),
    (b"8BPS", "PSD"),
    (b"wOFF", "WOFF"),
)
AT_OFFSETS: tuple[tuple[int, bytes, str], ...] = (
    (257, b"ustar", "TAR"),
    (4, b"ftyp", "MP4"),
    (8, b"WEBP", "WEBP"),
    (8, b"WAVE", "WAV"),
    (8, b"AVI ", "AVI"),
    (0x8001, b"CD001", "ISO"),
)


def label_of(specimen: Specimen) -> str:
    """This will name what the leading bytes say, or nothing where they decide nothing."""
    head = specimen.head(HEAD)
    for mark, label in SIGNATURES:
        if head.startswith(mark):
            return label
    return _short_marks(head) or _far_marks(specimen)


def _short_marks(head: bytes) -> str:
    """Two letters prove little, a text may start with them; but no text holds a NUL."""
    if head.lstrip(b"\x00\t\n\x0c\r \xef\xbb\xbf")[:5] == b"%PDF-":
        return PDF
    if head[:2] == b"MZ" and b"\x00" in head:
        return "EXE"
    return "BMP" if head[:2] == b"BM" and head[15:18] == bytes(3) else ""


def _far_marks(specimen: Specimen) -> str:
    for offset, mark, label in AT_OFFSETS:
        if specimen.at(offset, len(mark)) == mark:
            return label
    return ""


def second_label_of(specimen: Specimen, label: str) -> str:
    """This will name a second format the same bytes can be read as, the mark of a polyglot file.

    Readers of ZIP start at the end and readers of PDF search the first kilobyte, so either can
    hide behind another format's first bytes. A browser may guess that it is a page.
    """
    if label != ZIP and ends_as_zip(specimen):
        return ZIP
    if label != PDF and b"%PDF-" in specimen.head(_searched_for_pdf(specimen, label)):
        return PDF
    if label in GUESSED and PAGE.search(specimen.head(PAGE_WITHIN)):
        return "HTML"
    return ""


def is_script_too(specimen: Specimen, label: str) -> bool:
    """This will tell whether a whole picture is a script as well.

    Its first bytes are a name then, and behind them, where sizes stand, a comment opens that hides
    the picture; what follows its end is run.
    """
    place = SCRIPT_COMMENT.get(label, range(0))
    opens = b"/*" in specimen.at(place.start, len(place))
    return opens and specimen.find(b"*/") >= 0


def _searched_for_pdf(specimen: Specimen, label: str) -> int:
    """In a ZIP the first member may be a PDF that is not compressed; before it none may stand."""
    if label != ZIP:
        return PDF_HEADER_WITHIN
    head = specimen.head(30)
    name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    return min(PDF_HEADER_WITHIN, 30 + name + extra)


def ends_as_zip(specimen: Specimen) -> bool:
    """This will tell whether the file ends with an end record of a ZIP (APPNOTE 4.3.16)."""
    return bool(end_record_offsets(specimen))


def end_record_offsets(specimen: Specimen) -> list[int]:
    """This will find the end records whose comment reaches exactly to the end of the file."""
    tail = specimen.tail(ZIP_TAIL)
    found, place = [], tail.rfind(ZIP_END)
    while place >= 0:
        comment = int.from_bytes(tail[place + 20 : place + 22], "little")
        if len(tail) >= place + 22 and place + 22 + comment == len(tail):
            found.append(specimen.size - len(tail) + place)
        place = tail.rfind(ZIP_END, 0, place)
    return found
