"""The bench of the blob store runs, and tells what it is beside; memory stays flat."""

import json
import subprocess
import sys
from argparse import Namespace

import pytest

from skrytka.cli.benches import blobs


def test_each_way_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert blobs.run(Namespace(count=3, json=True)) == 0
    figures = json.loads(capsys.readouterr().out)
    ways = ["bare", "plain", "sealed"]
    assert list(figures["write_mb_s"]) == list(figures["small_per_second"]) == ways
    assert list(figures["read_mb_s"]) == ["bare", "sealed"]
    assert all(rate > 0 for rates in list(figures.values())[:3] for rate in rates.values())


def test_figures_are_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert blobs.run(Namespace(count=1, json=False)) == 0
    told = capsys.readouterr().out
    assert "sealed" in told
    assert "memory grew by" in told


def test_a_large_blob_takes_no_more_memory_than_a_small_one() -> None:
    """In a process of its own, whose highest mark is its own."""
    command = [sys.executable, "-m", "skrytka", "bench", "blobs", "--count", "80", "--json"]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(told)["peak_growth_mb"] < 8
