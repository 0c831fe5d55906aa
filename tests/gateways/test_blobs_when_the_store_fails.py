"""A disk that fills up and a server that dies in the middle: told, and nothing half stored."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.gateways import object_store
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.sealed_store import SealedStore
from tests.world.blobs import CUW, create_bucket, folder_store, store_of
from tests.world.disks import small_disk
from tests.world.s3 import ACCESS_KEY, SECRET_KEY, S3Server

MEGABYTE = 1 << 20


def megabytes(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield os.urandom(MEGABYTE)


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_disk_that_fills_up_is_told_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        store = folder_store(disk)
        kept = store.of(CUW).put(b"before").sha256
        before = files_in(disk)
        with pytest.raises(BlobNotStoredError, match="No space left"):
            store.of(CUW).put_stream(megabytes(12))
        assert files_in(disk) == before
        assert store.of(CUW).read(kept) == b"before"
        assert store.of(CUW).put_stream(megabytes(3)).size == 3 * MEGABYTE, "there is room again"


LIMITED = """
import resource, sys
from pathlib import Path
from skrytka.gateways.blobs import BlobNotStoredError
from tests.world.blobs import CUW, folder_store
store = folder_store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    store.of(CUW).put_stream(bytes(1 << 19) for _ in range(5))
except BlobNotStoredError as error:
    print(error)
"""


def test_a_file_that_may_not_grow_is_told_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    """The same by a limit of the system, which needs no right to mount."""
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "File too large" in told
    assert not [name for name in files_in(tmp_path / "blobs") if not name.startswith("keys/")]


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[S3Server]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setattr(object_store, "PATIENCE", timedelta(seconds=1))
    server = S3Server(tmp_path_factory.mktemp("s3"))
    server.start()
    create_bucket(server.endpoint, "pisma")
    yield server
    server.kill()


@pytest.fixture
def s3_address(server: S3Server) -> str:
    return f"s3://pisma/dane?endpoint={server.endpoint}"


@pytest.fixture
def store(tmp_path: Path, request: pytest.FixtureRequest, s3_address: str) -> SealedStore:
    return store_of("s3", tmp_path, request)


def test_a_server_that_dies_in_the_middle_is_told_and_the_next_upload_is_whole(
    store: SealedStore, server: S3Server, tmp_path: Path
) -> None:
    kept = store.of(CUW).put(b"before").sha256
    content = os.urandom(40 * MEGABYTE)
    killer = threading.Timer(0.05, server.kill)
    with pytest.raises(BlobNotStoredError):
        store.of(CUW).put_stream(_until_killed(content, killer, server))
    assert files_in(tmp_path / "incoming") == set()
    server.start()
    assert _settled(store, kept) == b"before"
    stored = store.of(CUW).put(content)
    assert store.of(CUW).read(stored.sha256) == content


def _until_killed(content: bytes, killer: threading.Timer, server: S3Server) -> Iterator[bytes]:
    """The server dies while the bytes are on their way to it: they are sent after the last one."""
    yield content
    killer.start()


def _settled(store: SealedStore, sha256: str) -> bytes:
    """A server just started answers before it knows where its volumes are."""
    for _ in range(100):
        try:
            return store.of(CUW).read(sha256)
        except Exception:  # noqa: BLE001 - whatever it says until then
            time.sleep(0.2)
    return store.of(CUW).read(sha256)


def test_a_server_that_is_not_there_is_told(store: SealedStore, server: S3Server) -> None:
    sha256 = store.of(CUW).put(b"before").sha256
    server.kill()
    with pytest.raises(BlobNotStoredError):
        store.of(CUW).put(b"nobody takes it")
    with pytest.raises(BlobNotStoredError):
        store.of(CUW).read(sha256)
