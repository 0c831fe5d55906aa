"""The drawing process: one page of the file on its input, as a picture, under hard limits.

Started as ``python -m skrytka.gateways.rendering.child``; it knows no settings, no database, no
network, starts nothing and writes no file. It draws one page and ends.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, cast

from skrytka.gateways.apart.bounds import bind_hands, limited, own_output
from skrytka.gateways.apart.endings import FAULT, OUT_OF_MEMORY, RETIRED
from skrytka.gateways.apart.framing import write_framed
from skrytka.gateways.rendering.question import PDF, Asked, CannotRender, Head
from skrytka.gateways.rendering.recent import RenderedPage

Draw = Callable[[BinaryIO, Asked], RenderedPage]
FILES_OPEN = 16


def drawing_of(media_type: str) -> Draw:
    """This will load the library for a kind of file, before the file's own budget begins."""
    name = "documents" if media_type == PDF else "images"
    return cast("Draw", import_module(f"skrytka.gateways.rendering.{name}").draw)


def serve(draw: Draw, asked: Asked) -> int:
    """This will answer one question and return how the process is to end."""
    out = own_output()
    bind_hands()
    _alone()
    with limited(asked.cpu, asked.memory) as bounds:
        answer = _answer(draw, asked)
    if bounds.is_exceeded():
        return OUT_OF_MEMORY
    if isinstance(answer, int):
        return answer
    for part in answer:
        write_framed(part, out)
    return RETIRED


def _answer(draw: Draw, asked: Asked) -> tuple[bytes, ...] | int:
    """The parts of the answer, or how the process is to end without one."""
    try:
        page = draw(sys.stdin.buffer, asked)
    except CannotRender as refusal:
        return (_head(Head(refused=refusal.fault, pages=0, width=0, height=0)),)
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception:  # noqa: BLE001 - what failed may quote the file, so only that it did
        return FAULT
    head = Head(refused="", pages=page.pages, width=page.width, height=page.height)
    return _head(head), page.png


def _head(head: Head) -> bytes:
    return json.dumps(head).encode()


def _alone() -> None:
    """This will take away what judging needs and drawing does not: other processes and files."""
    for kind, most in ((resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, FILES_OPEN)):
        resource.setrlimit(kind, (most, most))


def main(argument: str) -> int:
    asked = Asked(**json.loads(argument))
    return serve(drawing_of(asked.media_type), asked)


if __name__ == "__main__":
    # Without the interpreter's farewell: memory may be short, and nothing is left to tidy up.
    os._exit(main(sys.argv[1]))
