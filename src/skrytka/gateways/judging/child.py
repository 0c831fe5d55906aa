"""The judging process: reads questions from its input, answers with reports, under hard limits.

Started as ``python -m skrytka.gateways.judging.child``; it knows no settings, no database, no
network. It ends when its input ends, when nothing is asked for a while, and after any fault: how
it ended is all it says then.
"""

import json
import os
import select
import sys
from collections.abc import Callable
from typing import BinaryIO

from skrytka.core.signatures.report import report_as_json
from skrytka.core.signatures.validation import get_ready_for, validate
from skrytka.gateways.apart.bounds import bind_hands, limited, own_output
from skrytka.gateways.apart.endings import FAULT, OUT_OF_MEMORY, RETIRED
from skrytka.gateways.apart.framing import read_framed, write_framed
from skrytka.gateways.judging.question import Header, Question, read_question

LONGEST_HEADER = 256 * 1024 * 1024

Judge = Callable[[Question], str]


def judge(question: Question) -> str:
    """This will judge one file and return the report as JSON."""
    report = validate(
        question.data, detached=question.detached, trust=question.trust, at=question.at
    )
    return report_as_json(report)


def serve(judge: Judge, idle: float) -> int:
    """This will answer question after question and return how the process is to end."""
    source, out = sys.stdin.buffer, own_output()
    bind_hands()
    while _asked(idle):
        try:
            header: Header = json.loads(read_framed(source, LONGEST_HEADER))
        except EOFError:
            break
        question = _question(header, source)
        if question is None:
            return FAULT
        with limited(header["cpu"], header["memory"]) as bounds:
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


def _asked(idle: float) -> bool:
    """This will wait for a question; whoever asks waits for its answer, so none is buffered."""
    ready, _, _ = select.select([sys.stdin.buffer], [], [], idle)
    return bool(ready)


if __name__ == "__main__":
    # Without the interpreter's farewell: memory may be short, and nothing is left to tidy up.
    os._exit(serve(judge, int(sys.argv[1])))
