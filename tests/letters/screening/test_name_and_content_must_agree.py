"""The extension is a claim; the bytes decide."""

from collections.abc import Callable

import pytest

from skrytka.letters.screening import Outcome
from tests.letters.screening.conftest import Screen
from tests.world import files

CodeOf = Callable[[str, bytes], str]
HTML = b"<!DOCTYPE html><html><body>Dzie\xc5\x84 dobry</body></html>"
SCRIPT = (
    b"function run(){ var x = new XMLHttpRequest(); x.open('GET','/a'); return x; }\nrun();\n" * 5
)
POWERSHELL = (
    b"param([string]$Path)\r\nGet-ChildItem -Path $Path -Recurse | ForEach-Object {\r\n"
    b"  Write-Host $_.FullName\r\n}\r\nfunction Get-Thing { [CmdletBinding()] param() }\r\n"
) * 4


@pytest.mark.parametrize(
    ("name", "data", "detected"),
    [
        ("rachunek.pdf", files.exe(), "EXE"),
        ("rachunek.txt", files.elf(), "ELF"),
        ("zdjecie.jpg", files.png(), "PNG"),
        ("pismo.doc", files.rtf(), "RTF"),
        ("pismo.doc", files.xls(), "XLS"),
        ("tabela.xls", files.doc(), "DOC"),
        ("pokaz.doc", files.ole({"PowerPoint Document": b"x"}), "PPT"),
        ("cos.doc", files.ole({"Other": b"x"}), "OLE"),
        ("pismo.doc", files.docx(), "DOCX"),
        ("pismo.zip", files.docx(), "DOCX"),
        (
            "arkusz.zip",
            files.zipped({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x"}),
            "XLSX",
        ),
        ("program.zip", files.zipped({"META-INF/MANIFEST.MF": b"x"}), "JAR"),
        (
            "pismo.zip",
            files.zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0),
            "ODT",
        ),
        ("tabela.csv", files.zipped({"a.txt": b"ala"}), "ZIP"),
        ("tabela.xls", files.csv(), "TXT"),
        ("strona.txt", HTML, "HTML"),
        ("dane.csv", b'<?xml version="1.0"?><a/>', "XML"),
        ("rysunek.txt", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ("skrypt.txt", b"#!/bin/sh\necho ala\n", "SH"),
        ("skrypt.txt", "#!/bin/sh\necho ala\n".encode("utf-16"), "SH"),
        ("skrypt.csv", b"@echo off\r\ndir\r\n", "BAT"),
        ("skrypt.csv", SCRIPT, "JS"),
        ("skrypt.txt", POWERSHELL, "PS1"),
        ("film.pdf", b"\x00\x00\x00\x18ftypmp42" + bytes(40), "MP4"),
        ("tasma.pdf", bytes(257) + b"ustar" + bytes(300), "TAR"),
        ("krzaki.txt", b"\x00\x01\x02 ala", ""),
        ("krzaki.csv", b"\x81\x83 bez sensu", ""),
        ("krzaki.txt", b"\xff\xfe\x00", ""),
        ("obraz.bmp", b"BM to nie obraz", "TXT"),
    ],
)
def test_other_content_is_named(name: str, data: bytes, detected: str, screen: Screen) -> None:
    verdict = screen(name, data)
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.detected) == ("F-MAGIC", detected)
    assert verdict.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("name", "data", "second"),
    [
        ("rysunek.gif", files.gif() + files.zipped({"a.txt": b"ala"}), "ZIP"),
        ("pismo.pdf", files.pdf() + files.zipped({"a.txt": b"ala"}), "ZIP"),
        ("zdjecie.jpg", files.jpg(after=files.zipped({"a.txt": b"ala"})), "ZIP"),
        ("rysunek.gif", files.gif() + files.pdf(), "PDF"),
    ],
)
def test_a_file_that_is_two_formats_at_once_is_refused(
    name: str, data: bytes, second: str, screen: Screen
) -> None:
    verdict = screen(name, data)
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.detected) == ("F-MAGIC", second)


@pytest.mark.parametrize("name", ["program.exe", "pismo.docx", "pismo", ".pdf", "a.b/c", "x.pdf."])
def test_a_name_without_an_accepted_extension_is_refused(name: str, code_of: CodeOf) -> None:
    assert code_of(name, files.pdf()) == "F-TYPE"


@pytest.mark.parametrize("name", ["pusty.pdf", "pusty.exe", "pusty.txt"])
def test_an_empty_file_is_told_as_empty_whatever_its_name(name: str, code_of: CodeOf) -> None:
    assert code_of(name, b"") == "F-EMPTY"
