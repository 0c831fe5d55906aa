"""Keys of blobs are made once they are needed, renewed at will, and lost only with every copy."""

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.config.clock import now
from skrytka.gateways import blob_keys
from skrytka.gateways.blob_frames import HEADER, parsed_header
from skrytka.gateways.blobs import (
    INSTALLATION,
    BlobDamagedError,
    BlobKeysUnusableError,
    BlobNotStoredError,
    blob_key,
    institution_of,
    scope_name,
)
from skrytka.gateways.opened_blobs import open_blobs, prepare_blob_keys
from skrytka.gateways.raw_store import FoundObject
from skrytka.gateways.root_keys import RootKeys, order_of
from skrytka.gateways.sealed_store import SealedStore
from tests.world.blobs import CUW, TOWN_HALL, folder_store, put_raw, raw_bytes, s3_bucket, store_of

SCOPE = scope_name(CUW)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_bucket(tmp_path_factory.mktemp("s3")) as address:
        yield address


@pytest.fixture(params=["folder", "s3", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SealedStore:
    return store_of(request.param, tmp_path, request)


def key_of(store: SealedStore, sha256: str) -> str:
    """The name of the key that a blob is under."""
    return parsed_header(raw_bytes(store, blob_key(sha256, SCOPE))[:HEADER]).key_name


def again(store: SealedStore) -> SealedStore:
    """The same store as another process sees it, which has read no key yet."""
    return SealedStore(store.raw, blob_keys.ScopeKeys(store.raw, store.keys.roots))


def test_each_scope_has_a_key_of_its_own(store: SealedStore) -> None:
    for scope in (None, CUW, TOWN_HALL):
        store.of(scope).put(b"x")
    assert set(store.scopes()) == {None, CUW, TOWN_HALL}
    secrets = {store.keys.newest(scope_name(scope)).secret for scope in store.scopes()}
    assert len(secrets) == 3


def test_names_of_scopes_are_read_back() -> None:
    assert [institution_of(scope_name(each)) for each in (None, 1, 4711)] == [None, 1, 4711]


def test_keys_lie_wrapped_in_the_store_and_once_more_among_the_keys(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    store.of(CUW).put(b"x")
    key = store.keys.newest(SCOPE)
    stored = tmp_path / "blobs" / "keys" / SCOPE / key.name
    copy = tmp_path / "keys" / "blob-keys" / SCOPE / key.name
    assert stored.read_bytes() == copy.read_bytes()
    assert key.secret not in stored.read_bytes()


def test_private_files_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    folder_store(tmp_path)
    files = [path for path in (tmp_path / "keys").rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_no_key_can_be_seen_where_a_store_is_printed(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    store.of(CUW).put(b"x")
    printed = f"{store!r} {store.of(CUW)!r} {store.keys.newest(SCOPE)!r} {store.keys.roots.all()!r}"
    for key in (store.keys.newest(SCOPE), store.keys.roots.newest()):
        assert repr(key.secret)[2:-1] not in printed
        assert key.name in repr(key)


def test_two_copies_of_a_key_have_to_be_lost(store: SealedStore, tmp_path: Path) -> None:
    sha256 = store.of(CUW).put(b"x").sha256
    name = store.keys.newest(SCOPE).name
    stored, copy = f"keys/{SCOPE}/{name}", tmp_path / "keys" / "blob-keys" / SCOPE / name
    store.raw.delete(stored)
    assert again(store).of(CUW).read(sha256) == b"x"
    assert store.raw.size(stored), "it was written again"
    copy.unlink()
    assert again(store).of(CUW).read(sha256) == b"x"
    assert copy.exists(), "it was written again"
    store.raw.delete(stored)
    copy.unlink()
    with pytest.raises(BlobDamagedError, match="no key"):
        again(store).of(CUW).read(sha256)


def test_a_copy_of_the_store_and_the_root_key_are_enough_to_read_all(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    digests = [store.of(scope).put(b"kept").sha256 for scope in (None, CUW, TOWN_HALL)]
    root = store.keys.roots.newest()
    shutil.copytree(tmp_path / "blobs", tmp_path / "elsewhere" / "blobs")
    paper = tmp_path / "elsewhere" / "keys" / f"blob-root-{root.name}.key"
    paper.parent.mkdir()
    paper.write_text(f"{root.name} {root.secret.hex()}\n")
    restored = folder_store(tmp_path / "elsewhere")
    contents = [
        restored.of(scope).read(sha256)
        for scope, sha256 in zip((None, CUW, TOWN_HALL), digests, strict=True)
    ]
    assert contents == [b"kept"] * 3


def test_a_damaged_key_is_read_from_its_copy(store: SealedStore) -> None:
    sha256 = store.of(CUW).put(b"x").sha256
    place = f"keys/{SCOPE}/{store.keys.newest(SCOPE).name}"
    whole = raw_bytes(store, place)
    for torn in (b"torn", whole[:-1] + bytes([whole[-1] ^ 1])):
        put_raw(store, place, torn)
        assert again(store).of(CUW).read(sha256) == b"x"
        assert len(raw_bytes(store, place)) == len(whole), "it was written again"


def test_a_key_renewed_elsewhere_serves_from_its_copy_and_stays_as_it_is(
    tmp_path: Path,
) -> None:
    """Another machine has a newer root key that did not come here yet."""
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(b"x").sha256
    name = store.keys.newest(SCOPE).name
    place = f"keys/{SCOPE}/{name}"
    newer = RootKeys(tmp_path / "other machine")
    shutil.copytree(tmp_path / "keys", newer.folder)
    newer.create()
    blob_keys.ScopeKeys(store.raw, newer).wrap_again(SCOPE, name)
    renewed = raw_bytes(store, place)
    assert again(store).of(CUW).read(sha256) == b"x"
    assert raw_bytes(store, place) == renewed
    shutil.rmtree(tmp_path / "keys" / "blob-keys")
    with pytest.raises(BlobKeysUnusableError, match="blob-root-2-"):
        again(store).of(CUW).read(sha256)


def test_a_key_of_another_scope_does_not_pass_for_ones_own(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    store.of(CUW).put(b"x")
    name = store.keys.newest(SCOPE).name
    foreign = f"keys/{scope_name(TOWN_HALL)}/{name}"
    put_raw(store, foreign, raw_bytes(store, f"keys/{SCOPE}/{name}"))
    with pytest.raises(BlobKeysUnusableError, match="damaged"):
        again(store).keys.named(scope_name(TOWN_HALL), name)


def test_without_its_root_key_nothing_opens_and_nothing_is_stored(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(b"x").sha256
    (root,) = (tmp_path / "keys").glob("blob-root-*.key")
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(BlobKeysUnusableError, match="put it back"):
        again(store).of(CUW).read(sha256)
    with pytest.raises(BlobNotStoredError):
        again(store).of(TOWN_HALL).put(b"y")
    (tmp_path / "elsewhere").rename(root)
    assert again(store).of(CUW).read(sha256) == b"x"


def test_no_new_root_key_hides_that_the_old_one_is_missing(tmp_path: Path) -> None:
    folder_store(tmp_path)
    other = open_blobs(f"file://{tmp_path}/blobs", tmp_path / "empty")
    with pytest.raises(BlobKeysUnusableError, match="Przywróć go z kopii"):
        prepare_blob_keys(other)
    assert not (tmp_path / "empty").exists()


def test_preparing_twice_makes_one_root_key(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    prepare_blob_keys(store)
    assert len(store.keys.roots.all()) == 1
    assert store.keys.names(INSTALLATION)


def test_a_root_key_may_be_typed_in_from_paper(tmp_path: Path) -> None:
    key = RootKeys(tmp_path / "a").create()
    (tmp_path / "b").mkdir()
    path = tmp_path / "b" / f"blob-root-{key.name}.key"
    path.write_text(f"{key.name} {key.secret.hex()}\n")
    assert RootKeys(tmp_path / "b").newest() == key


@pytest.mark.parametrize("spoil", [lambda text: text[:-3], lambda text: text.replace("a", "b")])
def test_a_mistyped_root_key_is_named(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    RootKeys(tmp_path).create()
    (path,) = tmp_path.glob("blob-root-*.key")
    path.write_text("".join(spoil(line) for line in path.read_text().splitlines(keepends=True)))
    with pytest.raises(BlobKeysUnusableError, match="blob-root-1-"):
        RootKeys(tmp_path).newest()


def test_the_tenth_key_comes_after_the_ninth() -> None:
    assert order_of("9-ffffffff") < order_of("10-00000000")
    assert order_of("no key") < order_of("1-00000000")


def test_a_new_key_serves_new_blobs_and_the_old_one_old_blobs(store: SealedStore) -> None:
    old = store.of(CUW).put(b"old").sha256
    first = store.keys.newest(SCOPE).name
    second = store.keys.create(SCOPE).name
    new = store.of(CUW).put(b"new").sha256
    assert (key_of(store, old), key_of(store, new)) == (first, second)
    assert [again(store).of(CUW).read(each) for each in (old, new)] == [b"old", b"new"]


def test_blobs_are_wrapped_again_and_their_content_stays(store: SealedStore) -> None:
    large = os.urandom(700_000)
    old = [store.of(CUW).put(content).sha256 for content in (b"", b"old", large)]
    aside = store.of(CUW).put(b"aside").sha256
    store.of(CUW).set_aside(aside, at=now())
    newest = store.keys.create(SCOPE).name
    assert store.wrap_blobs_again(CUW) == 4
    assert store.wrap_blobs_again(CUW) == 0
    assert {key_of(store, sha256) for sha256 in old} == {newest}
    assert [again(store).of(CUW).read(each) for each in (*old, aside)] == [
        b"", b"old", large, b"aside",
    ]  # fmt: skip


def test_a_key_goes_when_it_was_replaced_for_long_and_nothing_is_under_it(
    store: SealedStore,
) -> None:
    sha256 = store.of(CUW).put(b"old").sha256
    first = store.keys.newest(SCOPE).name
    store.keys.create(SCOPE)
    assert store.drop_keys(CUW, before=now() + DAY) == (), "a blob is under it"
    store.wrap_blobs_again(CUW)
    assert store.drop_keys(CUW, before=now() - DAY) == (), "it was replaced just now"
    assert store.drop_keys(CUW, before=now() + DAY) == (first,)
    assert first not in again(store).keys.names(SCOPE)
    assert again(store).of(CUW).read(sha256) == b"old"
    assert store.drop_keys(CUW, before=now() + DAY) == (), "the newest one stays"


def test_a_blob_that_comes_back_while_one_looks_keeps_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in neither place at the moment that place is looked into."""
    store = folder_store(tmp_path)
    sha256 = store.of(CUW).put(b"to and fro").sha256
    store.of(CUW).set_aside(sha256, at=now())
    real = type(store.raw).listed

    def slowly(self: object, prefix: str) -> Iterator[tuple[FoundObject, ...]]:
        if prefix.endswith("/aside"):
            store.of(CUW).bring_back(sha256)
        yield from real(self, prefix)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store.raw), "listed", slowly)
    store.keys.create(SCOPE)
    assert store.drop_keys(CUW, before=now() + DAY) == ()
    assert store.of(CUW).read(sha256) == b"to and fro"


def test_a_damaged_blob_stops_nobody_and_keeps_its_key(store: SealedStore) -> None:
    sha256 = store.of(CUW).put(b"old").sha256
    whole = raw_bytes(store, blob_key(sha256, SCOPE))
    torn = store.of(CUW).put(b"torn").sha256
    put_raw(store, blob_key(torn, SCOPE), whole)
    first = store.keys.newest(SCOPE).name
    store.keys.create(SCOPE)
    assert store.wrap_blobs_again(CUW) == 1
    assert store.drop_keys(CUW, before=now() + DAY) == ()
    assert first in store.keys.names(SCOPE)


def test_a_process_asks_for_the_newest_key_again_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = folder_store(tmp_path)
    store.of(CUW).put(b"old")
    newer = again(store).keys.create(SCOPE).name
    assert store.keys.newest(SCOPE).name != newer
    monkeypatch.setattr(blob_keys, "SECONDS_UNTIL_ASKED_AGAIN", -1.0)
    assert store.keys.newest(SCOPE).name == newer


def test_a_folder_of_keys_that_cannot_be_written_to_stops_nobody(tmp_path: Path) -> None:
    store = folder_store(tmp_path)
    copies = tmp_path / "keys" / "blob-keys"
    shutil.rmtree(copies)
    copies.write_text("a file stands in the way")
    sha256 = store.of(CUW).put(b"x").sha256
    assert again(store).of(CUW).read(sha256) == b"x"


def _put(folder: Path, number: int) -> str:
    store = open_blobs(f"file://{folder}/blobs", folder / "keys")
    return store.of(CUW).put(b"%d" % number).sha256


def test_processes_that_begin_at_once_read_each_other(tmp_path: Path) -> None:
    folder_store(tmp_path)
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        digests = pool.starmap(_put, [(tmp_path, number) for number in range(12)])
    store = folder_store(tmp_path)
    contents = [store.of(CUW).read(sha256) for sha256 in digests]
    assert contents == [b"%d" % number for number in range(12)]
