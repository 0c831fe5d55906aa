"""The real application with one cut made: at a named step the whole process group dies at once.

`SKRYTKA_WSGI` leads granian here. `CRASH_AT` names the cut as `after module.function` or
`before module.function`, the function being looked up where its caller looks it up. SIGKILL leaves
no handler, no `finally` and no flush behind, as a power cut does.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable
from functools import wraps
from importlib import import_module
from typing import NoReturn, ParamSpec, TypeVar

from skrytka.config import wsgi

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["application"]


_under_way = threading.local()


def application(
    environ: dict[str, object], start_response: Callable[..., object]
) -> Iterable[bytes]:
    """This will answer as the product does; what happens meanwhile in this thread may be cut."""
    _under_way.request = True
    try:
        return wsgi.application(environ, start_response)
    finally:
        _under_way.request = False


def _is_in_a_request() -> bool:
    """The worker of the same process goes on undisturbed: it heals what the last cut left."""
    return getattr(_under_way, "request", False)


def _die() -> NoReturn:
    os.killpg(os.getpgid(0), signal.SIGKILL)
    raise AssertionError("still alive")


def _cut_before(step: Callable[P, R]) -> Callable[P, R]:
    @wraps(step)
    def cut(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_in_a_request():
            _die()
        return step(*args, **kwargs)

    return cut


def _cut_after(step: Callable[P, R]) -> Callable[P, R]:
    @wraps(step)
    def cut(*args: P.args, **kwargs: P.kwargs) -> R:
        done = step(*args, **kwargs)
        if _is_in_a_request():
            _die()
        return done

    return cut


def _arm(cut: str) -> None:
    when, _, step = cut.partition(" ")
    module_name, _, name = step.rpartition(".")
    module = import_module(module_name)
    wrap = {"before": _cut_before, "after": _cut_after}[when]
    setattr(module, name, wrap(getattr(module, name)))


if os.environ.get("CRASH_AT"):
    _arm(os.environ["CRASH_AT"])
