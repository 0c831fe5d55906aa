"""Files cut short, crafted or locked with a password."""

import struct
from collections.abc import Callable

import pytest

from tests.world import files

CodeOf = Callable[[str, bytes], str]
BMP, TIF, GIF, JPG = files.bmp(), files.tif(), files.gif(), files.jpg()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", files.pdf()[:-30]),
        ("a.pdf", files.pdf().replace(b"startxref", b"startxxxx")),
        ("a.pdf", files.pdf().replace(b"startxref\n", b"startxref\n99")),
        ("a.rtf", files.rtf()[:-1]),
        ("a.bmp", BMP[:-1]),
        ("a.bmp", BMP[:20]),
        ("a.bmp", BMP[:30]),
        ("a.bmp", BMP.replace(struct.pack("<I", 40), struct.pack("<I", 41))),
        ("a.bmp", BMP[:18] + bytes(4) + BMP[22:]),
        ("a.tif", TIF[:6]),
        ("a.tif", TIF[:-6]),
        ("a.tif", TIF[:4] + struct.pack("<I", 4000)),
        ("a.gif", GIF[:8]),
        ("a.gif", GIF[:-2]),
        ("a.gif", GIF[:-1] + b"/"),
        ("a.gif", b"GIF89a/*" + b"*/=1;alert(1);//" * 10),
        ("a.jpg", JPG[:-2]),
        ("a.jpg", JPG[:10]),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x01" + bytes(20)),
        ("a.jpg", b"\xff\xd8" + b"\xff\x01" * 20_000),
        ("a.doc", files.doc()[:600]),
        ("a.doc", files.ole({"WordDocument": b""})[:512]),
        ("a.xls", files.ole({"Workbook": b"\x00\x00\x00\x00"})),
    ],
)
def test_what_does_not_hold_together_is_broken(name: str, data: bytes, code_of: CodeOf) -> None:
    assert code_of(name, data) == "F-BROKEN"


def test_a_picture_of_countless_tiny_blocks_is_given_up(code_of: CodeOf) -> None:
    picture = files.gif()[:-1] + b"\x21\xfe" + b"\x01a" * 400_000 + b"\x00\x3b"
    assert code_of("a.gif", picture) == "F-BROKEN"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", files.locked_pdf()),
        ("a.pdf", files.pdf(trailer=b"/Encrypt<< /Filter /Standard >>")),
        ("a.doc", files.locked_doc()),
        ("a.xls", files.locked_xls()),
        ("a.zip", files.locked_zip()),
    ],
)
def test_a_password_is_told_as_such(name: str, data: bytes, code_of: CodeOf) -> None:
    assert code_of(name, data) == "F-LOCK"


def test_a_pdf_that_only_speaks_of_encryption_is_accepted(code_of: CodeOf) -> None:
    text = b"<< /Length 40 >>\nstream\n(The /Encrypt entry is optional) Tj\nendstream"
    assert code_of("a.pdf", files.pdf(extra=text)) == ""


def test_a_password_far_inside_a_large_pdf_is_seen_across_the_seam(code_of: CodeOf) -> None:
    seam = (1 << 20) - 300
    padding = b"<< >>\nstream\n" + b"x" * seam + b"\nendstream"
    assert code_of("a.pdf", files.pdf(padding, trailer=b"/Encrypt 4 0 R")) == "F-LOCK"


def test_fill_bytes_before_a_marker_of_a_jpeg_are_allowed(code_of: CodeOf) -> None:
    assert code_of("a.jpg", JPG.replace(b"\xff\xc0", b"\xff\xff\xff\xc0")) == ""


def test_an_offset_of_thousands_of_digits_is_no_number(code_of: CodeOf) -> None:
    document = files.pdf().replace(b"startxref\n", b"startxref\n" + b"9" * 6000)
    assert code_of("a.pdf", document) == "F-BROKEN"
