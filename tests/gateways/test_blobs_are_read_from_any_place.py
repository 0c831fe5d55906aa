"""A part of a blob is the part of its content, wherever it begins and however long it is."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skrytka.gateways.blob_frames import FRAME, HEADER, TAG, place_of_frame
from skrytka.gateways.blobs import BlobDamagedError, BlobMissingError, blob_key, scope_name
from skrytka.gateways.raw_store import OpenedObject
from tests.world.blobs import CUW, folder_store, put_raw, raw_bytes, s3_bucket, sealed, store_of

CONTENT = os.urandom(3 * FRAME + 77)
PLACES = st.integers(0, len(CONTENT) + 10)


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_bucket(tmp_path_factory.mktemp("s3")) as address:
        yield address


@given(start=PLACES, count=st.none() | PLACES)
@example(start=0, count=0)
@example(start=FRAME, count=FRAME)
@example(start=FRAME - 1, count=2)
@example(start=3 * FRAME, count=None)
@example(start=len(CONTENT), count=None)
def test_any_part_is_cut_as_it_is_from_the_content(
    tmp_path_factory: pytest.TempPathFactory, start: int, count: int | None
) -> None:
    store = folder_store(tmp_path_factory.getbasetemp())
    sha256 = store.of(CUW).put(CONTENT).sha256
    end = None if count is None else start + count
    assert b"".join(store.of(CUW).stream(sha256, start, count)) == CONTENT[start:end]


@pytest.mark.parametrize("kind", ["folder", "s3", "memory"])
def test_every_store_gives_the_same_part(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    blobs = store_of(kind, tmp_path, request).of(CUW)
    sha256 = blobs.put(CONTENT).sha256
    for start, count in [(0, 10), (FRAME - 5, 10), (2 * FRAME + 3, None), (len(CONTENT) + 5, 3)]:
        end = None if count is None else start + count
        assert b"".join(blobs.stream(sha256, start, count)) == CONTENT[start:end]


@pytest.mark.parametrize("kind", ["folder", "s3", "memory"])
def test_bytes_of_an_earlier_release_are_read_from_any_place_too(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store = store_of(kind, tmp_path, request)
    sha256 = sealed(store).put(CONTENT).sha256
    store.of(CUW).delete(sha256)
    put_raw(store, blob_key(sha256), CONTENT)
    assert b"".join(store.of(CUW).stream(sha256, 5, 7)) == CONTENT[5:12]
    assert b"".join(store.of(CUW).stream(sha256, FRAME + 1)) == CONTENT[FRAME + 1 :]
    assert (store.of(CUW).size(sha256), store.of(CUW).has(sha256)) == (len(CONTENT), True)


def test_what_lies_before_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(CONTENT).sha256
    asked: list[tuple[int, int | None]] = []
    real = type(store.raw).open

    def watched(self: object, key: str, start: int = 0, count: int | None = None) -> OpenedObject:
        asked.append((start, count))
        return real(self, key, start, count)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store.raw), "open", watched)
    blobs = store.of(CUW)
    store.keys.newest(scope_name(CUW))
    assert b"".join(blobs.stream(sha256, 2 * FRAME + 5, 10)) == CONTENT[2 * FRAME + 5 :][:10]
    assert asked == [(0, HEADER), (place_of_frame(2), FRAME + TAG)]


def test_a_part_is_checked_before_it_is_given(tmp_path: Path) -> None:
    """What lies elsewhere in the blob does not matter to it."""
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(CONTENT).sha256
    key = blob_key(sha256, scope_name(CUW))
    spoiled = bytearray(raw_bytes(store, key))
    spoiled[place_of_frame(1) + 9] ^= 1
    put_raw(store, key, bytes(spoiled))
    assert b"".join(store.of(CUW).stream(sha256, 2 * FRAME, 10)) == CONTENT[2 * FRAME :][:10]
    with pytest.raises(BlobDamagedError):
        list(store.of(CUW).stream(sha256, FRAME + 500, 1))


def test_a_blob_that_ends_while_it_is_read_is_told(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(CONTENT).sha256
    reading = store.of(CUW).stream(sha256)
    os.truncate(tmp_path / "blobs" / blob_key(sha256, scope_name(CUW)), place_of_frame(1))
    assert next(reading) == CONTENT[:FRAME]
    with pytest.raises(BlobDamagedError, match="too early"):
        list(reading)


def test_a_missing_blob_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BlobMissingError):
        folder_store(tmp_path).of(CUW).stream("0" * 64, 5, 5)
