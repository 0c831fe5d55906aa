"""Runs every test: on SQLite, on a real PostgreSQL, in a real browser, with coverage at the end.

Arguments are handed on to pytest, which then runs once, on SQLite.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.world.postgres import running_postgres  # noqa: E402

PYTEST = [sys.executable, "-m", "pytest", "-q"]
PARALLEL = ["-n", str(max(2, os.cpu_count() or 2)), "--dist", "worksteal"]
COVERED = ["--cov=skrytka", "--cov-branch", "--cov-report="]
FAST = ["-m", "not browser and not crash"]
ON_SQLITE = ["-m", "not browser and not crash and not postgresql"]
SLOW = ["-m", "browser or crash"]
# Branch coverage, in percent: the law and the evidence whole, the rest nearly so.
BARS = {
    "src/skrytka/core/*,src/skrytka/evidence/*": 100,
    "src/skrytka/*": 95,
}


def main(arguments: list[str]) -> int:
    if arguments:
        return run("chosen tests", [*PYTEST, *arguments], {})
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    failed = [
        run("SQLite", [*PYTEST, *PARALLEL, *COVERED, *ON_SQLITE], {}),
        on_postgres(),
        run("browser and crash tests", [*PYTEST, *SLOW], {}),
        coverage(),
    ]
    print("FAILED" if any(failed) else "all layers passed")
    return int(any(failed))


def on_postgres() -> int:
    with running_postgres() as url:
        needs_database = ["tests", "--ignore=tests/core", "--ignore=tests/ui"]
        command = [*PYTEST, *PARALLEL, *COVERED, "--cov-append", *FAST, *needs_database]
        return run("PostgreSQL", command, {"TEST_DATABASE_URL": url})


def coverage() -> int:
    if any(ROOT.glob(".coverage.*")):
        run("coverage", [sys.executable, "-m", "coverage", "combine", "--append", "--quiet"], {})
    reports = [
        [sys.executable, "-m", "coverage", "report", f"--include={files}", f"--fail-under={bar}"]
        for files, bar in BARS.items()
    ]
    return max(run(f"coverage {' '.join(report[3:])}", report, {}) for report in reports)


def run(name: str, command: list[str], environment: Mapping[str, str]) -> int:
    print(f"── {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(
        command, check=False, cwd=ROOT, env={**os.environ, **environment}
    ).returncode
    print(
        f"── {name}: {'ok' if not status else 'FAILED'} in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
