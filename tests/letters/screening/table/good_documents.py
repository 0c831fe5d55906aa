"""PDF, DOC, XLS and RTF as programs of three decades write them."""

import io
import struct
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter

from tests.letters.screening.table import pdfs
from tests.letters.screening.table.samples import Good
from tests.world import files

ALERT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
MACRO = files.vba_container(b'Attribute VB_Name = "Arkusz1"\r\nSub Suma()\r\nEnd Sub\r\n')


def good_documents() -> Iterator[Good]:
    for what, data in (*_pdf(), *_pdf_of_a_library()):
        yield Good(what, "pismo.pdf", data)
    for what, data, remark in _pdf_with_more():
        yield Good(what, "formularz.pdf", data, (remark,))
    for what, data in _doc():
        yield Good(what, "pismo.doc", data)
    for what, data in _xls():
        yield Good(what, "tabela.xls", data)
    for what, data in _rtf():
        yield Good(what, "pismo.rtf", data)
    yield from _office_with_more()


def _pdf() -> Iterator[tuple[str, bytes]]:
    for version in (b"1.3", b"1.4", b"1.5", b"1.6", b"1.7", b"2.0"):
        yield f"PDF {version.decode()}", pdfs.plain(version=version)
    yield "objects in streams, the table a stream", pdfs.modern(pdfs.PAGE)
    yield "a state appended", pdfs.continued(pdfs.plain(), b"<< /Type /Annot >>")
    yield (
        "two states appended",
        pdfs.continued(pdfs.continued(pdfs.plain(), b"<< /A 1 >>"), b"<< /A 2 >>"),
    )
    first = pdfs.holding(b"<< /Linearized 1 /L 900 /H [1 2] /O 3 /E 400 /N 1 /T 800 >>")
    yield "made for the web", first
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    signature += b"/ByteRange [0 100 200 300] /Contents <" + b"30" * 400 + b"> >>"
    yield "signed", pdfs.continued(pdfs.plain(), signature)
    yield "padded with zeros", pdfs.plain() + bytes(3000)
    yield "an empty line in front", b"\r\n" + pdfs.plain()
    form = b"<< /AcroForm << /Fields [5 0 R] >> /FT /Tx /T (Imie) /V (Anna) >>"
    yield "a form that does not calculate", pdfs.holding(form)
    talk = b"(The /Encrypt entry is optional, /JS and /EF too) Tj"
    yield (
        "a page that speaks of scripts and passwords",
        pdfs.holding(pdfs.stream(talk, packed=False)),
    )
    scan = pdfs.stream(files.jpg(), b"/Subtype /Image /Filter /DCTDecode", packed=False)
    yield "a scan", pdfs.holding(scan)
    yield "names spelled with numbers", pdfs.holding(b"<< /Typ#65 /Anno#74 /Subtype /Lin#6B >>")
    link = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.pl) >> >>"
    yield "a link", pdfs.holding(link)
    outline = b"<< /Type /Outlines /First 4 0 R /Last 4 0 R /Count 1 >>"
    yield "an outline", pdfs.holding(outline)
    noise = bytes((n * n * 31 + 7) % 251 for n in range(50_000)) + b"/JS /EF 1 obj"
    yield (
        "bytes of a font that spell names by chance",
        pdfs.holding(pdfs.stream(noise, packed=False)),
    )


def _pdf_of_a_library() -> Iterator[tuple[str, bytes]]:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": "Wniosek", "/Author": "Anna"})
    yield "three pages of a library", _bytes_of(writer)
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(_bytes_of(writer))))
    again.compress_identical_objects()
    yield "pages taken over from another file", _bytes_of(again)


