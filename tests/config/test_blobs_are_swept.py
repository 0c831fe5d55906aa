"""Bytes that nothing refers to go after a day and another; those of a letter never."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from skrytka.accounts.models import Institution, User
from skrytka.config.blob_references import REFERENCES
from skrytka.config.blob_sweep import Swept, sweep_blobs
from skrytka.config.clock import now
from skrytka.gateways.blobs import Blobs, BlobStore
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.memory_blobs import memory_blobs
from skrytka.gateways.opened_blobs import open_blobs
from skrytka.letters.models import Draft, DraftAttachment, Letter
from skrytka.letters.operations.attachments import remove_attachment
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import purge_drafts
from tests.desk.world import signed_letter
from tests.world.attachments import added
from tests.world.files import pdf, txt
from tests.world.letters import LATER, written_draft

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1, minutes=5)


def folder_of(tmp_path: Path) -> BlobStore:
    return open_blobs(f"file://{tmp_path}/b", settings.ENVIRONMENT.keys)


@pytest.fixture(params=["folder", "memory"], autouse=True)
def blobs(request: pytest.FixtureRequest, tmp_path: Path, cuw: Institution) -> Iterator[Blobs]:
    """The blobs of the institution that the letters of these tests go to."""
    before = installed()
    store = memory_blobs(tmp_path) if request.param == "memory" else folder_of(tmp_path)
    install(replace(before, blobs=store))
    yield blobs_of(cuw.pk)
    install(before)


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return written_draft(anna, cuw)


def in_days(count: int) -> datetime:
    """So many days on, and a little more, by the clock that the store has."""
    return now() + count * DAY


def removed(draft: Draft) -> str:
    row = added(draft, "umowa.pdf", pdf())
    remove_attachment(draft.id, row.id, at=LATER)
    return row.sha256


def test_a_removed_attachment_is_set_aside_after_a_day_and_deleted_after_another(
    draft: Draft, blobs: Blobs
) -> None:
    sha256 = removed(draft)
    assert sweep_blobs(at=now()) == Swept()
    assert sweep_blobs(at=in_days(1)) == Swept(set_aside=1)
    assert blobs.read(sha256) == pdf()
    assert blobs.size(sha256) == len(pdf())
    assert sweep_blobs(at=in_days(3)) == Swept(deleted=1)
    assert not blobs.has(sha256)
    assert sweep_blobs(at=in_days(9)) == Swept()


def test_a_folder_tells_since_when_bytes_are_aside(draft: Draft, tmp_path: Path) -> None:
    install(replace(installed(), blobs=folder_of(tmp_path)))
    removed(draft)
    assert sweep_blobs(at=in_days(1)) == Swept(set_aside=1)
    assert sweep_blobs(at=in_days(1) + timedelta(hours=23)) == Swept()
    assert sweep_blobs(at=in_days(1) + timedelta(hours=25)) == Swept(deleted=1)


def test_nothing_of_a_letter_or_of_an_open_draft_goes(
    anna: User, daria: User, cuw: Institution, blobs: Blobs, draft: Draft
) -> None:
    letter = signed_letter(anna, daria, cuw)
    kept = added(draft, "opis.txt", txt())
    freeze_document(draft.id, at=LATER)
    # What was handed out for signing is referred to by the draft that was sent.
    assert sweep_blobs(at=in_days(1)) == Swept()
    assert sweep_blobs(at=in_days(99)) == Swept()
    digests = {letter.document_sha256, kept.sha256, Draft.objects.get(id=draft.id).document_sha256}
    digests |= {row.sha256 for row in letter.attachments.all()}
    assert all(blobs.has(sha256) for sha256 in digests)


def test_each_institution_is_swept_by_itself(
    anna: User, cuw: Institution, town_hall: Institution, draft: Draft
) -> None:
    kept = added(written_draft(anna, town_hall), "ta sama umowa.pdf", pdf())
    assert removed(draft) == kept.sha256
    sweep_blobs(at=in_days(1))
    assert sweep_blobs(at=in_days(3)) == Swept(deleted=1)
    assert not blobs_of(cuw.pk).has(kept.sha256)
    assert blobs_of(town_hall.pk).read(kept.sha256) == pdf()


def test_files_of_a_purged_draft_go(draft: Draft, blobs: Blobs) -> None:
    sha256 = added(draft, "umowa.pdf", pdf()).sha256
    freeze_document(draft.id, at=LATER)
    purge_drafts(at=in_days(31))
    assert sweep_blobs(at=in_days(31)).set_aside == 2
    assert sweep_blobs(at=in_days(33)).deleted == 2
    assert not blobs.has(sha256)


def test_bytes_that_come_again_while_aside_are_brought_back(
    draft: Draft, cuw: Institution, blobs: Blobs
) -> None:
    sha256 = removed(draft)
    sweep_blobs(at=in_days(1))
    # The store said „there already” a moment before the sweep: only the row is new.
    DraftAttachment.objects.create(
        draft=draft, position=9, file_name="umowa.pdf", size=len(pdf()), sha256=sha256, kept_by=cuw,
        state="SAFE", added_at=LATER,
    )  # fmt: skip
    assert b"".join(blobs.stream(sha256)) == pdf()
    assert sweep_blobs(at=in_days(3)) == Swept(brought_back=1)
    assert sweep_blobs(at=in_days(9)) == Swept()
    assert blobs.read(sha256) == pdf()


def test_bytes_that_are_written_again_live_on_beside_those_set_aside(
    draft: Draft, blobs: Blobs
) -> None:
    sha256 = removed(draft)
    sweep_blobs(at=in_days(1))
    blobs.put(pdf())
    blobs.forget_aside(sha256)
    assert blobs.read(sha256) == pdf()


def test_malware_is_deleted_wherever_it_lies(blobs: Blobs) -> None:
    stored = blobs.put(b"zarazone")
    blobs.set_aside(stored.sha256, at=now())
    blobs.delete(stored.sha256)
    assert not blobs.has(stored.sha256)
    blobs.bring_back(stored.sha256)
    blobs.set_aside(stored.sha256, at=now())
    assert not blobs.has(stored.sha256)


def test_every_column_that_names_a_blob_is_asked() -> None:
    """Receipts and reports keep their bytes in the database; the digest in them is a fact."""
    named = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.name.endswith("sha256") and model._meta.app_label != "evidence"
    }
    assert named == {(each.model, each.field) for each in REFERENCES}
    assert (Letter, "document_sha256") in named
