"""What the processes of a group take, read from the kernel (Linux, `/proc`).

RSS counts a page once for every process that maps it, PSS divides it among them: the sum of PSS is
what the machine really gave. The kernel itself keeps the highest RSS of each process; the highest
sum of PSS is sampled.
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
SECONDS_BETWEEN_LOOKS = 0.05
# What one writes there makes the kernel measure the highest RSS anew (proc(5)).
FORGET_PEAK = "5"


@dataclass(frozen=True)
class Taken:
    """Memory of one process, in kB."""

    rss: int
    pss: int
    peak_rss: int


@dataclass
class Peaks:
    """The highest figures of one phase, in kB: of each process, and of all at once."""

    rss: dict[str, int] = field(default_factory=dict)
    pss: dict[str, int] = field(default_factory=dict)
    rss_sum: int = 0
    pss_sum: int = 0

    def add(self, look: Mapping[str, Taken]) -> None:
        for name, taken in look.items():
            self.rss[name] = max(self.rss.get(name, 0), taken.peak_rss)
            self.pss[name] = max(self.pss.get(name, 0), taken.pss)
        self.rss_sum = max(self.rss_sum, sum(taken.rss for taken in look.values()))
        self.pss_sum = max(self.pss_sum, sum(taken.pss for taken in look.values()))


@contextmanager
def peaks_of(group: int) -> Iterator[Peaks]:
    """This will watch the processes of a group as long as the block lasts."""
    peaks, over = Peaks(), threading.Event()
    for pid in members_of(group):
        _forget_peak(pid)

    def watch() -> None:
        while not over.wait(SECONDS_BETWEEN_LOOKS):
            peaks.add(look_at(group))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()
        peaks.add(look_at(group))


def look_at(group: int) -> dict[str, Taken]:
    """This will return what each process of the group takes now, by what it does."""
    look: dict[str, Taken] = {}
    for pid in members_of(group):
        # A process may end while one looks at it.
        with suppress(OSError, KeyError, ValueError):
            look[_role(pid, group)] = _taken(pid)
    return look


def members_of(group: int) -> list[int]:
    """This will list the processes of a group that have not ended."""
    found = []
    for path in PROC.glob("[0-9]*"):
        with suppress(OSError):
            if os.getpgid(int(path.name)) == group:
                found.append(int(path.name))
    return found


def _role(pid: int, group: int) -> str:
    """The first of the group leads it; commands name themselves, and what it forked is the web."""
    if pid == group:
        return "main"
    words = (PROC / str(pid) / "cmdline").read_text().split("\0")
    leader = (PROC / str(group) / "cmdline").read_text().split("\0")
    return "web" if words == leader else words[3]


def _taken(pid: int) -> Taken:
    sizes = _sizes(PROC / str(pid) / "smaps_rollup")
    return Taken(sizes["Rss"], sizes["Pss"], _sizes(PROC / str(pid) / "status")["VmHWM"])


def _sizes(path: Path) -> dict[str, int]:
    """The lines `Name:   123 kB` of a file."""
    lines = (line.split() for line in path.read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) for line in lines if line[-1] == "kB"}


def _forget_peak(pid: int) -> None:
    with suppress(OSError):
        (PROC / str(pid) / "clear_refs").write_text(FORGET_PEAK)
