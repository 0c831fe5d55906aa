"""A whole installation in a temporary folder: its people, and `skrytka up` in its own group."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from skrytka.cli.benches.wire import WireClient

SECONDS_TO_START = 120
SECONDS_TO_STOP = 40


def choose_folder(folder: Path) -> None:
    """This will point the settings of this process and its children at a folder."""
    os.environ |= {"SKRYTKA_DATA": str(folder), "SKRYTKA_MODE": "demo"}
    os.environ["SKRYTKA_KEYS"] = f"{folder}/keys"


def load_people(count: int) -> tuple[tuple[str, str], ...]:
    """This will load the demonstration and writers, into the database that the server will find.

    Returns e-mail and password of each writer.
    """
    import django

    django.setup()
    from django.db import connection

    from skrytka.cli.benches.people import PASSWORD, confirmed_people
    from skrytka.cli.demo import load
    from skrytka.cli.migrate import prepare
    from skrytka.config.clock import now

    prepare(now())
    load(now())
    people = confirmed_people(count, now())
    connection.close()
    return tuple((person.email, PASSWORD) for person in people)


@contextmanager
def running_installation(folder: Path) -> Iterator[tuple[int, int]]:
    """This will start `skrytka up`, lend its process group and port, and end it afterwards."""
    port = free_port()
    values = {**os.environ, "PORT": str(port)}
    values.pop("SKRYTKA_BASE_URL", None)
    command = [sys.executable, "-m", "skrytka", "up"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=values, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_until_ready(port)
        yield process.pid, port
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_until_ready(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            if WireClient(port, "127.0.0.1").get("/readyz").status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
