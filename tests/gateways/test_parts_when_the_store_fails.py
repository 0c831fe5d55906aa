"""A disk that fills up and a server that dies while a file comes: told, and gone on with later."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from skrytka.gateways import object_store
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.opened_blobs import open_parts
from skrytka.gateways.parts import KEPT_EVERY, Kept, PartNotKeptError, Parts
from tests.world.blobs import create_bucket
from tests.world.disks import small_disk
from tests.world.s3 import ACCESS_KEY, SECRET_KEY, S3Server

MEGABYTE = 1 << 20


def megabytes(data: bytes, start: int = 0) -> Iterator[bytes]:
    for offset in range(start, len(data), MEGABYTE):
        yield data[offset : offset + MEGABYTE]


def _gone_on_with(parts: Parts, file_id: UUID, data: bytes) -> list[Kept]:
    """A server just started answers before it knows where its volumes are: the page asks again."""
    for _ in range(100):
        try:
            return list(parts.write(file_id, KEPT_EVERY, [data[KEPT_EVERY:]]))
        except PartNotKeptError:
            time.sleep(0.2)
    raise AssertionError


def test_what_fits_on_a_full_disk_is_kept_and_the_rest_comes_when_there_is_room(
    tmp_path: Path,
) -> None:
    data, file_id = os.urandom(20 * MEGABYTE), uuid4()
    with small_disk(tmp_path / "disk", megabytes=22) as disk:
        (disk / "other").write_bytes(bytes(8 * MEGABYTE))
        parts = FolderParts(disk / "transfers")
        part = parts.write(file_id, 0, megabytes(data))
        assert next(part).offset == KEPT_EVERY
        kept = next(part).offset
        assert KEPT_EVERY < kept <= 14 * MEGABYTE
        with pytest.raises(PartNotKeptError, match="No space left"):
            next(part)
        (disk / "other").unlink()
        assert list(parts.write(file_id, kept, [data[kept:]]))[-1].offset == len(data)
        with parts.opened(file_id, len(data)) as file:
            assert file.read() == data


def test_a_store_that_dies_in_the_middle_keeps_what_it_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    monkeypatch.setattr(object_store, "PATIENCE", timedelta(seconds=1))
    data, file_id = os.urandom(20 * MEGABYTE), uuid4()
    server = S3Server(tmp_path)
    server.start()
    try:
        create_bucket(server.endpoint, "pisma")
        parts = open_parts(f"s3://pisma/d?endpoint={server.endpoint}", tmp_path / "spool")
        part = parts.write(file_id, 0, megabytes(data))
        assert next(part).offset == KEPT_EVERY
        server.kill()
        with pytest.raises(PartNotKeptError):
            next(part)
        server.start()
        rest = _gone_on_with(parts, file_id, data)
        assert rest[-1].offset == len(data)
        with parts.opened(file_id, len(data)) as file:
            assert file.read() == data
        assert not list((tmp_path / "spool").iterdir())
    finally:
        server.kill()
