"""Runs a command beside a real PostgreSQL of its own, named to it by DATABASE_URL."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.world.postgres import running_postgres


def main(command: list[str]) -> int:
    with running_postgres() as url:
        return subprocess.run(
            command, check=False, env={**os.environ, "DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
