"""The real program, started as an operator starts it: `python -m skrytka up --demo`.

It gets a folder, a port and a process group of its own; whatever happens, the group is gone at the
end. Nothing of Django is imported here: a test talks to it by pages, commands and files.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.world.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 120
SECONDS_TO_STOP = 40
# What the settings of the tests leave in the environment must not reach the program.
NOT_INHERITED = ("DATABASE_URL", "SKRYTKA_", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class RunningServer:
    """A program that answers. Its process group is that of `process`, which leads it."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    @property
    def group(self) -> int:
        return self.process.pid

    @property
    def log(self) -> str:
        return (self.data / "server.log").read_text()

    def stop(self) -> int:
        """This will ask the program to end as an operator does, and return its exit status."""
        with suppress(ProcessLookupError):
            self.process.terminate()
        return self.process.wait(SECONDS_TO_STOP)

    def kill(self) -> None:
        """This will end the whole group at once, as a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)
        self.process.wait(SECONDS_TO_STOP)


@contextmanager
def running_skrytka(data: Path, **environment: str) -> Iterator[RunningServer]:
    """This will start the program, wait until it is ready, and end its whole group afterwards."""
    server = start_skrytka(data, environment)
    try:
        wait_until_ready(server)
        yield server
    finally:
        server.kill()


def start_skrytka(
    data: Path, environment: Mapping[str, str], *, demo: bool = True, port: int = 0, at: str = ""
) -> RunningServer:
    """This will start the program and not wait for it; without a port on any free one.

    `at` starts its clock at another time than the machine's.
    """
    data.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    url = f"http://localhost:{port}"
    values = environment_of(data) | {"PORT": str(port), "SKRYTKA_BASE_URL": url} | dict(environment)
    options = [*(["--demo"] if demo else []), *(["--at", at] if at else [])]
    command = [sys.executable, "-m", "skrytka", "up", *options]
    with (data / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=values, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    return RunningServer(url, data, process)


def environment_of(data: Path) -> dict[str, str]:
    """This will return the environment of a demonstration of its own, for servers and commands."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)
    }
    python_path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    own = {"SKRYTKA_DATA": str(data), "SKRYTKA_MODE": "demo", "PYTHONPATH": python_path}
    return inherited | own


def wait_until_ready(server: RunningServer) -> None:
    """This will wait for `/readyz`; a program that ended instead is told with what it said."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        if is_ready(server.url):
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log[-4000:]}")


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def skrytka(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """This will run one command of the program on the data of a server."""
    return subprocess.run(
        [sys.executable, "-m", "skrytka", *arguments],
        env=environment_of(data), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
