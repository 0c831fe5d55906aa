"""`skrytka doctor --blobs` finds what is damaged, missing, too many, in text and as JSON."""

import hashlib
import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.cli import doctor
from skrytka.config.blob_check import BlobCount, BlobFault, check_blobs
from skrytka.gateways.blobs import BlobNotStoredError, blob_key, scope_name
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.object_store import ObjectStore
from skrytka.gateways.opened_blobs import open_blobs
from skrytka.gateways.sealed_store import SealedStore
from skrytka.letters.models import DraftAttachment, Letter
from tests.desk.world import signed_letter
from tests.world.attachments import added
from tests.world.blobs import folder_store, put_raw, raw_bytes
from tests.world.files import EICAR, pdf, txt
from tests.world.letters import written_draft

pytestmark = pytest.mark.django_db

Told = list[dict[str, object]]


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[SealedStore]:
    before = installed()
    store = folder_store(tmp_path)
    install(replace(before, blobs=store))
    yield store
    install(before)


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution, store: SealedStore) -> Letter:
    return signed_letter(anna, daria, cuw)


def checked(capsys: pytest.CaptureFixture[str], status: int) -> tuple[Told, dict[str, int]]:
    """The findings and the count, as a program reads them."""
    assert doctor.run(Namespace(blobs=True, json=True, mib_per_second=0)) == status
    *findings, count = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return findings, count


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place_of(letter: Letter, sha256: str) -> str:
    return blob_key(sha256, scope_name(letter.institution_id))


def test_all_is_well_with_a_letter(letter: Letter, capsys: pytest.CaptureFixture[str]) -> None:
    findings, count = checked(capsys, 0)
    assert findings == []
    assert (count["blobs"], count["damaged"], count["missing"]) == (3, 0, 0)
    assert count["bytes"] > len(pdf())
    assert count["rows"] == 5, "two of the letter, three of its draft"


def test_a_damaged_blob_is_named(
    letter: Letter, store: SealedStore, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of(letter, letter.document_sha256)
    spoiled = bytearray(raw_bytes(store, place))
    spoiled[-1] ^= 1
    put_raw(store, place, bytes(spoiled))
    (finding,), count = checked(capsys, 1)
    assert (finding["fault"], finding["sha256"]) == ("DAMAGED", letter.document_sha256)
    assert finding["scope"] == scope_name(letter.institution_id)
    assert count["damaged"] == 1


def test_a_missing_blob_is_named_with_whoever_refers_to_it(
    letter: Letter, capsys: pytest.CaptureFixture[str]
) -> None:
    blobs_of(letter.institution_id).delete(letter.document_sha256)
    findings, count = checked(capsys, 1)
    rows = {finding["row"] for finding in findings}
    assert f"letters.Letter.document_sha256 {letter.id}" in rows
    assert {finding["fault"] for finding in findings} == {"MISSING"}
    assert count["missing"] == len(findings) == 2, "the letter's, and its draft's"


def test_what_nothing_refers_to_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = blobs_of(None).put(b"nobody's").sha256
    (finding,), _count = checked(capsys, 0)
    assert (finding["fault"], finding["sha256"]) == ("UNREFERRED", sha256)


def test_a_refused_file_is_not_missed(
    anna: User, cuw: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    added(written_draft(anna, cuw), "wirus.txt", EICAR)
    findings, _count = checked(capsys, 0)
    assert findings == []


def test_what_an_earlier_release_left_is_checked_too(
    letter: Letter, store: SealedStore, capsys: pytest.CaptureFixture[str]
) -> None:
    blobs = blobs_of(letter.institution_id)
    put_raw(store, blob_key(letter.document_sha256), blobs.read(letter.document_sha256))
    blobs.delete(letter.document_sha256)
    (finding,), _count = checked(capsys, 0)
    assert (finding["fault"], finding["text"]) == ("UNSEALED", "")
    put_raw(store, blob_key(letter.document_sha256), b"torn")
    (finding,), _count = checked(capsys, 1)
    assert finding["fault"] == "DAMAGED"
    store.plain.delete(letter.document_sha256)
    blobs.put(b"")
    put_raw(store, blob_key(sha256_of(b"nobody's")), b"nobody's")
    texts = {finding["text"] for finding in checked(capsys, 1)[0]}
    assert "nobody refers to it" in texts


def test_it_is_told_in_words_as_well(letter: Letter, capsys: pytest.CaptureFixture[str]) -> None:
    blobs_of(letter.institution_id).delete(letter.document_sha256)
    assert doctor.run(Namespace(blobs=True, json=False, mib_per_second=0)) == 1
    told = capsys.readouterr().out
    assert f"MISSING {scope_name(letter.institution_id)} {letter.document_sha256}" in told
    assert "2 missing" in told.splitlines()[-1]


def test_a_row_that_goes_meanwhile_is_no_fault(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    for row in (added(draft, "umowa.pdf", pdf()), added(draft, "opis.txt", txt())):
        blobs_of(cuw.pk).delete(row.sha256)
    checking = check_blobs(BlobCount(), lambda _size: None)
    assert next(checking).fault is BlobFault.MISSING
    DraftAttachment.objects.all().delete()
    assert list(checking) == [], "the other one was removed before it was looked for"


def test_reading_keeps_to_a_pace(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    blobs_of(None).put(bytes(3 << 20))
    assert doctor.run(Namespace(blobs=True, json=False, mib_per_second=1)) == 0
    assert 2.5 < max(waited) < 3.1


def test_a_store_that_does_not_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def gone(*_args: object) -> None:
        raise BlobNotStoredError("nobody answers")

    store = open_blobs("s3://pisma?endpoint=http://127.0.0.1:9", tmp_path / "keys")
    monkeypatch.setattr(ObjectStore, "listed", gone)
    install(replace(installed(), blobs=store))
    assert doctor.run(Namespace(blobs=True, json=False, mib_per_second=0)) == 2
    assert "nobody answers" in capsys.readouterr().err
