"""The bench of the sweep on a small night: it kills ten workers and finds every UPD once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.postgresql
def test_every_letter_that_was_due_has_its_upd_once_whoever_was_killed() -> None:
    url = os.environ["TEST_DATABASE_URL"]
    command = [sys.executable, "-m", "skrytka", "bench", "sweep", "--json"]
    done = subprocess.run(
        [*command, "--due", "2000", "--pending", "1000"],
        env={**os.environ, "DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["deemed"] == figures["receipts"] == figures["intents"] == 2000
    assert figures["left_due"] == 0
    assert figures["kills"] >= 1
