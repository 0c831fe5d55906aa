"""The disk is full: the person reads so, nothing is half accepted, and it goes on by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client

from skrytka.accounts.models import User
from skrytka.config.effects import drain
from skrytka.gateways.folder_parts import FolderParts
from skrytka.gateways.installed import install, installed
from skrytka.ledger.operations import Lane
from skrytka.letters.models import Draft, DraftAttachment, Transfer
from tests.web.compose.conftest import ReaderOf
from tests.web.compose.test_resumable_uploads import TUS, begin, patch
from tests.world.attachments import listed
from tests.world.blobs import folder_store
from tests.world.disks import small_disk
from tests.world.files import bmp

pytestmark = pytest.mark.django_db
MEGABYTE = 1 << 20
FRAGMENT = {"X-Requested-With": "XMLHttpRequest"}
PICTURE = bmp(1500, 1200)  # some 5 MB, taken in by the worker


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk for what comes and for what stays."""
    before = installed()
    with small_disk(tmp_path / "disk", megabytes=16) as folder:
        parts = FolderParts(folder / "transfers")
        install(replace(before, parts=parts, blobs=folder_store(folder)))
        yield folder
        install(before)


@pytest.fixture
def client(reader_of: ReaderOf, anna: User) -> Client:
    return reader_of(anna)


def fill(disk: Path, megabytes: int) -> Path:
    path = disk / "other"
    path.write_bytes(bytes(megabytes * MEGABYTE))
    return path


def test_a_part_that_does_not_fit_is_told_and_sent_again_later(
    client: Client, draft: Draft, disk: Path
) -> None:
    other = fill(disk, 14)
    url = begin(client, draft, "mapa.bmp", len(PICTURE))["Location"]
    answer = patch(client, url, 0, PICTURE)
    assert answer.status_code == 507
    assert (
        "Nie możemy teraz zapisać pliku mapa.bmp. To, co już przyszło, jest zapisane."
        in answer.content.decode()
    )
    offset = int(client.head(url, headers=TUS)["Upload-Offset"])
    assert offset < len(PICTURE)
    assert listed(draft.id) == []
    other.unlink()
    assert patch(client, url, offset, PICTURE[offset:]).status_code == 204
    drain("worker-1", lane=Lane.FILES)
    assert listed(draft.id) == [("mapa.bmp", "SAFE", "")]


def test_a_file_that_arrived_waits_until_there_is_room_to_keep_it(
    client: Client, draft: Draft, disk: Path
) -> None:
    other = fill(disk, 9)
    url = begin(client, draft, "mapa.bmp", len(PICTURE))["Location"]
    assert patch(client, url, 0, PICTURE).status_code == 204
    assert drain("worker-1", lane=Lane.FILES) == 1
    assert listed(draft.id) == []
    row = client.get(url.replace("/przesylanie/", "/pliki/"), headers=FRAGMENT).content.decode()
    assert "Sprawdzamy, czy plik jest bezpieczny" in row
    assert [path.name for path in (disk / "blobs" / "incoming").iterdir()] == []
    other.unlink()
    taken_in_again()
    assert listed(draft.id) == [("mapa.bmp", "SAFE", "")]
    assert not Transfer.objects.exists()
    assert DraftAttachment.objects.get().size == len(PICTURE)


def test_after_a_while_the_person_reads_that_it_takes_longer(
    client: Client, draft: Draft, disk: Path
) -> None:
    fill(disk, 9)
    url = begin(client, draft, "mapa.bmp", len(PICTURE))["Location"]
    patch(client, url, 0, PICTURE)
    drain("worker-1", lane=Lane.FILES)
    Transfer.objects.update(expires_at=F("expires_at") - timedelta(minutes=2))
    answer = client.get(url.replace("/przesylanie/", "/pliki/"), headers=FRAGMENT)
    row = answer.content.decode()
    assert "Nie możemy teraz sprawdzić pliku mapa.bmp. Zapisaliśmy go i sprawdzimy" in row
    assert "data-coming" in row
    assert "hx-get" in row


def taken_in_again() -> None:
    """The outbox waits a little longer after each attempt: here its time has come."""
    from skrytka.ledger.models import OutboxRow

    row = OutboxRow.objects.get(effect="TAKE_IN_FILE")
    assert (row.state, "BlobNotStoredError" in row.last_error) == ("PENDING", True)
    OutboxRow.objects.filter(id=row.id).update(due_at=row.created_at)
    assert drain("worker-1", lane=Lane.FILES) == 1
