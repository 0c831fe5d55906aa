"""The store of bytes is written once; only three places may take anything out of it."""

import re

from tests.house.tracked import ROOT

TAKES_OUT = re.compile(r"blobs\.(delete|set_aside|forget_aside|lock_away|forget_locked)\(")
ALLOWED = {
    "letters/operations/attachments.py",  # refused bytes, such as malware
    "config/blob_sweep.py",  # what nothing refers to
    "config/quarantine.py",  # infected files of refused letters
}


def test_bytes_are_deleted_in_three_places_only() -> None:
    source = ROOT / "src/skrytka"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if TAKES_OUT.search(path.read_text())
    }
    assert found == ALLOWED
