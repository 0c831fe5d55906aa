"""Where a journey takes place: a server of the run's own, or one that somebody has started."""

import os
import secrets
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.server import NOT_INHERITED, ROOT, is_ready, running_skrytka

# The address of a demonstration that is running already, such as `make run` of a fresh clone.
JOURNEY_URL = "SKRYTKA_JOURNEY_URL"
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True)
class Place:
    """The address of a demonstration; of its files a journey knows nothing.

    `run` tells this run's titles and addresses from those of an earlier one at the same server.
    """

    url: str
    run: str


@contextmanager
def place_of_journeys(data: Path) -> Iterator[Place]:
    """This will go to the server named by SKRYTKA_JOURNEY_URL, or start one on `data`."""
    run = word_of_a_run()
    url = os.environ.get(JOURNEY_URL, "").rstrip("/")
    if url:
        wait_for_answer(url)
        yield Place(url, run)
        return
    with running_skrytka(data) as server:
        yield Place(server.url, run)


def word_of_a_run() -> str:
    """Six letters: titles and addresses hold it, and six digits there would pass for a code."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(6))


def wait_for_answer(url: str) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while not is_ready(url):
        assert time.monotonic() < until, f"nothing answers at {url}/readyz"
        time.sleep(0.5)


def skrytka_at_home(*arguments: str) -> subprocess.CompletedProcess[str]:
    """This will run a command as a person does at home, who has no installation and no server."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)
    }
    return subprocess.run(
        [sys.executable, "-m", "skrytka", *arguments],
        env=environment | {"PYTHONPATH": str(ROOT / "src"), "SKRYTKA_DATA": "/nowhere"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
