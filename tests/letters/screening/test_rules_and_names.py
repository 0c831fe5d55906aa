"""Policies, formats and how names are read."""

import pytest

from skrytka.letters.screening import (
    CIESZYN_2026,
    FileFormat,
    UnknownPolicyError,
    extension_of,
    formats_named,
    policy_named,
)
from skrytka.letters.screening.formats import clean_name
from skrytka.letters.screening.macros import decompressed_macro


def test_the_seed_policy_is_the_published_list() -> None:
    assert policy_named("cieszyn-2026") is CIESZYN_2026
    assert CIESZYN_2026.total_bytes == CIESZYN_2026.file_bytes == 150_000_000
    assert CIESZYN_2026.formats == set(FileFormat)
    assert "150 MB" in CIESZYN_2026.source


def test_an_unknown_policy_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownPolicyError):
        policy_named("krakow-1999")


def test_a_published_format_that_cannot_be_checked_is_left_out() -> None:
    assert formats_named(["pdf", "TIFF", "jpeg", "DWG"]) == {
        FileFormat.PDF,
        FileFormat.TIF,
        FileFormat.JPG,
    }


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.pdf", "PDF"),
        ("a.b.Txt", "TXT"),
        ("pdf", ""),
        (".pdf", ""),
        ("a.", ""),
        ("a.pdf\u202e", "PDF\u202e"),
        ("zdanie. Dalej bez końcówki", ""),
    ],
)
def test_the_extension_stands_after_the_last_dot(name: str, extension: str) -> None:
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Wniosek o zaświadczenie.pdf", "Wniosek o zaświadczenie.pdf"),
        ("C:\\Dokumenty\\wniosek.pdf", "wniosek.pdf"),
        ("../../etc/wniosek.pdf", "wniosek.pdf"),
        ("wnio\u202efdp.exe", "wniofdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "plik"),
        ("katalog/", "plik"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("x" * 300, "x" * 255),
        ("a." + "x" * 300, "a." + "x" * 253),
    ],
)
def test_a_name_keeps_what_a_reader_needs(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_copy_token_repeats_what_came_before() -> None:
    # The example of MS-OVBA 3.2.3: maximum compression of 73 times the letter a.
    container = b"\x01" + (0xB003).to_bytes(2, "little") + b"\x02a" + b"\x45\x00"
    assert decompressed_macro(container) == b"a" * 73


def test_an_uncompressed_chunk_is_taken_as_it_is() -> None:
    assert decompressed_macro(b"\x01" + (0x3004).to_bytes(2, "little") + b"abcde") == b"abcde"


@pytest.mark.parametrize(
    "container",
    [b"", b"\x02abc", b"\x01\x03\xb0\x01\xff\xff", b"\x01\x03\xb0\x02a\xff\x0f"],
)
def test_a_crafted_container_is_refused(container: bytes) -> None:
    with pytest.raises(ValueError):
        decompressed_macro(container)
