"""A PDF is looked through at a cost in proportion to its size, whatever stands in it."""

import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from skrytka.letters.screening import Remark
from skrytka.letters.screening.pdf_search import PdfSearch
from skrytka.letters.screening.specimen import CHUNK, in_memory
from tests.letters.screening.table import pdfs

MEGABYTE = 1 << 20
HOSTILE: dict[str, Callable[[], bytes]] = {
    "words that start streams": lambda: b"stream " * MEGABYTE,
    "empty streams": lambda: b"stream\nendstream " * (MEGABYTE // 2),
    "ends without starts": lambda: b"endstream " * MEGABYTE,
    "streams that hold objects": lambda: b"stream\n1 0 obj endstream " * (MEGABYTE // 3),
    "an object stream that unpacks to 300 MiB": lambda: _bomb(300),
    "many object streams that unpack to much": lambda: _bomb(2) * 200,
}
BUSY: dict[str, Callable[[], bytes]] = {
    "names in numbers": lambda: b"/#4a" * (2 * MEGABYTE),
    "slashes": lambda: b"#" + b"/" * (8 * MEGABYTE),
    "objects": lambda: b"1 0 obj " * MEGABYTE,
    "what looks like objects": lambda: (b"obj " * 8000 + b"stream endstream ") * 200,
}


def _bomb(megabytes: int) -> bytes:
    packed = zlib.compress(b"5 0 " + bytes(megabytes * MEGABYTE), 9)
    return b"<< /Type /ObjStm /N 1 /First 4 >>\nstream\n" + packed + b"\nendstream\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_asks_for_too_much_is_said_to_be_unsearched(name: str) -> None:
    assert Remark.UNSEARCHED in _searched(pdfs.holding(HOSTILE[name]()))


@pytest.mark.parametrize("name", BUSY)
def test_what_keeps_the_search_busy_ends_soon(name: str) -> None:
    assert _searched(pdfs.holding(BUSY[name]())) == frozenset()


def _searched(data: bytes) -> frozenset[Remark]:
    began = time.process_time()
    remarks = PdfSearch(in_memory(data)).remarks()
    assert time.process_time() - began < 10
    return remarks


def test_the_search_holds_little_at_once() -> None:
    specimen = in_memory(pdfs.holding(_bomb(300) + b"/#4a" * (4 * MEGABYTE)))
    tracemalloc.start()
    PdfSearch(specimen).remarks()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE


def test_what_follows_the_end_of_a_packed_stream_keeps_nobody_busy() -> None:
    packed = pdfs.object_stream({9: b"<< >>"}).replace(b"\nendstream", bytes(9999) + b"\nendstream")
    assert PdfSearch(in_memory(pdfs.holding(packed))).remarks() == frozenset()


@pytest.mark.parametrize("place", [CHUNK - 30, CHUNK - 5, CHUNK - 1, CHUNK, 2 * CHUNK - 7])
@pytest.mark.parametrize("inside", [True, False], ids=["in a stream", "in an object"])
def test_a_name_on_the_seam_of_two_pieces_is_seen(place: int, *, inside: bool) -> None:
    action = b"<< /S /J#61v#61Script >>"
    body = b" " * place + action
    data = pdfs.holding(pdfs.stream(body, packed=False) if inside else body)
    assert PdfSearch(in_memory(data)).remarks() == {Remark.SCRIPT}


def test_a_name_on_the_seam_of_two_pieces_of_an_object_stream_is_seen() -> None:
    for shift in range(0, 40, 3):
        packed = pdfs.object_stream({5: b" " * (CHUNK - 40 + shift) + b"<< /S /JavaScript >>"})
        assert PdfSearch(in_memory(pdfs.holding(packed))).remarks() == {Remark.SCRIPT}


@pytest.mark.parametrize(
    "before",
    [
        b"%stream\n",
        b"(>>stream\n) ",
        b"<< /Length 9 >> stream\n",
        b"<< /X (endstream) >> ",
        b"<< /X (stream) /Y (endstream) >> ",
        b"stream stream endstream endstream ",
    ],
)
def test_an_object_stream_is_found_behind_words_that_look_like_one(before: bytes) -> None:
    hidden = pdfs.object_stream({9: b"<< /S /JavaScript /JS (x) >>"})
    data = pdfs.written(pdfs.PAGE | {4: before, 5: hidden})
    assert Remark.SCRIPT in PdfSearch(in_memory(data)).remarks()


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r", b" \n", b"  \r\n"])
def test_an_object_stream_is_read_whatever_ends_its_first_line(ending: bytes) -> None:
    packed = pdfs.object_stream({9: b"<< /S /JavaScript /JS (x) >>"})
    data = pdfs.holding(packed.replace(b"stream\n", b"stream" + ending, 1))
    assert PdfSearch(in_memory(data)).remarks() == {Remark.SCRIPT}


def test_an_object_stream_of_a_dictionary_too_long_to_be_seen_is_found() -> None:
    padding = b"/Pad (" + b"A" * 50_000 + b")"
    packed = pdfs.object_stream({9: b"<< /S /JavaScript /JS (x) >>"}, padding)
    assert PdfSearch(in_memory(pdfs.holding(packed))).remarks() == {Remark.SCRIPT}


def test_an_object_stream_that_is_not_packed_is_read_as_it_is() -> None:
    body = b"9 0 << /S /JavaScript >>"
    data = pdfs.holding(pdfs.stream(body, b"/Type /ObjStm /N 1 /First 4", packed=False))
    assert PdfSearch(in_memory(data)).remarks() == {Remark.SCRIPT}


def test_an_empty_object_stream_hides_nothing() -> None:
    data = pdfs.holding(pdfs.stream(b"", b"/Type /ObjStm /N 0 /First 0"))
    assert PdfSearch(in_memory(data)).remarks() == frozenset()
