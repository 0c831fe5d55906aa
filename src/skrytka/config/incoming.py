"""Files on their way in: on the disk of the data, and swept up when their process died.

The folder for temporary files of the system is in memory on many machines, and a letter may bring
150 MB.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from skrytka.config.environment import Environment
from skrytka.gateways.folder_store import INCOMING

# No upload lasts that long: what is older was left behind by a process that was killed.
LEFT_BEHIND = timedelta(days=1)


def upload_folder(environment: Environment) -> Path:
    """This will return the folder of uploads under way, made when it is not there."""
    folder = environment.data / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sweep_incoming(environment: Environment, *, at: datetime) -> int:
    """This will remove what killed processes left half written, and return how many files."""
    folders = [environment.data / INCOMING]
    blobs = urlsplit(environment.blobs_url)
    if blobs.scheme == "file":
        folders.append(Path(blobs.path) / INCOMING)
    before = (at - LEFT_BEHIND).timestamp()
    return sum(_removed(path, before) for folder in folders for path in folder.glob("*"))


def _removed(path: Path, before: float) -> bool:
    with suppress(FileNotFoundError):
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink()
            return True
    return False
