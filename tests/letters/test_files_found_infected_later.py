"""A file of an accepted letter turns out infected: flagged, kept from all, released by a reason."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from skrytka.accounts.models import Institution, User
from skrytka.evidence.queries import receipt_of
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.ledger.operations import Actor
from skrytka.ledger.queries import events_of
from skrytka.letters.models import FlaggedFile, IntakeState, Letter
from skrytka.letters.operations.flags import CannotRelease, ReleaseFault, release_file
from skrytka.letters.queries.desk import attachment_of
from skrytka.letters.queries.letters import letter_view
from skrytka.letters.queries.packages import package_chunks
from skrytka.letters.queries.screenings import flagged_count, flagged_files, flagged_letter_ids
from tests.world.attachments import added, draft_of, scan_with
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_with, renamed, wormy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    scan_with(OLD)
    return letter_with(anna, cuw, opis=txt(), faktura=wormy())


@pytest.fixture
def flag(letter: Letter, celina: User, town_hall: Institution) -> FlaggedFile:
    """Celina is refused the very bytes that Anna's letter holds."""
    scan_with(NEW)
    added(draft_of(celina, town_hall), "faktura.txt", wormy())
    return FlaggedFile.objects.get()


def names_in_package(letter: Letter) -> list[str]:
    data = b"".join(package_chunks(letter.id))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def release(flag: FlaggedFile, by: User, reason: str = "Producent potwierdził pomyłkę") -> None:
    release_file(flag.pk, flag.institution_id, reason, actor=Actor(str(by.pk)), at=LATER)


def test_a_file_refused_elsewhere_flags_the_same_bytes_here(
    flag: FlaggedFile, letter: Letter, cuw: Institution
) -> None:
    assert (flag.attachment.letter, flag.attachment.position) == (letter, 2)
    assert (flag.state, flag.engine, flag.rule) == ("FLAGGED", "mark, baza 2", "mark")
    assert flagged_letter_ids(cuw.pk) == (letter.id,)
    assert [file.file_name for file in flagged_files(cuw.pk)] == ["faktura.txt"]
    assert flagged_count(cuw.pk) == 1


def test_the_letter_and_its_receipt_stay_as_they_are(flag: FlaggedFile, letter: Letter) -> None:
    view = letter_view(letter.id)
    assert view is not None
    assert (view.state, len(view.attachments)) == (IntakeState.ACCEPTED, 2)
    assert [file.file_name for file in view.flagged_files] == ["faktura.txt"]
    assert receipt_of(letter.id) is not None
    assert blobs_of(letter.institution_id).read(flag.attachment.sha256) == wormy()


def test_nobody_is_handed_the_file_alone_or_in_a_package(flag: FlaggedFile, letter: Letter) -> None:
    assert attachment_of(letter.id, 1) is not None
    assert attachment_of(letter.id, 2) is None
    names = names_in_package(letter)
    assert any("opis.txt" in name for name in names)
    assert not any("faktura.txt" in name for name in names)


def test_what_was_found_is_on_record_once(flag: FlaggedFile, letter: Letter, celina: User) -> None:
    added(draft_of(celina), "jeszcze raz.txt", wormy())
    found = [event for event in events_of("LETTER", str(letter.id)) if event.kind == "FILE_FLAGGED"]
    assert [event.data["rule"] for event in found] == ["mark"]


def test_a_false_alarm_is_released_with_a_reason(
    flag: FlaggedFile, letter: Letter, daria: User
) -> None:
    release(flag, daria)
    assert attachment_of(letter.id, 2) is not None
    assert any("faktura.txt" in name for name in names_in_package(letter))
    last = events_of("LETTER", str(letter.id))[-1]
    assert (last.kind, last.actor_id) == ("FLAG_RELEASED", str(daria.pk))
    flag.refresh_from_db()
    assert (flag.released_by, flag.reason) == (daria, "Producent potwierdził pomyłkę")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_it_stays(flag: FlaggedFile, daria: User, reason: str) -> None:
    with pytest.raises(CannotRelease) as refusal:
        release(flag, daria, reason)
    assert refusal.value.reason is ReleaseFault.NO_REASON


def test_it_is_released_once_and_at_its_own_institution(
    flag: FlaggedFile, daria: User, town_hall: Institution
) -> None:
    with pytest.raises(CannotRelease) as refusal:
        release_file(flag.pk, town_hall.pk, "powód", actor=Actor(str(daria.pk)), at=LATER)
    assert refusal.value.reason is ReleaseFault.NOT_FLAGGED
    release(flag, daria)
    with pytest.raises(CannotRelease):
        release(flag, daria)


def test_the_same_finding_does_not_come_back_but_another_does(
    flag: FlaggedFile, letter: Letter, daria: User, celina: User
) -> None:
    release(flag, daria)
    scan_with(renamed(NEW, "mark, baza 3"))
    added(draft_of(celina), "a.txt", wormy())
    assert attachment_of(letter.id, 2) is not None
    FlaggedFile.objects.update(rule="another")
    added(draft_of(celina), "b.txt", wormy())
    assert attachment_of(letter.id, 2) is None


def test_the_database_knows_no_release_without_a_reason(flag: FlaggedFile) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FlaggedFile.objects.update(state="RELEASED", released_at=LATER)
