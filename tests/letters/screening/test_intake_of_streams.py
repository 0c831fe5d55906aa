"""Streams are hashed on the way in, read no further than allowed and never held whole."""

import hashlib
import re
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import (
    CIESZYN_2026,
    OnDisk,
    Screener,
    TooLongError,
    opened,
    spooled,
)
from skrytka.letters.screening.specimen import CHUNK, in_memory
from tests.world import files

MEGABYTE = 1_000_000


@given(st.binary(max_size=4000), st.lists(st.integers(0, 4000), max_size=8))
def test_any_chunking_gives_the_same_digest(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[start:end] for start, end in pairwise(edges)]
    with spooled(chunks, limit=4000) as specimen:
        assert specimen.sha256 == hashlib.sha256(data).hexdigest()
        assert specimen.size == len(data)
        assert b"".join(specimen.chunks()) == data


def test_reading_stops_right_after_the_limit() -> None:
    asked: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(1000):
            asked.append(number)
            yield bytes(100)

    with pytest.raises(TooLongError) as too_long, spooled(endless(), limit=250):
        pass
    assert too_long.value.read == 300
    assert len(asked) == 3


def test_a_file_on_disk_is_a_specimen_too(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(files.pdf())
    with opened(path) as specimen:
        assert specimen.size == len(files.pdf())
        assert specimen.sha256 == hashlib.sha256(files.pdf()).hexdigest()


def test_nothing_is_read_outside_the_file() -> None:
    specimen = in_memory(b"abc")
    assert (specimen.at(-1, 5), specimen.at(3, 5), specimen.at(1, 5)) == (b"", b"", b"bc")


@pytest.mark.parametrize("place", [0, 10, CHUNK - 3, CHUNK, 2 * CHUNK - 1])
def test_a_mark_is_found_wherever_it_lies(place: int) -> None:
    data = bytes(place) + b"needle" + bytes(CHUNK)
    assert in_memory(data).find(b"needle") == place
    assert in_memory(data).holds(re.compile(b"ne+dle"), longest=10)


def test_a_mark_that_is_not_there_is_not_found() -> None:
    assert in_memory(bytes(10)).find(b"needle") == -1
    assert in_memory(b"a").find(b"a") == 0


def large_pdf(size: int) -> Iterator[bytes]:
    """A PDF with one huge stream, a piece at a time."""
    whole = files.pdf()
    cut = whole.index(b"xref\n")
    yield whole[:cut] + b"4 0 obj\n<< >>\nstream\n"
    piece = bytes(range(256)) * 4096
    for _ in range(size // len(piece)):
        yield piece
    yield b"\nendstream\nendobj\n" + whole[cut:]


def test_150_megabytes_are_screened_without_being_held_in_memory() -> None:
    tracemalloc.start()
    with spooled(large_pdf(149 * MEGABYTE), limit=150 * MEGABYTE) as specimen:
        verdict = Screener(CIESZYN_2026, EmbeddedScanner()).screen("skan.pdf", specimen)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert verdict.fault is None
    assert verdict.size > 148 * MEGABYTE
    assert peak < 40 * MEGABYTE


def test_a_file_on_disk_is_looked_at_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(files.pdf())
    with path.open("rb") as file, spooled(OnDisk(file), limit=1 << 20) as specimen:
        assert specimen.file is file
        assert specimen.sha256 == hashlib.sha256(files.pdf()).hexdigest()
        assert specimen.size == len(files.pdf())
        assert Screener(CIESZYN_2026, EmbeddedScanner()).screen("a.pdf", specimen).fault is None


def test_a_file_on_disk_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(CHUNK + 1))
    with (
        path.open("rb") as file,
        pytest.raises(TooLongError),
        spooled(OnDisk(file), limit=CHUNK),
    ):
        raise AssertionError("it was taken in")
