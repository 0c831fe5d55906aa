"""Documents that are broken, locked, malicious or something else than their name says."""

import struct
from collections.abc import Iterator

from tests.letters.screening.table import pdfs
from tests.letters.screening.table.samples import Bad
from tests.world import files

PDF = pdfs.plain()
DROPPER = (
    b'Attribute VB_Name = "ThisDocument"\r\nSub AutoOpen()\r\n'
    b'  Shell "cmd.exe /c start calc", 0\r\nEnd Sub\r\n'
)


def bad_documents() -> Iterator[Bad]:
    for what, name, data in _broken():
        yield Bad(what, name, data, "F-BROKEN")
    for what, name, data in _locked():
        yield Bad(what, name, data, "F-LOCK")
    for what, name, data in _malware():
        yield Bad(what, name, data, "F-VIRUS")
    for what, name, data, detected in (*_others(), *_starts(), *_two_at_once()):
        yield Bad(what, name, data, "F-MAGIC", detected)
    for name in ("program.exe", "pismo.docx", "pismo", ".pdf", "a.b/c", "x.pdf.", "pismo.pdf.exe",
                 "pismo.odt", "tabela.xlsx", "strona.html", "pismo.fdp\u202e"):  # fmt: skip
        yield Bad("a name without an accepted ending", name, PDF, "F-TYPE")


def _broken() -> Iterator[tuple[str, str, bytes]]:
    yield "cut off before the end", "a.pdf", PDF[:-30]
    yield "no place of the table", "a.pdf", PDF.replace(b"startxref", b"startxxxx")
    yield "the table is elsewhere", "a.pdf", PDF.replace(b"startxref\n", b"startxref\n99")
    digits = PDF.replace(b"startxref\n", b"startxref\n" + b"9" * 6000)
    yield "the place of the table in 6000 digits", "a.pdf", digits
    yield "the end mark far from the end", "a.pdf", PDF + b"x" * 2000
    yield "a header alone", "a.pdf", b"%PDF-1.7\n"
    yield "an open group", "a.rtf", files.rtf()[:-1]
    yield "a header alone", "a.rtf", b"{\\rtf1"
    yield "a document cut off", "a.doc", files.doc()[:600]
    yield "a document of one sector", "a.doc", files.ole({"WordDocument": b""})[:512]
    garbled = files.doc()[:30] + b"\xff\xff" + files.doc()[32:]
    yield "a document of sectors of no size", "a.doc", garbled
    yield "a book that starts with no record", "a.xls", files.ole({"Workbook": bytes(4)})
    yield "a book cut off", "a.xls", files.xls()[:700]


def _locked() -> Iterator[tuple[str, str, bytes]]:
    yield "a password by reference", "a.pdf", files.locked_pdf()
    yield (
        "a password in the trailer",
        "a.pdf",
        pdfs.plain(trailer=b"/Encrypt<< /Filter /Standard >>"),
    )
    yield "a password under a name in numbers", "a.pdf", pdfs.plain(trailer=b"/#45ncryp#74 5 0 R")
    yield (
        "a password in a table that is a stream",
        "a.pdf",
        pdfs.modern(pdfs.PAGE, trailer=b"/Encrypt 5 0 R"),
    )
    yield (
        "a password in a state appended",
        "a.pdf",
        pdfs.continued(PDF, b"<< >>\nendobj\ntrailer << /Encrypt 8 0 R >>"),
    )
    far = b"<< >>\nstream\n" + b"x" * ((1 << 20) - 300) + b"\nendstream"
    yield "a password far inside", "a.pdf", files.pdf(far, trailer=b"/Encrypt 4 0 R")
    hidden = b"%stream\ntrailer << /Encrypt 4 0 R >>\n%endstream"
    yield "a password in what looks like a stream", "a.pdf", pdfs.holding(hidden)
    yield "a document with a password", "a.doc", files.locked_doc()
    yield "a document that is scrambled", "a.doc", files.doc(flags=0x8300)
    yield "a book with a password", "a.xls", files.locked_xls()
    strong = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1)
    yield "a book with a strong password", "a.xls", files.xls(extra_record=strong)


