"""What the process does to itself before it reads a file: the system holds it to these bounds."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

STATUS = Path("/proc/self/status")
HARD = 3
SWOLLEN = 64 * 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """What the address space was before a file, and how much more the file may take."""

    base: int
    memory: int

    def is_exceeded(self) -> bool:
        """Whether the file took too much: then also a finished answer is not to be believed.

        Libraries tell a want of memory as a fault of the file. The system refuses memory only at
        `HARD` times the bound, and whoever meets that refusal has been beyond the bound itself.
        """
        return _peak() - self.base > self.memory

    def has_swollen(self) -> bool:
        """Whether the next file's peak could hide behind that of this one."""
        return _peak() - self.base > SWOLLEN


@contextmanager
def limited(cpu: float, memory: int) -> Iterator[Bounds]:
    """This will allow so much above what this process has used up so far.

    The system ends a process that is over its time, to a few milliseconds; its limit in whole
    seconds stands behind the timer.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + cpu) + 2
    bounds = Bounds(_kept_in("VmSize"), memory)
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, bounds.base + HARD * bounds.memory),
    ):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
    signal.setitimer(signal.ITIMER_PROF, cpu)
    yield bounds
    signal.setitimer(signal.ITIMER_PROF, 0)


def bind_hands() -> None:
    """This will take away what reading never needs: writing files, and leaving a core behind."""
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def own_output() -> BinaryIO:
    """This will keep the pipe for answers alone: what is printed goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return out


def _peak() -> int:
    return _kept_in("VmPeak")


def _kept_in(field: str) -> int:
    """This will read one figure of this process, in bytes (proc(5))."""
    with STATUS.open("rb", buffering=0) as status:
        lines = status.read(4096).splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field.encode()))
