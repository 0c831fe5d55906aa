"""Drawing processes gone wrong: what a hostile file could bring about, as a child's command.

Run as ``python -m tests.world.hostile_renderers FAULT QUESTION``: the real serving under the real
limits, with a library that does the worst.
"""

import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import BinaryIO

from skrytka.gateways.rendering.child import serve
from skrytka.gateways.rendering.question import Asked, CannotRender
from skrytka.gateways.rendering.recent import RenderedPage

EMPTY = RenderedPage(b"", 1, 1, 1)


def burn() -> RenderedPage:
    while True:
        pass


def eat() -> RenderedPage:
    eaten = []
    while True:
        eaten.append(b"x" * 1024 * 1024)


def deny() -> RenderedPage:
    """Meets the end of memory and calls it a page like any other."""
    try:
        eat()
    except MemoryError:
        return EMPTY
    return EMPTY


def die() -> RenderedPage:
    os.kill(os.getpid(), signal.SIGSEGV)
    return EMPTY


def leave() -> RenderedPage:
    os._exit(0)


def sleep() -> RenderedPage:
    time.sleep(60)
    return EMPTY


def stumble() -> RenderedPage:
    raise RecursionError


def chatter() -> RenderedPage:
    return RenderedPage(bytes(100_000), 1, 1, 1)


def garble() -> RenderedPage:
    return RenderedPage(b"", "many", 1, 1)  # type: ignore[arg-type]


def invent() -> RenderedPage:
    raise CannotRender("SHY")  # type: ignore[arg-type]


def write() -> RenderedPage:
    with tempfile.TemporaryFile() as left:
        left.write(b"x" * 10_000)
    return EMPTY


def open_many() -> RenderedPage:
    kept = [socket.socketpair() for _ in range(20)]
    return RenderedPage(b"", len(kept), 1, 1)


def mumble() -> RenderedPage:
    print("not an answer")
    return RenderedPage(b"picture", 1, 1, 1)


FAULTS: Mapping[str, Callable[[], RenderedPage]] = {
    each.__name__: each
    for each in (
        *(burn, eat, deny, die, leave, sleep, stumble, chatter),
        *(garble, invent, write, open_many, mumble),
    )
}


def hostile(_source: BinaryIO, _asked: Asked) -> RenderedPage:
    return FAULTS[sys.argv[1]]()


if __name__ == "__main__":
    os._exit(serve(hostile, Asked(**json.loads(sys.argv[2]))))
