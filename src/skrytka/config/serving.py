"""What the process that answers requests starts with: the application, and the worker beside it.

Both functions are called by the server in the process that serves, never in the one that watches.
"""

import ctypes
import os
import signal
from importlib import import_module
from multiprocessing.util import Finalize
from typing import cast

from skrytka.config.turns import Application

APPLICATION = "skrytka.config.wsgi:application"
# Name and number of prctl(2), Linux.
PR_SET_PDEATHSIG = 1
FIRST = 100


def web() -> Application:
    """This will load the application; the process ends when the one that watches it is killed."""
    end_with_parent()
    module, _, name = os.environ.get("SKRYTKA_WSGI", APPLICATION).partition(":")
    return cast("Application", getattr(import_module(module), name))


def web_with_worker() -> Application:
    """This will load the application and start the worker as a thread of the same process.

    One process for both: what both need is loaded once, and what is heavy (the model for texts, the
    scanner's rules, the PDF compiler) is never there twice.
    """
    application = web()
    from skrytka.config.beside import WorkerBeside  # noqa: PLC0415 - needs the app registry

    worker = WorkerBeside()
    worker.start()
    Finalize(None, worker.stop, exitpriority=FIRST)
    return application


def end_with_parent() -> None:
    """This will have the kernel end this process when its parent dies, however it dies."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
