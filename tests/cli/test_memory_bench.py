"""The bench of memory reads real processes and prints what they took."""

import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator

import pytest

from skrytka.cli.benches import memory
from skrytka.cli.benches.memory import Phase, run
from skrytka.cli.benches.processes import Peaks, Taken, look_at, members_of, peaks_of

GROWS = "import sys; sys.stdin.readline(); x = bytearray(40_000_000); sys.stdin.readline()"


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", GROWS]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        yield running
        running.kill()


def test_a_process_that_grows_is_seen(process: subprocess.Popen[str]) -> None:
    assert members_of(process.pid) == [process.pid]
    assert process.stdin is not None
    with peaks_of(process.pid) as peaks:
        process.stdin.write("\n")
        process.stdin.flush()
        while look_at(process.pid)["main"].rss < 40_000:
            pass
    assert 40_000 < peaks.rss["main"] < 90_000
    assert 30_000 < peaks.pss_sum <= peaks.rss_sum


def test_a_group_without_processes_takes_nothing(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    with peaks_of(process.pid) as peaks:
        pass
    assert (peaks.rss, peaks.rss_sum) == ({}, 0)
    assert os.getpgid(0) != process.pid


def test_peaks_of_processes_and_of_their_sum_are_kept_apart() -> None:
    peaks = Peaks()
    peaks.add({"main": Taken(10, 5, 40), "web": Taken(100, 80, 100)})
    peaks.add({"main": Taken(30, 20, 40), "web": Taken(50, 40, 100)})
    assert peaks.rss == {"main": 40, "web": 100}
    assert (peaks.rss_sum, peaks.pss_sum) == (110, 85)


@pytest.mark.parametrize("as_json", [True, False])
def test_figures_are_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    peaks = Peaks(
        {"main": 31_000, "web": 140_000}, {"main": 15_000, "web": 110_000}, 171_000, 125_000
    )
    monkeypatch.setattr(memory, "measure", lambda *_, **__: [Phase("idle", 3.0, 0, peaks)])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert run(Namespace(json=as_json, count=100)) == 0
    printed = capsys.readouterr().out
    if as_json:
        assert json.loads(printed)[0]["rss_mb"] == {"main": 31, "web": 140}
    else:
        assert printed.splitlines()[1].split() == [
            "idle",
            "3.0",
            "0",
            "31",
            "15",
            "140",
            "110",
            "171",
            "125",
        ]
