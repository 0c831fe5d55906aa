"""The judging process: reads questions from its input, answers with reports, under hard limits.

Started as ``python -m skrytka.gateways.judging.child``; it knows no settings, no database, no
network. It ends when its input ends, when nothing is asked for a while, and after any fault: how
it ended is all it says then.
"""

import json
import os
import resource
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.validation import validate
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
PAGES = Path("/proc/self/statm")

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
        try:
            answer = _within_limits(judge, header, source)
        except MemoryError:
            return OUT_OF_MEMORY
        except Exception:  # noqa: BLE001 - what failed may quote the file, so only that it did
            return FAULT
        write_framed(answer, out)
    return RETIRED


def _within_limits(judge: Judge, header: Header, source: BinaryIO) -> bytes:
    _limit(header)
    return judge(read_question(header, source)).encode()


def _limit(header: Header) -> None:
    """This will allow so much above what this process has used up so far.

    The system ends a process that is over its time, and refuses memory beyond the bound.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + header["cpu"]
    base = int(PAGES.read_text().split()[0]) * resource.getpagesize()
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, base + header["memory"]),
    ):
        resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


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
