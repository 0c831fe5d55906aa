"""Every published format, in the variants that programs and cameras write."""

import struct
from collections.abc import Callable

import pytest

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import MEDIA_TYPES, FileFormat, Outcome, extension_of
from tests.letters.screening.conftest import Screen
from tests.world import files

CodeOf = Callable[[str, bytes], str]
ALL = files.honest()


@pytest.mark.parametrize("name", ALL)
def test_a_file_of_each_published_format_is_safe(name: str, screen: Screen) -> None:
    verdict = screen(name, ALL[name])
    assert (verdict.outcome, verdict.fault) == (Outcome.SAFE, None)
    assert verdict.detected == extension_of(name)
    assert verdict.media_type == MEDIA_TYPES[FileFormat(verdict.detected)]
    assert verdict.engine == EmbeddedScanner().in_use()


def test_the_samples_cover_every_format() -> None:
    assert {extension_of(name) for name in ALL} == set(FileFormat)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"])
@pytest.mark.parametrize("kind", ["txt", "csv"])
def test_polish_text_is_accepted_in_every_usual_encoding(
    kind: str, encoding: str, code_of: CodeOf
) -> None:
    data = files.txt(encoding) if kind == "txt" else files.csv(encoding)
    assert code_of(f"plik.{kind}", data) == ""


def test_utf_16_of_the_other_byte_order_is_accepted(code_of: CodeOf) -> None:
    assert code_of("plik.txt", b"\xfe\xff" + files.txt("utf-16-be")) == ""


def test_a_long_text_is_looked_at_from_both_ends(code_of: CodeOf) -> None:
    assert code_of("plik.txt", files.txt(repeat=300)) == ""
    assert code_of("plik.txt", files.txt("utf-16", repeat=300)) == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("skan.TIFF", files.tif(">")),
        ("zdjecie.JPEG", files.jpg()),
        ("zdjecie.jpe", files.jpg(after=b"SEFT data of a telephone" * 20)),
        ("PISMO.PDF", files.pdf() + bytes(3000)),
        ("z wierszem.pdf", b"\r\n" + files.pdf()),
        ("bez znaku konca.gif", files.gif()[:-1]),
        ("tekst.rtf", files.rtf() + b"\r\n\x00"),
        ("krotki.txt", b"ok"),
        ("mz.txt", "MZ/2026 Zażalenie na postanowienie".encode("cp1250")),
        ("bm.txt", b"BM"),
        ("dos.txt", b"koniec\r\n\x1a"),
    ],
)
def test_what_usual_programs_write_is_accepted(name: str, data: bytes, code_of: CodeOf) -> None:
    assert code_of(name, data) == ""


def test_an_old_bitmap_header_is_accepted(code_of: CodeOf) -> None:
    header = struct.pack("<IHHHH", 12, 1, 1, 1, 24)
    bitmap = b"BM" + struct.pack("<IHHI", 30, 0, 0, 26) + header + bytes(4)
    assert code_of("obraz.bmp", bitmap) == ""


def test_a_spreadsheet_with_a_harmless_macro_is_accepted(code_of: CodeOf) -> None:
    macro = files.vba_container(
        b'Attribute VB_Name = "Arkusz1"\r\nSub Suma()\r\n  Range("A1") = 1\r\nEnd Sub\r\n'
    )
    assert code_of("pismo.doc", files.doc(macros={"Arkusz1": macro})) == ""


def test_an_older_presentation_of_excel_is_accepted(code_of: CodeOf) -> None:
    bof = struct.pack("<HHHH", 0x0809, 4, 0x0500, 0x0005)
    assert code_of("tabela.xls", files.ole({"Book": bof})) == ""


def test_a_table_of_nothing_but_numbers_is_accepted(code_of: CodeOf) -> None:
    rows = "\n".join(f"{number};{number * 7};{number * 11}" for number in range(200))
    assert code_of("dane.csv", rows.encode()) == ""
