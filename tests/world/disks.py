"""A disk that is soon full: a real file system in memory, mounted for a test by root."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """This will mount a file system of so many MiB at a new folder, and take it away again."""
    folder.mkdir()
    size = f"size={megabytes}M"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
