"""One contract for every blob store: a folder, a real S3 server, memory."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skrytka.config.clock import now
from skrytka.gateways.blobs import BlobMissingError, BlobNotStoredError, Blobs, blob_key
from skrytka.gateways.folder_store import INCOMING
from skrytka.gateways.memory_blobs import memory_blobs
from tests.world.blobs import CUW, folder_store, s3_bucket, store_of

MEGABYTE = 1 << 20
SCOPE = "institution-1"
IN_MEMORY = memory_blobs(Path(tempfile.mkdtemp()))


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_bucket(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture(params=["folder", "s3", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return store_of(request.param, tmp_path, request).of(CUW)


def test_what_was_put_is_read_back_under_its_digest(blobs: Blobs) -> None:
    stored = blobs.put("Zażółć".encode())
    assert stored.sha256 == hashlib.sha256("Zażółć".encode()).hexdigest()
    assert blobs.read(stored.sha256) == "Zażółć".encode()
    assert (blobs.size(stored.sha256), stored.size) == (10, 10)
    assert blobs.has(stored.sha256)


def test_a_stream_of_megabytes_goes_in_and_out_in_pieces(blobs: Blobs) -> None:
    pieces = [os.urandom(MEGABYTE) for _ in range(12)]
    stored = blobs.put_stream(iter(pieces))
    assert b"".join(blobs.stream(stored.sha256)) == b"".join(pieces)


def test_a_large_blob_never_comes_whole(tmp_path: Path) -> None:
    blobs = folder_store(tmp_path).of(CUW)
    stored = blobs.put(os.urandom(12 * MEGABYTE))
    assert max(len(chunk) for chunk in blobs.stream(stored.sha256)) <= 4 * MEGABYTE


def test_the_same_bytes_twice_are_one_blob(blobs: Blobs) -> None:
    assert blobs.put(b"raz") == blobs.put(b"raz") == blobs.put_stream([b"r", b"az"])


def test_what_is_not_there_is_told(blobs: Blobs) -> None:
    unknown = "0" * 64
    assert not blobs.has(unknown)
    for ask in (blobs.read, blobs.size, lambda key: list(blobs.stream(key))):
        with pytest.raises(BlobMissingError):
            ask(unknown)


def test_what_is_set_aside_is_still_read_until_it_is_forgotten(blobs: Blobs) -> None:
    at = now()
    sha256 = blobs.put(b"na bok").sha256
    assert not any(sha256 in found for found in blobs.older_than(at - timedelta(days=1)))
    assert any(sha256 in found for found in blobs.older_than(at + timedelta(days=1)))
    blobs.set_aside(sha256, at=at)
    assert blobs.read(sha256) == b"".join(blobs.stream(sha256)) == b"na bok"
    assert (blobs.size(sha256), blobs.has(sha256)) == (6, True)
    assert sha256 in {name for found in blobs.aside() for name, _since in found}
    blobs.bring_back(sha256)
    assert sha256 not in {name for found in blobs.aside() for name, _since in found}
    blobs.set_aside(sha256, at=at)
    blobs.put(b"na bok")
    blobs.forget_aside(sha256)
    assert blobs.read(sha256) == b"na bok"
    blobs.delete(sha256)
    assert not blobs.has(sha256)


def test_what_is_locked_away_no_reading_finds(blobs: Blobs) -> None:
    sha256 = blobs.put(b"zamknij").sha256
    blobs.set_aside(sha256, at=now())
    blobs.lock_away(sha256)
    blobs.lock_away(sha256)
    assert (blobs.has(sha256), blobs.is_locked_away(sha256)) == (False, True)
    for ask in (blobs.read, blobs.size, lambda key: list(blobs.stream(key))):
        with pytest.raises(BlobMissingError):
            ask(sha256)
    assert not any(sha256 in found for found in blobs.older_than(now() + timedelta(days=1)))
    assert sha256 not in {name for found in blobs.aside() for name, _since in found}


def test_what_was_locked_away_is_unlocked_or_forgotten(blobs: Blobs) -> None:
    sha256 = blobs.put(b"otworz").sha256
    blobs.lock_away(sha256)
    blobs.unlock(sha256)
    blobs.unlock(sha256)
    assert (blobs.read(sha256), blobs.is_locked_away(sha256)) == (b"otworz", False)
    blobs.lock_away(sha256)
    blobs.forget_locked(sha256)
    blobs.forget_locked(sha256)
    assert not blobs.is_locked_away(sha256)
    assert not blobs.has(sha256)


def test_a_file_torn_by_a_power_cut_is_written_again(tmp_path: Path) -> None:
    blobs = folder_store(tmp_path).of(CUW)
    stored = blobs.put("cały plik".encode())
    (tmp_path / "blobs" / blob_key(stored.sha256, SCOPE)).write_bytes(b"ca")
    blobs.put("cały plik".encode())
    assert blobs.read(stored.sha256) == "cały plik".encode()


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    blobs = folder_store(tmp_path).of(CUW)
    (tmp_path / "blobs" / SCOPE).write_text("a file stands in the way")
    with pytest.raises(BlobNotStoredError):
        blobs.put(b"x")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(data=st.binary(max_size=5000), cuts=st.lists(st.integers(0, 5000), max_size=6))
def test_any_chunking_gives_the_same_digest(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[start:end] for start, end in pairwise(edges)]
    stored = IN_MEMORY.of(CUW).put_stream(chunks)
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.size == len(data)


def test_the_folder_is_made_durable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_store(tmp_path).of(CUW).put(b"the key of the scope is made")
    blobs = folder_store(tmp_path).of(CUW)
    synced: list[str] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    stored = blobs.put(b"trwale")
    folder = tmp_path / "blobs"
    path = folder / blob_key(stored.sha256, SCOPE)
    assert synced[0].startswith(str(folder / INCOMING)), "the bytes before they have a name"
    names = [path.parent, path.parent.parent, folder / SCOPE / "sha256", folder / SCOPE, folder]
    assert synced[1:] == [str(name) for name in names]
    blobs.put(b"trwale")
    assert [Path(name) for name in synced[7:]] == names[:3], "the upper names are durable already"


def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    blobs = folder_store(tmp_path).of(CUW)
    before = files_in(tmp_path)
    with pytest.raises(RuntimeError):
        blobs.put_stream(broken())
    assert files_in(tmp_path) == before