def _malware() -> Iterator[tuple[str, str, bytes]]:
    dropper = files.vba_container(DROPPER)
    yield "a macro that starts itself", "a.doc", files.doc(macros={"ThisDocument": dropper})
    book = {"Workbook": struct.pack("<HHHH", 0x0809, 4, 0x0600, 5), "VBA/ThisDocument": dropper}
    yield "a macro that starts itself", "a.xls", files.ole(book)
    garbled = b"\x01\x03\xb0\x00Attribut" + b"\xff\xff\xff" * 3
    both = {"Aaa": garbled, "ThisDocument": dropper}
    yield "a macro behind a garbled one", "a.doc", files.doc(macros=both)
    yield "a program that is started", "a.pdf", pdfs.holding(b"<< /S /Launch /F (cmd.exe) >>")
    attack = b"<< /S /JavaScript /JS (Collab.collectEmailInfo\\({msg:1}\\)) >>"
    yield "a script of a known attack", "a.pdf", pdfs.holding(attack)
    for what, action in (
        ("a program that is started", b"<< /S /Launch /F (cmd.exe) >>"),
        ("a script of a known attack", attack),
    ):
        packed = pdfs.modern(pdfs.PAGE | {5: action})
        yield f"{what}, in an object stream", "a.pdf", packed
    equation = rb"{\rtf1{\object\objupdate{\*\objdata 4571756174696f6e2e33}}}"
    yield "an object that loads itself", "a.rtf", equation
    program = rb"{\rtf1{\object{\*\objdata 4d5a90000300000004000000ffff0000b8}}}"
    yield "a program in digits", "a.rtf", program
    yield (
        "a program in a document",
        "a.doc",
        files.ole({"WordDocument": files.doc()[512:1100], "Data": files.exe()}),
    )
    yield (
        "the test virus in a document",
        "a.doc",
        files.ole({"WordDocument": files.doc()[512:1100], "Data": files.EICAR}),
    )
    yield "the test virus in a PDF", "a.pdf", pdfs.holding(pdfs.stream(files.EICAR, packed=False))


def _others() -> Iterator[tuple[str, str, bytes, str]]:
    yield "a program for a bill", "rachunek.pdf", files.exe(), "EXE"
    yield "RTF for a document", "pismo.doc", files.rtf(), "RTF"
    yield "a book for a document", "pismo.doc", files.xls(), "XLS"
    yield "a document for a book", "tabela.xls", files.doc(), "DOC"
    yield "a table for a book", "tabela.xls", files.csv(), "TXT"
    yield "a page for a book", "tabela.xls", b"<html><table><tr><td>1</table></html>", "HTML"
    for stream, label in (
        ("PowerPoint Document", "PPT"), ("VisioDocument", "VSD"), ("Other", "OLE"),
        ("EncryptedPackage", "DOCX"), ("__properties_version1.0", "MSG"),
    ):  # fmt: skip
        yield f"{label} for a document", "pismo.doc", files.ole({stream: b"x"}), label
    yield "a new document for an old one", "pismo.doc", files.docx(), "DOCX"
    yield "a document for an archive", "pismo.zip", files.docx(), "DOCX"
    types = {"[Content_Types].xml": b"x"}
    yield "a book for an archive", "a.zip", files.zipped(types | {"xl/workbook.xml": b"x"}), "XLSX"
    yield "slides for an archive", "a.zip", files.zipped(types | {"ppt/a.xml": b"x"}), "PPTX"
    yield "Java for an archive", "a.zip", files.zipped({"META-INF/MANIFEST.MF": b"x"}), "JAR"
    yield (
        "an application for an archive",
        "a.zip",
        files.zipped({"AndroidManifest.xml": b"x"}),
        "APK",
    )
    for kind, label in (
        ("vnd.oasis.opendocument.text", "ODT"), ("vnd.oasis.opendocument.spreadsheet", "ODS"),
        ("vnd.etsi.asic-e+zip", "ASiC"), ("epub+zip", "EPUB"),
    ):  # fmt: skip
        packed = files.zipped({"mimetype": f"application/{kind}".encode()}, 0)
        yield f"{label} for an archive", "a.zip", packed, label
    yield "an archive for a table", "tabela.csv", files.zipped({"a.txt": b"ala"}), "ZIP"
    yield "a text for a PDF", "a.pdf", files.txt(), "TXT"
    yield "a PDF for a document", "a.doc", PDF, "PDF"
    yield "a document for a PDF", "a.pdf", files.doc(), "DOC"


