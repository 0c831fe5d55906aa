"""The judging process: reads questions from its input, answers with reports, under hard limits.

Started as ``python -m skrytka.gateways.judging.child``; it knows no settings, no database, no
network. It ends when its input ends, when nothing is asked for a while, and after any fault: how
it ended is all it says then.
"""

import json
import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.validation import get_ready_for, validate
from skrytka.gateways.judging.question import (
    FAULT,
    OUT_OF_MEMORY,
    RETIRED,
    Header,
    Question,
    read_framed,
    read_question,
    write_framed,
)

LONGEST_HEADER = 256 * 1024 * 1024
STATUS = Path("/proc/self/status")
HARD = 3
SWOLLEN = 64 * 1024 * 1024

Judge = Callable[[Question], str]


def judge(question: Question) -> str:
    """This will judge one file and return the report as JSON."""
    report = validate(
        question.data, detached=question.detached, trust=question.trust, at=question.at
    )
    return report_as_json(report)


def serve(judge: Judge, idle: float) -> int:
    """This will answer question after question and return how the process is to end."""
    source, out = sys.stdin.buffer, _own_output()
    _bind_hands()
    while _asked(idle):
        try:
            header: Header = json.loads(read_framed(source, LONGEST_HEADER))
        except EOFError:
            break
        question = _question(header, source)
        if question is None:
            return FAULT
        with _limited(header) as bounds:
            answer = _answer(judge, question)
        if bounds.is_exceeded():
            return OUT_OF_MEMORY
        if isinstance(answer, int):
            return answer
        del question
        write_framed(answer, out)
        if bounds.has_swollen():
            break
    return RETIRED


def _question(header: Header, source: BinaryIO) -> Question | None:
    """This will make everything ready before the file's own budget begins; None where it fails."""
    try:
        question = read_question(header, source)
    except (OSError, ValueError, EOFError):
        return None
    get_ready_for(question.data)
    return question


def _answer(judge: Judge, question: Question) -> bytes | int:
    """The report, or how the process is to end without one."""
    try:
        return judge(question).encode()
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - what failed may quote the file, so only that it did
        return FAULT


@dataclass(frozen=True)
class _Bounds:
    """What the address space was before a file, and how much more the file may take."""

    base: int
    memory: int

    def is_exceeded(self) -> bool:
        """Whether the file took too much: then also a finished report is not to be believed.

        Libraries tell a want of memory as a fault of the file. The system refuses memory only at
        `HARD` times the bound, and whoever meets that refusal has been beyond the bound itself.
        """
        return _peak() - self.base > self.memory

    def has_swollen(self) -> bool:
        """Whether the next file's peak could hide behind that of this one."""
        return _peak() - self.base > SWOLLEN


@contextmanager
def _limited(header: Header) -> Iterator[_Bounds]:
    """This will allow so much above what this process has used up so far.

    The system ends a process that is over its time, to a few milliseconds; its limit in whole
    seconds stands behind the timer.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + header["cpu"]) + 2
    bounds = _Bounds(_kept_in("VmSize"), header["memory"])
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, bounds.base + HARD * bounds.memory),
    ):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))
    signal.setitimer(signal.ITIMER_PROF, header["cpu"])
    yield bounds
    signal.setitimer(signal.ITIMER_PROF, 0)


def _peak() -> int:
    return _kept_in("VmPeak")


def _kept_in(field: str) -> int:
    """This will read one figure of this process, in bytes (proc(5))."""
    with STATUS.open("rb", buffering=0) as status:
        lines = status.read(4096).splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field.encode()))


def _bind_hands() -> None:
    """This will take away what judging never needs: writing files, and leaving a core behind."""
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(kind, (0, 0))


def _own_output() -> BinaryIO:
    """This will keep the pipe for answers alone: what is printed goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return out


def _asked(idle: float) -> bool:
    """This will wait for a question; whoever asks waits for its answer, so none is buffered."""
    ready, _, _ = select.select([sys.stdin.buffer], [], [], idle)
    return bool(ready)


if __name__ == "__main__":
    # Without the interpreter's farewell: memory may be short, and nothing is left to tidy up.
    os._exit(serve(judge, int(sys.argv[1])))
