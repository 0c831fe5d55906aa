"""The real application with one cut made: at a named step the whole process group dies at once.

`SKRYTKA_WSGI` leads granian here. `CRASH_AT` names the cut as `after module.function` or
`before module.function`, the function being looked up where its caller looks it up. SIGKILL leaves
no handler, no `finally` and no flush behind, as a power cut does.
"""

import os
import signal
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import NoReturn, ParamSpec, TypeVar

from skrytka.config.wsgi import application

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["application"]


def _die() -> NoReturn:
    os.killpg(os.getpgid(0), signal.SIGKILL)
    raise AssertionError("still alive")


def _cut_before(step: Callable[P, R]) -> Callable[P, R]:
    @wraps(step)
    def cut(*_args: P.args, **_kwargs: P.kwargs) -> R:
        _die()

    return cut


def _cut_after(step: Callable[P, R]) -> Callable[P, R]:
    @wraps(step)
    def cut(*args: P.args, **kwargs: P.kwargs) -> R:
        step(*args, **kwargs)
        _die()

    return cut


def _arm(cut: str) -> None:
    when, _, step = cut.partition(" ")
    module_name, _, name = step.rpartition(".")
    module = import_module(module_name)
    wrap = {"before": _cut_before, "after": _cut_after}[when]
    setattr(module, name, wrap(getattr(module, name)))


if os.environ.get("CRASH_AT"):
    _arm(os.environ["CRASH_AT"])
