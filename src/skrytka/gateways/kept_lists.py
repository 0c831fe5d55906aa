"""Verified lists in a file, from which any process reads the few services that it asks for.

The file lies where only this installation writes, and is replaced as a whole: a judging process
needs not verify the lists again, and a new edition is in use with the next file that is judged.
"""

import os
import tempfile
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from skrytka.core.signatures.lists.keeping import KeptLists, keep
from skrytka.core.signatures.lists.snapshot import Snapshot


def write_kept(snapshot: Snapshot, path: Path) -> None:
    """This will put a snapshot in place of what was kept at a path. Raises OSError."""
    replace_file(path, keep(snapshot))


def read_kept(path: Path) -> KeptLists | None:
    """This will open what is kept at a path; None where nothing is kept yet.

    Opened once until it is replaced. Raises OSError, and NotKeptListsError for another file.
    """
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return _opened(path, state.st_ino, state.st_mtime_ns)


def replace_file(path: Path, data: bytes) -> None:
    """This will write a file that is there as a whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


@lru_cache(maxsize=2)
def _opened(path: Path, _inode: int, _changed: int) -> KeptLists:
    with path.open("rb") as file:
        return KeptLists.of(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)))
