"""Installs a lock file and this project into a virtual environment; needs nothing but Python.

Usage: install.py VENV LOCKFILE. Uses uv from the package index when it can, pip when it cannot.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

FIRST_FIT_VERSION = (3, 11)


def main(folder: str, lock: str) -> int:
    if sys.version_info < FIRST_FIT_VERSION:
        print(f"Skrytka needs Python 3.11 or newer, this is {sys.version.split()[0]}.")
        return 1
    python = make_venv(Path(folder))
    if python is None:
        return 1
    print(f"Installing {lock} …", flush=True)
    installer = uv_installer(python) or [str(python), "-m", "pip", "install", "--quiet"]
    steps = (
        [*installer, "--require-hashes", "-r", lock],
        [*installer, "--no-deps", "--no-build-isolation", "-e", "."],
    )
    return next((status for step in steps if (status := run(step))), 0)


def make_venv(folder: Path) -> Path | None:
    python = folder / "bin" / "python"
    if python.exists():
        return python
    try:
        venv.create(folder, with_pip=True)
    except (subprocess.CalledProcessError, OSError):
        print("Cannot make a virtual environment. On Debian: apt-get install python3-venv")
        return None
    return python


def uv_installer(python: Path) -> list[str] | None:
    quiet = [str(python), "-m", "pip", "install", "--quiet", "uv"]
    if not (python.parent / "uv").exists() and run(quiet):
        print("uv is not to be had; going on with pip, which takes longer.")
        return None
    return [str(python.parent / "uv"), "pip", "install", "--quiet", "--python", str(python)]


def run(command: list[str]) -> int:
    # The project's own build (assets, translations) finds its tools in the environment.
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return subprocess.run(command, check=False, env={**os.environ, "PATH": path}).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
