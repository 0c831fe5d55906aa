"""What lies in the store tells nothing to whoever has no key, and nothing false to whoever has."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skrytka.gateways.blob_frames import (
    FRAME,
    HEADER,
    TAG,
    content_size,
    frame_count,
    place_of_frame,
    stored_size,
)
from skrytka.gateways.blobs import BlobDamagedError, BlobMissingError, blob_key, scope_name
from skrytka.gateways.sealed_store import SealedStore
from tests.world.blobs import CUW, TOWN_HALL, folder_store, put_raw, raw_bytes, sealed

CONTENT = os.urandom(2 * FRAME + 1000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
KEY = blob_key(SHA256, scope_name(CUW))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> SealedStore:
    store = folder_store(tmp_path_factory.mktemp("sealed"))
    store.of(CUW).put(CONTENT)
    return store


@pytest.fixture(scope="module")
def whole(store: SealedStore) -> bytes:
    return raw_bytes(store, KEY)


def read_as(store: SealedStore, stored: bytes) -> bytes:
    """What reading gives when this lies there."""
    put_raw(store, KEY, stored)
    return store.of(CUW).read(SHA256)


def test_nothing_of_the_content_can_be_seen(tmp_path: Path) -> None:
    text = "Wniosek o zaświadczenie ".encode() * 20_000
    folder_store(tmp_path).of(CUW).put(text)
    for path in (tmp_path / "blobs").rglob("*"):
        assert not path.is_file() or b"Wniosek" not in path.read_bytes()


def test_the_same_bytes_look_different_each_time(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one, other = folder_store(tmp_path / "a"), folder_store(tmp_path / "a")
    key = blob_key(one.of(CUW).put(b"to samo").sha256, scope_name(CUW))
    before = raw_bytes(one, key)
    one.of(CUW).delete(hashlib.sha256(b"to samo").hexdigest())
    other.of(CUW).put(b"to samo")
    assert raw_bytes(one, key)[HEADER:] != before[HEADER:]


@given(where=st.integers(0, stored_size(len(CONTENT)) - 1), bit=st.integers(0, 7))
@example(where=0, bit=0)
@example(where=HEADER - 1, bit=7)
@example(where=stored_size(len(CONTENT)) - 1, bit=0)
def test_one_flipped_bit_anywhere_is_found(
    store: SealedStore, whole: bytes, where: int, bit: int
) -> None:
    spoiled = bytearray(whole)
    spoiled[where] ^= 1 << bit
    with pytest.raises(BlobDamagedError):
        read_as(store, bytes(spoiled))


@given(length=st.integers(0, stored_size(len(CONTENT)) - 1))
@example(length=HEADER)
@example(length=place_of_frame(1))
@example(length=place_of_frame(2))
def test_what_was_cut_off_is_found(store: SealedStore, whole: bytes, length: int) -> None:
    with pytest.raises(BlobDamagedError):
        read_as(store, whole[:length])


def frame_of(whole: bytes, number: int) -> bytes:
    return whole[place_of_frame(number) : place_of_frame(number + 1)]


def test_frames_that_changed_places_are_found(store: SealedStore, whole: bytes) -> None:
    first, second = frame_of(whole, 0), frame_of(whole, 1)
    with pytest.raises(BlobDamagedError):
        read_as(store, whole[:HEADER] + second + first + whole[place_of_frame(2) :])


def test_a_frame_that_stands_there_twice_is_found(store: SealedStore, whole: bytes) -> None:
    first = frame_of(whole, 0)
    with pytest.raises(BlobDamagedError):
        read_as(store, whole[:HEADER] + first + first + whole[place_of_frame(2) :])


@pytest.mark.parametrize("more", [b"x", bytes(FRAME + TAG)])
def test_what_was_added_is_found(store: SealedStore, whole: bytes, more: bytes) -> None:
    with pytest.raises(BlobDamagedError):
        read_as(store, whole + more)


def test_what_was_added_to_a_content_of_whole_frames_is_found(store: SealedStore) -> None:
    """Nobody would read on behind the last frame: the length alone tells."""
    sha256 = store.of(CUW).put(os.urandom(2 * FRAME)).sha256
    key = blob_key(sha256, scope_name(CUW))
    put_raw(store, key, raw_bytes(store, key) + bytes(FRAME + TAG))
    with pytest.raises(BlobDamagedError):
        store.of(CUW).read(sha256)


def test_the_header_of_another_blob_is_found(store: SealedStore, whole: bytes) -> None:
    other = store.of(CUW).put(os.urandom(len(CONTENT))).sha256
    header = raw_bytes(store, blob_key(other, scope_name(CUW)))[:HEADER]
    with pytest.raises(BlobDamagedError):
        read_as(store, header + whole[HEADER:])


def test_a_blob_under_another_name_does_not_open(store: SealedStore, whole: bytes) -> None:
    wrong = "0" * 64
    put_raw(store, blob_key(wrong, scope_name(CUW)), whole)
    with pytest.raises(BlobDamagedError):
        store.of(CUW).read(wrong)


def test_a_blob_of_one_institution_does_not_open_among_those_of_another(
    store: SealedStore, whole: bytes
) -> None:
    store.of(TOWN_HALL).put(b"has a key of its own")
    put_raw(store, blob_key(SHA256, scope_name(TOWN_HALL)), whole)
    with pytest.raises(BlobDamagedError):
        store.of(TOWN_HALL).read(SHA256)


def test_what_one_institution_has_another_cannot_find_out(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(b"tylko tu").sha256
    assert not store.of(TOWN_HALL).has(sha256)
    assert not store.of(None).has(sha256)
    with pytest.raises(BlobMissingError):
        store.of(TOWN_HALL).read(sha256)
    store.of(TOWN_HALL).put(b"tylko tu")
    store.of(CUW).delete(sha256)
    assert store.of(TOWN_HALL).read(sha256) == b"tylko tu"


def test_a_whole_blob_is_not_touched_when_its_bytes_come_again(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    key = blob_key(store.of(CUW).put(CONTENT).sha256, scope_name(CUW))
    before = raw_bytes(store, key)
    store.of(CUW).put(CONTENT)
    assert raw_bytes(store, key) == before
    assert sealed(store).is_whole(SHA256)


def test_a_damaged_blob_is_mended_by_whoever_brings_the_bytes_again(
    store: SealedStore, whole: bytes
) -> None:
    put_raw(store, KEY, whole[:-1] + bytes([whole[-1] ^ 1]))
    assert not sealed(store).is_whole(SHA256)
    store.of(CUW).put(CONTENT)
    assert store.of(CUW).read(SHA256) == CONTENT


@given(size=st.integers(0, 5 * FRAME))
@example(size=0)
@example(size=FRAME)
@example(size=2 * FRAME)
def test_the_size_of_the_content_follows_from_that_of_the_blob(size: int) -> None:
    assert content_size(stored_size(size)) == size
    assert (frame_count(size) - 1) * FRAME <= size <= frame_count(size) * FRAME


@given(stored=st.integers(0, 3 * FRAME))
def test_a_size_that_no_blob_has_is_told(stored: int) -> None:
    try:
        assert stored_size(content_size(stored)) == stored
    except BlobDamagedError:
        assert stored < HEADER + TAG or 0 < (stored - HEADER) % (FRAME + TAG) < TAG


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
def test_contents_of_every_length_come_back(store: SealedStore, size: int) -> None:
    content = os.urandom(size)
    stored = store.of(CUW).put(content)
    assert store.of(CUW).read(stored.sha256) == content
    assert store.of(CUW).size(stored.sha256) == size