def _starts() -> Iterator[tuple[str, str, bytes, str]]:
    """First bytes that decide by themselves, under the names of texts and documents."""
    names = ("a.pdf", "a.txt", "a.doc", "a.zip")
    starts = {
        "ELF": files.elf(),
        "Mach-O": b"\xcf\xfa\xed\xfe" + bytes(60),
        "DEX": b"dex\n035" + bytes(60),
        "LNK": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
        "RAR": b"Rar!\x1a\x07\x01\x00" + bytes(9),
        "7Z": b"7z\xbc\xaf\x27\x1c" + bytes(60),
        "GZ": b"\x1f\x8b\x08" + bytes(60),
        "BZ2": b"BZh91AY&SY" + bytes(60),
        "XZ": b"\xfd7zXZ\x00" + bytes(60),
        "ZST": b"\x28\xb5\x2f\xfd" + bytes(60),
        "CAB": b"MSCF" + bytes(60),
        "CHM": b"ITSF" + bytes(60),
        "SQLITE": b"SQLite format 3\x00" + bytes(60),
        "OGG": b"OggS" + bytes(60),
        "MP3": b"ID3\x03\x00" + bytes(60),
        "PS": b"%!PS-Adobe-3.0\n",
        "WOFF": b"wOFF" + bytes(60),
        "TAR": bytes(257) + b"ustar" + bytes(300),
        "MP4": b"\x00\x00\x00\x18ftypmp42" + bytes(40),
        "WAV": b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(40),
        "AVI": b"RIFF\x00\x00\x00\x00AVI " + bytes(9),
        "ISO": bytes(0x8001) + b"CD001" + bytes(60),
    }
    for number, (label, data) in enumerate(starts.items()):
        yield f"{label} under another name", names[number % len(names)], data, label


def _two_at_once() -> Iterator[tuple[str, str, bytes, str]]:
    packed = files.zipped({"a.txt": b"ala"})
    yield "an archive behind a PDF", "a.pdf", PDF + packed, "ZIP"
    yield "a PDF in front of an archive", "a.zip", PDF + packed, "PDF"
    yield "a page in front of a PDF", "a.pdf", b"<html><script>1</script>\n" + PDF, ""
    yield (
        "a page in the first comment of a PDF",
        "a.pdf",
        PDF.replace(b"%\xe2\xe3\xcf\xd3", b"%<script>alert(1)</script>"),
        "HTML",
    )
    yield "a PDF in the first line of a text", "a.txt", b"Uwaga %PDF-1.4 w srodku\n", "PDF"
    yield "a PDF in front of RTF", "a.rtf", b"{\\rtf1 %PDF-1.4\n" + PDF + b"}", "PDF"
    yield "an archive behind a document", "a.doc", files.doc() + packed, "ZIP"
    yield "an archive behind a letter", "a.rtf", files.rtf() + packed, "ZIP"
    yield "a program in front of an archive", "a.zip", files.exe() + packed, "EXE"
    yield "an archive behind a text", "a.txt", files.txt() + packed, ""
