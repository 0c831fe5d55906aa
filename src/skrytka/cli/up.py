"""`skrytka up`: web and worker together, the way a small institution runs it."""

import argparse
import os
import subprocess
import sys
from datetime import UTC, datetime
from math import ceil

from skrytka.cli.web import build_server
from skrytka.config.allocator import give_memory_back
from skrytka.config.clock import ahead, machine_now, shown_time
from skrytka.config.environment import CLOCK, read_environment
from skrytka.config.serving import web_with_worker
from skrytka.core.calendar import WARSAW, civil_moment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--demo", action="store_true", help="load the demonstration data first")
    parser.add_argument(
        "--at",
        type=instant,
        help="start the clock of a demonstration at this ISO instant; without a zone: Warsaw's",
    )


def run(arguments: argparse.Namespace) -> int:
    """This will prepare, then serve until it is told to stop: this process only watches.

    The one that serves is started again when it dies; both end when this one is killed.
    """
    give_memory_back()
    if arguments.at is not None:
        move_clock(arguments.at)
    environment = read_environment(os.environ)
    if (shown := shown_time()) is not None:
        print(f"Czas pokazowy: {civil_moment(shown):%Y-%m-%d %H:%M}", flush=True)
    for command in ("migrate", *(["demo"] if arguments.demo else [])):
        prepared = subprocess.run([sys.executable, "-m", "skrytka", command], check=False)  # noqa: S603 - our own command
        if prepared.returncode:
            return prepared.returncode
    server = build_server(environment, arguments.host, processes=1)
    server.serve(target_loader=web_with_worker, wrap_loader=False)
    return 0


def instant(text: str) -> datetime:
    """This will read an ISO instant into UTC; without a zone it is Warsaw time."""
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=WARSAW)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"„{text}” nie jest chwilą. Wpisz ją tak: 2026-12-10T08:00."
        raise argparse.ArgumentTypeError(message) from error


def move_clock(at: datetime) -> None:
    """This will have this process, and all that it starts, show `at` now and run on from there.

    What is handed over is the distance to the machine's clock: a process that is started later, or
    again, shows the same time as the others.
    """
    os.environ[CLOCK] = f"{ceil((at - machine_now()).total_seconds()):+d}"
    ahead.cache_clear()