def _bytes_of(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _pdf_with_more() -> Iterator[tuple[str, bytes, str]]:
    yield "a script", pdfs.holding(ALERT), "SCRIPT"
    yield (
        "a script under a name in numbers",
        pdfs.holding(b"<< /S /#4a#61vaScript /J#53 (x\\(\\)) >>"),
        "SCRIPT",
    )
    yield "a script in an object stream", pdfs.modern(pdfs.PAGE | {5: ALERT}), "SCRIPT"
    yield "a script in a state appended", pdfs.continued(pdfs.plain(), ALERT), "SCRIPT"
    yield (
        "a script at opening",
        pdfs.holding(b"<< /OpenAction << /S /JavaScript /JS 4 0 R >> >>"),
        "SCRIPT",
    )
    yield (
        "a script behind a comment",
        pdfs.holding(b"%stream\n<< /S /JavaScript >>\n%endstream"),
        "SCRIPT",
    )
    started = b"<< /S /Launch /F (pomoc.pdf) >>"
    yield "another file that is opened", pdfs.holding(started), "SCRIPT"
    yield "a film", pdfs.holding(b"<< /Type /Annot /Subtype /RichMedia >>"), "SCRIPT"
    invoice = pdfs.stream(b"<faktura/>", b"/Type /EmbeddedFile")
    yield "an invoice", pdfs.holding(invoice), "EMBEDDED_FILES"
    named = b"<< /Type /Filespec /F (a.xml) /EF << /F 4 0 R >> >>"
    yield "a file by its name alone", pdfs.holding(named), "EMBEDDED_FILES"
    odd = pdfs.stream(b"x", b"/Type /ObjStm /N 1 /First 4 /Filter /ASCIIHexDecode", packed=False)
    yield "an object stream that cannot be read", pdfs.holding(odd), "UNSEARCHED"
    torn = pdfs.object_stream({5: ALERT}).replace(b"x\x9c", b"x\x9d")
    yield "an object stream that is torn", pdfs.holding(torn), "UNSEARCHED"
    predicted = b"/Type /ObjStm /N 1 /First 4 /DecodeParms << /Predictor 12 >>"
    yield (
        "an object stream of differences",
        pdfs.holding(pdfs.stream(b"\x025 0 ", predicted)),
        "UNSEARCHED",
    )


def _doc() -> Iterator[tuple[str, bytes]]:
    versions = {"97": 0x00C1, "2000": 0x00D9, "2002": 0x0101, "2003": 0x010C}
    for year, version in versions.items():
        yield f"Word {year}", _word(0xA5EC, version)
    yield "Word 95", files.ole({"WordDocument": _fib(0xA5DC, 0x0065) + bytes(300)})
    yield (
        "a document with its properties",
        files.ole(
            {
                "WordDocument": _fib(0xA5EC, 0x00C1),
                "1Table": bytes(50),
                "\x05SummaryInformation": bytes(60),
            }
        ),
    )
    yield (
        "a document with a picture",
        files.ole({"WordDocument": _fib(0xA5EC, 0x00C1), "Data": files.jpg(), "1Table": bytes(50)}),
    )


def _fib(magic: int, version: int, flags: int = 0x0200) -> bytes:
    return struct.pack("<HHHHHH", magic, version, 0, 0x0415, 0, flags) + bytes(500)


def _word(magic: int, version: int) -> bytes:
    text = files.SENTENCE.encode("cp1250")
    return files.ole({"WordDocument": _fib(magic, version) + text, "1Table": bytes(100)})


def _xls() -> Iterator[tuple[str, bytes]]:
    yield "Excel 97", files.xls()
    yield "Excel 5", files.ole({"Book": struct.pack("<HHHHHH", 0x0809, 8, 0x0500, 5, 0, 0)})
    yield "Excel 97 with a list of sheets", files.xls(sheet("Dane", 0) + sheet("Wykres", 2))
    yield (
        "a book with its properties",
        files.ole({"Workbook": _bof(), "\x05SummaryInformation": b"x"}),
    )
    yield "a book for two versions", files.ole({"Workbook": _bof(), "Book": _bof()})


def _bof() -> bytes:
    return struct.pack("<HHHHHHIIHH", 0x0809, 16, 0x0600, 5, 0, 0, 0, 6, 0x000A, 0)


def sheet(name: str, kind: int) -> bytes:
    """A BoundSheet8 record (MS-XLS 2.4.28): 0 a sheet, 1 one of macros, 2 a chart."""
    body = struct.pack("<IBBBB", 0, 0, kind, len(name), 0) + name.encode("ascii")
    return struct.pack("<HH", 0x0085, len(body)) + body


def _rtf() -> Iterator[tuple[str, bytes]]:
    yield "a short letter", files.rtf()
    yield "a letter with an empty end", files.rtf() + b"\r\n\x00"
    yield "letters by their numbers", rb"{\rtf1\ansi\uc1 Za\u380?\u243?\u322?\u263?\par}"
    yield "letters by their bytes", rb"{\rtf1\ansi\ansicpg1250 Za\'bf\'f3\'b3\'e6\par}"
    picture = files.png().hex().encode()
    yield "a picture", rb"{\rtf1{\pict\pngblip\picw1\pich1 " + picture + rb"}\par}"
    yield (
        "what Word writes",
        rb"{\rtf1\adeflang1025\ansi{\*\generator Microsoft Word;}{\info{\title A}}A}",
    )


def _office_with_more() -> Iterator[Good]:
    yield Good("macros", "makra.doc", files.doc(macros={"Arkusz1": MACRO}), ("MACROS",))
    book = files.ole({"Workbook": _bof(), "_VBA_PROJECT_CUR/VBA": b"x"})
    yield Good("a project of macros", "makra.xls", book, ("MACROS",))
    old = files.xls(sheet("Dane", 0) + sheet("Makro1", 1))
    yield Good("a sheet of macros of Excel 4", "makra.xls", old, ("MACROS",))
    packed = {"WordDocument": _fib(0xA5EC, 0x00C1), "ObjectPool/\x01Ole10Native": pdfs.ole10(b"a")}
    yield Good("a file dropped in", "pliki.doc", files.ole(packed), ("EMBEDDED_FILES",))
    rtf = rb"{\rtf1{\object\objemb{\*\objdata 0105000002000000}}A\par}"
    yield Good("an object", "pliki.rtf", rtf, ("EMBEDDED_FILES",))
