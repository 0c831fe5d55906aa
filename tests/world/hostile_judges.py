"""Judging processes gone wrong: what a hostile file could bring about, as a child's command.

Run as ``python -m tests.world.hostile_judges FAULT IDLE``: the real serving loop under the real
limits, with an engine that does the worst. A file that starts with ``<`` is judged as usual.
"""

import mmap
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from skrytka.gateways.judging.child import judge, serve
from skrytka.gateways.judging.question import Question


def burn(_: Question) -> str:
    while True:
        pass


def eat(_: Question) -> str:
    eaten = []
    while True:
        eaten.append(bytes(1024 * 1024))


def reserve(_: Question) -> str:
    """Asks for much and fills nothing of it."""
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 64 * 1024 * 1024))


def deny(question: Question) -> str:
    """Meets the end of memory and calls it a fault of the file, as libraries do."""
    kept = []
    try:
        while True:
            kept.append(mmap.mmap(-1, 64 * 1024 * 1024))
    except OSError:
        return judge(replace(question, data=b"<a"))


def die(_: Question) -> str:
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(60)
    return ""


def leave(_: Question) -> str:
    os._exit(0)


def tire(question: Question) -> str:
    """Leaves without a word when asked a second time, as one does that has waited long enough."""
    if SERVED:
        os._exit(0)
    return judge(replace(question, data=question.data.lstrip()))


def sleep(_: Question) -> str:
    time.sleep(60)
    return ""


def stumble(question: Question) -> str:
    raise RecursionError(question.data)


def chatter(_: Question) -> str:
    return " " * 100_000


def boast(_: Question) -> str:
    return '{"indication": "PASSED", "signatures": [], "reasons": []}'


def shrug(_: Question) -> str:
    return '{"indication": "TOTAL_PASSED", "signatures": {}, "reasons": []}'


def nest(_: Question) -> str:
    return "[" * 90_000


def write(_: Question) -> str:
    with tempfile.TemporaryFile() as left:
        left.write(b"x")
    return ""


def mumble(question: Question) -> str:
    print("not an answer")
    return judge(question)


SERVED: list[str] = []
FAULTS: Mapping[str, Callable[[Question], str]] = {
    each.__name__: each
    for each in (
        *(burn, eat, reserve, deny, die, tire, leave, sleep, stumble),
        *(chatter, boast, shrug, nest, write, mumble),
    )
}


def hostile(question: Question) -> str:
    usual = question.data.startswith(b"<")
    answer = judge(question) if usual else FAULTS[sys.argv[1]](question)
    SERVED.append(answer)
    return answer


if __name__ == "__main__":
    os._exit(serve(hostile, float(sys.argv[2])))
