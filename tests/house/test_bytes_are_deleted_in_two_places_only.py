"""The store of bytes is written once; only two operations may take anything out of it."""

import re

from tests.house.tracked import ROOT

TAKES_OUT = re.compile(r"blobs\.(delete|set_aside|forget_aside)\(")
ALLOWED = {
    "letters/operations/attachments.py",  # refused bytes, such as malware
    "config/blob_sweep.py",  # what nothing refers to
}


def test_bytes_are_deleted_in_two_places_only() -> None:
    source = ROOT / "src/skrytka"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if TAKES_OUT.search(path.read_text())
    }
    assert found == ALLOWED
