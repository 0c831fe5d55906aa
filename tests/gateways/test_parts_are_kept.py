"""One contract for every store of growing files: a folder, a real S3 server, memory."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from skrytka.config.clock import machine_now
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.object_parts import ObjectParts
from skrytka.gateways.opened_blobs import open_parts
from skrytka.gateways.parts import (
    KEPT_EVERY,
    Kept,
    PartNotKeptError,
    Parts,
    TakenOverError,
)
from tests.gateways.test_blobs_are_kept import s3_address

__all__ = ["s3_address"]

MEGABYTE = 1 << 20


@pytest.fixture(params=["folder", "s3", "memory"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> Parts:
    if request.param == "s3":
        return open_parts(request.getfixturevalue("s3_address"), tmp_path)
    if request.param == "memory":
        return ObjectParts(MemoryStore())
    return open_parts("file:///anywhere", tmp_path / "transfers")


class CutError(Exception):
    """The connection ends."""


def cut_after(*chunks: bytes) -> Iterator[bytes]:
    yield from chunks
    raise CutError


def written(parts: Parts, file_id: UUID, offset: int, chunks: Iterable[bytes]) -> list[Kept]:
    return list(parts.write(file_id, offset, chunks))


def read(parts: Parts, file_id: UUID, size: int) -> bytes:
    with parts.opened(file_id, size) as file:
        return file.read()


def test_parts_are_joined_in_order_and_their_digest_is_followed(parts: Parts) -> None:
    file_id = uuid4()
    written(parts, file_id, 0, [b"Zaz", b"olc "])
    last = written(parts, file_id, 7, [b"gesla", b" jazn"])[-1]
    assert last == Kept(17, hashlib.sha256(b"Zazolc gesla jazn").hexdigest())
    assert read(parts, file_id, 17) == b"Zazolc gesla jazn"


def test_what_came_before_a_cut_is_kept_and_the_cut_is_told(parts: Parts) -> None:
    file_id = uuid4()
    part = parts.write(file_id, 0, cut_after(b"ala", b" ma"))
    assert next(part).offset == 6
    with pytest.raises(CutError):
        next(part)
    written(parts, file_id, 6, [b" kota"])
    assert read(parts, file_id, 11) == b"ala ma kota"


def test_a_long_part_is_kept_on_the_way(parts: Parts) -> None:
    file_id, data = uuid4(), os.urandom(2 * KEPT_EVERY + 5)
    chunks = [data[start : start + MEGABYTE] for start in range(0, len(data), MEGABYTE)]
    offsets = [one.offset for one in parts.write(file_id, 0, chunks)]
    assert offsets == [KEPT_EVERY, 2 * KEPT_EVERY, 2 * KEPT_EVERY + 5]
    assert read(parts, file_id, len(data)) == data


def test_what_stood_behind_the_offset_is_dropped(parts: Parts) -> None:
    """After a power cut bytes may lie there that nobody vouched for."""
    file_id = uuid4()
    written(parts, file_id, 0, [b"pewne"])
    written(parts, file_id, 5, [b" i niepewne"])
    last = written(parts, file_id, 5, [b"!"])[-1]
    assert read(parts, file_id, 6) == b"pewne!"
    assert last.sha256 == ""  # the digest had gone ahead: not followed is not a wrong one


def test_only_the_told_size_is_read_back(parts: Parts) -> None:
    file_id = uuid4()
    written(parts, file_id, 0, [b"abc"])
    written(parts, file_id, 3, [b"def"])
    assert read(parts, file_id, 3) == b"abc"


def test_the_last_writer_has_the_file(parts: Parts) -> None:
    """A dead connection that comes to life again must not write into what goes on elsewhere."""
    file_id = uuid4()
    late = parts.write(file_id, 0, iter([b"x" * KEPT_EVERY, b"za pozno"]))
    assert next(late).offset == KEPT_EVERY
    written(parts, file_id, KEPT_EVERY, [b"y"])
    with pytest.raises(TakenOverError):
        next(late)
    assert read(parts, file_id, KEPT_EVERY + 1)[-2:] == b"xy"


def test_what_is_forgotten_is_gone(parts: Parts) -> None:
    file_id = uuid4()
    written(parts, file_id, 0, [b"abc"])
    later = machine_now() + timedelta(minutes=1)
    assert file_id in {one for found in parts.left_behind(later) for one in found}
    parts.forget(file_id)
    parts.forget(file_id)
    assert file_id not in {one for found in parts.left_behind(later) for one in found}


def test_what_is_written_to_now_is_not_left_behind(parts: Parts) -> None:
    file_id = uuid4()
    written(parts, file_id, 0, [b"abc"])
    before = machine_now() - timedelta(minutes=1)
    assert file_id not in {one for found in parts.left_behind(before) for one in found}


def test_going_on_behind_the_end_is_refused(tmp_path: Path) -> None:
    parts = FolderParts(tmp_path)
    with pytest.raises(PartNotKeptError, match="less than 9 bytes"):
        written(parts, uuid4(), 9, [b"abc"])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PartNotKeptError), FolderParts(tmp_path).opened(uuid4(), 3):
        pass


def test_a_store_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    parts = open_parts("s3://nic?endpoint=http://127.0.0.1:9&retries=0", Path("unused"))
    with pytest.raises(PartNotKeptError):
        written(parts, uuid4(), 0, [b"abc"])


@given(data=st.binary(max_size=2000), cuts=st.lists(st.integers(0, 2000), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_chunking_gives_the_same_bytes_and_digest(
    tmp_path: Path, data: bytes, cuts: list[int]
) -> None:
    parts, file_id, offset = FolderParts(tmp_path), uuid4(), 0
    last = Kept(0, "")
    for end in [*sorted(min(cut, len(data)) for cut in cuts), len(data)]:
        for last in parts.write(file_id, offset, [data[offset:end]]):
            offset = last.offset
    if data:
        assert (last.offset, last.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert read(parts, file_id, len(data)) == data
