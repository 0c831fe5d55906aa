"""Whatever the bytes, the answer is a verdict: no exception, no endless work."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.screening import (
    CIESZYN_2026,
    ArchiveLimits,
    ContentTerms,
    Screener,
    Treatment,
    Verdict,
    spooled,
)
from skrytka.letters.screening.specimen import in_memory
from tests.letters.screening.conftest import Screen, under
from tests.letters.screening.table.rows import bad_files, good_files, titled
from tests.letters.screening.table.samples import Bad, Good
from tests.world import files

SAMPLES = {
    **files.honest(),
    "makra.doc": files.doc(macros={"Aaa": files.vba_container(b"Attribute VB_Name = 1\r\n" * 20)}),
}
# Everything is let in and looked at that can be.
OPEN = replace(
    CIESZYN_2026,
    terms=ContentTerms(locked=Treatment.REPORT),
    archives=ArchiveLimits(nesting=2, depth=9),
)
ROWS: tuple[Good | Bad, ...] = (*good_files(), *bad_files())
SMALL = [row for row in ROWS if len(row.data) < 20_000]
PLAIN = [row for row in SMALL if not row.name.lower().endswith((".txt", ".csv"))]


@pytest.mark.parametrize("name", [name for name in SAMPLES if not name.endswith((".txt", ".csv"))])
def test_garbled_samples_always_get_a_verdict(name: str, screen: Screen) -> None:
    chance = random.Random(name)
    for _ in range(150):
        data = bytearray(SAMPLES[name])
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0xFE))
        cut = chance.randrange(1, len(data) + 1) if chance.random() < 0.3 else len(data)
        verdict = screen(name, bytes(data[:cut]))
        assert (verdict.fault is None) == (verdict.outcome == "SAFE")


@pytest.mark.parametrize("row", PLAIN, ids=titled)
def test_a_row_of_the_tables_garbled_anywhere_gets_a_verdict(row: Good | Bad) -> None:
    chance = random.Random(titled(row))
    for _ in range(6):
        data = bytearray(row.data) or bytearray(b"x")
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        verdict = under(OPEN, row.name, bytes(data))
        assert (verdict.fault is None) == (verdict.outcome == "SAFE")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["a.pdf", "a.zip", "a.doc", "a.xls", "a.gif", "a.jpg", "a.tif", "a.bmp"]),
       st.binary(max_size=300), st.binary(max_size=300))  # fmt: skip
def test_bytes_by_chance_behind_an_honest_start_get_a_verdict(
    name: str, middle: bytes, tail: bytes
) -> None:
    honest = next(data for key, data in SAMPLES.items() if key.endswith(name[1:]))
    half = len(honest) // 2
    verdict = under(OPEN, name, honest[:half] + middle + honest[half:] + tail)
    assert (verdict.fault is None) == (verdict.outcome == "SAFE")


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SMALL), st.lists(st.integers(0, 20_000), max_size=6))
def test_any_chunking_gives_the_same_verdict(row: Good | Bad, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(row.data)) for cut in cuts), len(row.data)]
    chunks = [row.data[start:end] for start, end in pairwise(edges)]
    with spooled(chunks, limit=len(row.data)) as specimen:
        taken = Screener(CIESZYN_2026, EmbeddedScanner()).screen(row.name, specimen)
    assert taken == _at_once(row)


def _at_once(row: Good | Bad) -> Verdict:
    return Screener(CIESZYN_2026, EmbeddedScanner()).screen(row.name, in_memory(row.data))
