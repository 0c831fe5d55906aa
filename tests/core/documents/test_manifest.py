"""The manifest of a package: read back as written, and accepted by the tool everybody has."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.documents.manifest import (
    ManifestEntry,
    ManifestFault,
    ManifestRefused,
    read_manifest,
    render_manifest,
)

DIGEST = hashlib.sha256(b"").hexdigest()
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\\/"), min_size=1
).filter(lambda name: name not in {".", ".."})
ENTRIES = st.lists(
    st.builds(
        ManifestEntry,
        path=st.lists(NAMES, min_size=1, max_size=3).map("/".join),
        sha256=st.binary(max_size=8).map(lambda data: hashlib.sha256(data).hexdigest()),
        size=st.none() | st.integers(0, 10**15),
    ),
    unique_by=lambda entry: entry.path,
    max_size=5,
).map(tuple)


def fault_of(data: bytes) -> ManifestFault:
    with pytest.raises(ManifestRefused) as refusal:
        read_manifest(data)
    return refusal.value.fault


@given(ENTRIES)
def test_a_manifest_is_read_back_as_it_was_written(entries: tuple[ManifestEntry, ...]) -> None:
    assert read_manifest(render_manifest(entries)) == entries


def test_the_text_is_what_the_documentation_shows() -> None:
    entry = ManifestEntry("zalaczniki/01-umowa.pdf", DIGEST, 182734)
    assert render_manifest((entry,)) == f"# 182734 B\n{DIGEST}  zalaczniki/01-umowa.pdf\n".encode()


def test_sha256sum_accepts_a_true_package_and_notices_a_changed_file(tmp_path: Path) -> None:
    tool = shutil.which("sha256sum")
    assert tool is not None
    names = ("pismo.xml", "zalaczniki/01-zażółć gęślą.pdf", "zalaczniki/#2 *'\".txt")
    (tmp_path / "zalaczniki").mkdir()
    entries = []
    for name in names:
        content = name.encode() * 3
        (tmp_path / name).write_bytes(content)
        entries.append(ManifestEntry(name, hashlib.sha256(content).hexdigest(), len(content)))
    (tmp_path / "SHA256SUMS").write_bytes(render_manifest(tuple(entries)))
    command = [tool, "--strict", "-c", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / names[1]).write_bytes(b"changed")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_a_manifest_made_by_sha256sum_itself_is_read_without_sizes() -> None:
    data = f"# my own words\n{DIGEST}  a.txt\n{DIGEST} *b.bin".encode()
    assert read_manifest(data) == (ManifestEntry("a.txt", DIGEST), ManifestEntry("b.bin", DIGEST))


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a\nb", "\x7f"]
)
def test_a_path_that_leaves_the_package_or_breaks_the_line_is_refused(path: str) -> None:
    with pytest.raises(ManifestRefused) as refusal:
        ManifestEntry(path, DIGEST)
    assert refusal.value.fault is ManifestFault.PATH


def test_a_broken_digest_or_size_is_refused() -> None:
    with pytest.raises(ManifestRefused, match="MANIFEST-DIGEST a"):
        ManifestEntry("a", DIGEST.upper())
    with pytest.raises(ManifestRefused, match="MANIFEST-SIZE a"):
        ManifestEntry("a", DIGEST, -1)


def test_each_fault_of_a_text_has_its_own_code() -> None:
    line = f"{DIGEST}  a\n".encode()
    assert fault_of(line + line) is ManifestFault.REPEATED
    assert fault_of(b"\n" + line) is ManifestFault.LINE
    assert fault_of(b"abc  a\n") is ManifestFault.LINE
    assert fault_of(b"\xff") is ManifestFault.ENCODING
    assert fault_of(f"{DIGEST}  ../a\n".encode()) is ManifestFault.PATH
    with pytest.raises(ManifestRefused):
        render_manifest((ManifestEntry("a", DIGEST), ManifestEntry("a", DIGEST)))
