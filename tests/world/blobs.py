"""Blob stores of every kind: a folder, a real S3 server, memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import obstore
import pytest

from skrytka.gateways.memory_blobs import memory_blobs
from skrytka.gateways.object_store import open_store
from skrytka.gateways.opened_blobs import open_blobs, prepare_blob_keys
from skrytka.gateways.sealed_blobs import SealedBlobs
from skrytka.gateways.sealed_store import SealedStore
from tests.world.s3 import ACCESS_KEY, SECRET_KEY, running_s3

CUW, TOWN_HALL = 1, 2


@contextmanager
def s3_bucket(folder: Path) -> Iterator[str]:
    """The address of a bucket on a real server."""
    with pytest.MonkeyPatch.context() as patch, running_s3(folder) as end:
        patch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        create_bucket(end, "pisma")
        yield f"s3://pisma/dane?endpoint={end}"


def create_bucket(endpoint: str, name: str) -> None:
    """SeaweedFS makes a bucket of a first write by an administrator."""
    obstore.put(open_store(f"s3://{name}?endpoint={endpoint}"), "start", b"1")


def folder_store(folder: Path) -> SealedStore:
    """A store in a folder of its own, its keys beside it."""
    store = open_blobs(f"file://{folder}/blobs", folder / "keys")
    prepare_blob_keys(store)
    return store


def store_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> SealedStore:
    """A store of a kind; the module that asks for `s3` has the fixture `s3_address`."""
    if kind == "memory":
        return memory_blobs(folder / "keys")
    if kind == "folder":
        return folder_store(folder)
    address = request.getfixturevalue("s3_address").replace("/dane?", f"/{folder.name}?")
    store = open_blobs(address, folder / "keys", folder / "incoming")
    prepare_blob_keys(store)
    return store


def sealed(store: SealedStore, institution_id: int | None = CUW) -> SealedBlobs:
    """The blobs of a scope, with all that the gateway knows of them."""
    blobs = store.of(institution_id)
    assert isinstance(blobs, SealedBlobs)
    return blobs


def raw_bytes(store: SealedStore, key: str) -> bytes:
    return b"".join(store.raw.open(key).chunks)


def put_raw(store: SealedStore, key: str, data: bytes) -> None:
    """What somebody else might have done to the store behind our back."""
    with store.raw.incoming() as file:
        file.write(data)
        store.raw.replace(file, key)
