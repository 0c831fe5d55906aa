"""Bombs are told by their listing: nothing of them is unpacked, so it takes no time."""

import time
import tracemalloc

import pytest

from tests.letters.screening.conftest import Screen
from tests.letters.screening.table.zips import zeros_bomb


@pytest.mark.parametrize("size", [300 << 20, 2 << 30], ids=["300 MiB", "2 GB in zip64"])
def test_a_bomb_takes_less_than_a_tenth_of_a_second_and_no_memory(
    size: int, screen: Screen
) -> None:
    data = zeros_bomb(size)
    assert len(data) * 500 < size
    tracemalloc.start()
    began = time.perf_counter()
    verdict = screen("zera.zip", data)
    took = time.perf_counter() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"{size >> 20} MiB of zeros refused in {took * 1000:.1f} ms, {peak >> 10} KiB at most")
    assert verdict.fault is not None
    assert (verdict.fault.reason, verdict.fault.data.archive_rule) == ("F-ZIP", "RATIO")
    assert took < 0.1
    assert peak < 16 << 20
