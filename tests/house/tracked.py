"""The files of the repository as git knows them; what is built or fetched is not among them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    """This will list tracked files of the patterns of `git ls-files` that are still there."""
    command = ["git", "ls-files", "-z", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    assert paths, patterns
    return [path for path in paths if path.is_file()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
