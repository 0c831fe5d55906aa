"""The store of bytes is written once; only four places may take anything out of it."""

import re

import pytest

from tests.house.tracked import ROOT

TAKES_OUT = re.compile(
    r"(blobs|blobs_of\([^)]*\)|\.plain|\.of\([^)]*\))"
    r"\.(delete|set_aside|forget_aside|lock_away|forget_locked)\("
)
ALLOWED = {
    "letters/operations/attachments.py",  # refused bytes, such as malware
    "config/blob_sweep.py",  # what nothing refers to
    "config/blob_sealing.py",  # what was unencrypted, once it lies there encrypted
    "config/quarantine.py",  # infected files of refused letters
}


def test_bytes_are_deleted_in_four_places_only() -> None:
    """The benches delete what they made themselves."""
    source = ROOT / "src/skrytka"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "benches" not in path.parts and TAKES_OUT.search(path.read_text())
    }
    assert found == ALLOWED


@pytest.mark.parametrize(
    "text",
    [
        "blobs.delete(x)",
        "blobs_of(box.pk).set_aside(x, at=at)",
        "blobs_of(box.pk).lock_away(x)",
        "installed().blobs.of(7).delete(x)",
    ],
)
def test_whoever_takes_out_would_be_noticed(text: str) -> None:
    assert TAKES_OUT.search(text)
