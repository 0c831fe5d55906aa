"""A store that fails for a day: the file is tried again and again, and then told as refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.config.screening import watch_files
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.installed import install, installed
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import Effect, Lane, claim_due, mark_failed
from skrytka.ledger.operations.outbox import OutboxItem, last_attempt, wait_after
from skrytka.ledger.queries import stuck_effects
from skrytka.letters.models import Draft, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations.attachments import remove_attachment
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.receiving import Part, receive_part
from skrytka.letters.operations.taking_in import list_given_up_files, take_in_file
from skrytka.letters.operations.transfers import NewTransfer, begin_transfer
from tests.world.attachments import AT, draft_of, listed
from tests.world.blobs import folder_store
from tests.world.disks import small_disk
from tests.world.files import bmp

pytestmark = pytest.mark.django_db
PICTURE = bmp(1500, 1200)  # some 5 MB
MEGABYTE = 1 << 20
DAY = timedelta(days=1)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk that is full by the time a file has arrived."""
    before = installed()
    with small_disk(tmp_path / "disk", megabytes=16) as folder:
        parts = FolderParts(folder / "transfers")
        install(replace(before, parts=parts, blobs=folder_store(folder)))
        yield folder
        install(before)


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    found = draft_of(anna, cuw)
    Draft.objects.filter(id=found.id).update(title="Tytuł", body="Treść")
    return found


@pytest.fixture
def arrived(draft: Draft, disk: Path) -> UUID:
    (disk / "other").write_bytes(bytes(9 * MEGABYTE))
    transfer_id = begin_transfer(NewTransfer(draft.id, "mapa.bmp", len(PICTURE)), at=AT)
    receive_part(transfer_id, Part(0, [PICTURE], len(PICTURE)), at=AT)
    return transfer_id


def tried_once(at: datetime) -> datetime | None:
    """One look of the worker: when the next one is due, None when there will be none."""
    for item in claim_due("worker-1", at=at, lane=Lane.FILES):
        tried(item, at)
    row = OutboxRow.objects.get(effect=Effect.TAKE_IN_FILE)
    return row.due_at if row.state == OutboxState.PENDING else None


def tried(item: OutboxItem, at: datetime) -> None:
    with pytest.raises(BlobNotStoredError) as failed:
        take_in_file(UUID(item.payload["transfer"]), at=at)
    mark_failed(item, f"BlobNotStoredError: {failed.value}", at=at)


def given_up() -> None:
    """As after a day of trying; the attempts between are alike."""
    OutboxRow.objects.update(attempts=last_attempt(Effect.TAKE_IN_FILE) - 1)
    assert tried_once(AT) is None


def test_a_disk_that_is_full_for_hours_gives_nothing_up(
    draft: Draft, arrived: UUID, disk: Path
) -> None:
    at, until = AT, AT + timedelta(hours=3)
    while at < until:
        again = tried_once(at)
        assert again is not None
        assert again - at <= timedelta(minutes=5)
        at = again
    assert list_given_up_files(at=at) == 0
    (disk / "other").unlink()
    take_in_file(arrived, at=at)
    assert listed(draft.id) == [("mapa.bmp", "SAFE", "")]


def test_it_is_tried_for_a_day() -> None:
    effect = Effect.TAKE_IN_FILE
    waits = (wait_after(attempts, effect) for attempts in range(1, last_attempt(effect)))
    assert DAY < sum(waits, timedelta(0)) < DAY + timedelta(hours=1)


def test_then_it_stands_in_the_list_as_refused_and_the_operator_still_sees_why(
    draft: Draft, arrived: UUID, disk: Path
) -> None:
    given_up()
    watch_files(at=AT + DAY)
    assert listed(draft.id) == [("mapa.bmp", "REFUSED", "F-STORE")]
    assert DraftAttachment.objects.get(id=arrived).size == len(PICTURE)
    assert not Transfer.objects.exists()
    assert list((disk / "transfers").rglob("*.*")) == []
    (stuck,) = stuck_effects()
    assert stuck.key == f"transfer:{arrived}"
    assert "BlobNotStoredError" in stuck.last_error
    assert list_given_up_files(at=AT + DAY) == 0


def test_the_letter_goes_on_without_the_file(draft: Draft, arrived: UUID) -> None:
    given_up()
    list_given_up_files(at=AT + DAY)
    remove_attachment(draft.id, arrived, at=AT + DAY)
    assert freeze_document(draft.id, at=AT + DAY).sha256


def test_a_draft_that_was_put_away_gets_no_row(draft: Draft, arrived: UUID) -> None:
    given_up()
    Draft.objects.filter(id=draft.id).update(state=DraftState.DISCARDED)
    assert list_given_up_files(at=AT + DAY) == 1
    assert listed(draft.id) == []
    assert not Transfer.objects.exists()


def test_a_process_that_died_before_it_tidied_up_lists_it_once(draft: Draft, arrived: UUID) -> None:
    given_up()
    kept = Transfer.objects.get(id=arrived)
    list_given_up_files(at=AT + DAY)
    kept.save(force_insert=True)
    assert list_given_up_files(at=AT + DAY) == 1
    assert listed(draft.id) == [("mapa.bmp", "REFUSED", "F-STORE")]
    assert not Transfer.objects.exists()
