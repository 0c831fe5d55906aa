"""`skrytka worker`: brings about what the outbox asks for, and sweeps what is due."""

import argparse
import signal
import threading

import django

from skrytka.config.allocator import give_memory_back


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--name", default="worker-1", help="stable name; a restart takes up its own claims"
    )


def run(arguments: argparse.Namespace) -> int:
    """This will work until it is told to stop; the effect under way is finished first."""
    give_memory_back()
    django.setup()
    from skrytka.config.garbage import spare_what_is_loaded
    from skrytka.config.worker import run_worker

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    spare_what_is_loaded()
    run_worker(arguments.name, stopping)
    return 0
