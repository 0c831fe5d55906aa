"""Files of letters that went out are screened again when the scanners know more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import FlaggedBytes, OutgoingDraft, OutgoingLetter
from skrytka.delivery.operations.rescreening import rescreen_sent_letters
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.queries import events_of
from skrytka.letters.models import FileScreening, FlaggedFile
from skrytka.letters.operations import rescreening
from skrytka.letters.operations.rescreening import Rescreened, rescreen_letters
from tests.world.attachments import scan_with
from tests.world.files import txt
from tests.world.outgoing import SENT_AT, days
from tests.world.screened import NEW, OLD, WORM, SilentOn
from tests.world.sent_files import draft_with, sent, sent_with

pytestmark = pytest.mark.django_db
NOTHING = Rescreened()


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    scan_with(OLD)
    yield
    install(before)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return sent_with(daria, cuw, anna)


def again(within: int = 30) -> Rescreened:
    return rescreen_sent_letters(days=within, at=days(1))


def outcomes() -> list[str]:
    rows = FileScreening.objects.filter(occasion="AGAIN").order_by("id")
    return [row.outcome for row in rows]


def test_a_newer_database_flags_what_it_finds_and_asks_once(
    letter: OutgoingLetter, cuw: Institution
) -> None:
    scan_with(NEW)
    assert again() == Rescreened(screened=1, flagged=1)
    flag, file = FlaggedBytes.objects.get(), letter.files.get()
    assert (flag.institution, flag.digest, flag.size) == (cuw, file.sha256, file.size)
    assert (flag.file_name, flag.engine, flag.state) == ("umowa.txt", "mark, baza 2", "FLAGGED")
    (event,) = (each for each in events_of("OUTGOING", str(letter.id)) if each.data.get("rule"))
    assert (event.kind, event.data["position"]) == ("FILE_FLAGGED", 1)
    assert again() == NOTHING
    assert outcomes() == ["REFUSED"]


def test_what_is_clean_stays_open(daria: User, cuw: Institution, anna: User) -> None:
    sent_with(daria, cuw, anna, txt())
    scan_with(NEW)
    assert again() == Rescreened(screened=1)
    assert outcomes() == ["SAFE"]


def test_older_letters_are_left_alone(letter: OutgoingLetter) -> None:
    scan_with(NEW)
    assert rescreen_sent_letters(days=30, at=days(31)) == NOTHING
    assert again(within=0) == NOTHING


def test_what_a_series_carries_is_read_once_and_answered_for_every_letter(
    daria: User, cuw: Institution, anna: User, celina: User
) -> None:
    series = [sent_with(daria, cuw, to) for to in (anna, celina)]
    scan_with(NEW)
    assert again() == Rescreened(screened=1, flagged=1)
    answered = FileScreening.objects.filter(occasion="AGAIN").values_list("draft_id", flat=True)
    assert set(answered) == {each.draft_id for each in series}
    for each in series:
        assert "FILE_FLAGGED" in {event.kind for event in events_of("OUTGOING", str(each.id))}
    assert again() == NOTHING


def test_the_same_bytes_of_another_institution_are_its_own(
    letter: OutgoingLetter, edmund: User, town_hall: Institution, anna: User
) -> None:
    sent_with(edmund, town_hall, anna)
    scan_with(NEW)
    assert again() == Rescreened(screened=2, flagged=2)
    assert FlaggedBytes.objects.count() == 2


def test_a_run_is_bounded_and_the_next_goes_on(
    letter: OutgoingLetter,
    daria: User,
    cuw: Institution,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent_with(daria, cuw, anna, txt())
    monkeypatch.setattr(rescreening, "MOST_FILES", 1)
    scan_with(NEW)
    assert not again().is_done
    assert not again().is_done
    assert again() == NOTHING
    assert sorted(outcomes()) == ["REFUSED", "SAFE"]


def test_while_the_scanner_is_silent_a_run_does_nothing(letter: OutgoingLetter) -> None:
    scan_with(Silent())
    assert again() == NOTHING


def test_a_file_no_scanner_answers_for_holds_up_no_other(letter: OutgoingLetter) -> None:
    scan_with(SilentOn(WORM))
    assert again() == Rescreened(screened=1)
    assert outcomes() == ["SILENT"]
    assert again() == NOTHING


def test_bytes_that_are_gone_are_noted_and_logged(
    letter: OutgoingLetter, caplog: pytest.LogCaptureFixture
) -> None:
    blobs_of(letter.institution_id).delete(letter.files.get().sha256)
    scan_with(NEW)
    assert again() == Rescreened(screened=1)
    assert outcomes() == ["MISSING"]
    assert f"rescreening_misses letter={letter.id}" in caplog.text


def test_a_letter_between_institutions_is_held_at_both_ends_and_read_once(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = draft_with(daria, cuw, None)
    box = town_hall.boxes.get(is_basic=True)
    OutgoingDraft.objects.filter(id=draft.id).update(to_box=box)
    letter = sent(OutgoingDraft.objects.get(id=draft.id))
    scan_with(NEW)
    assert rescreen_letters(days=30, at=days(1)) == Rescreened(screened=1, flagged=2)
    assert FlaggedBytes.objects.get().institution == cuw
    assert FlaggedFile.objects.get().attachment.letter_id == letter.received_as_id
    assert again() == NOTHING


def test_a_letter_sent_after_the_change_with_a_file_added_before_it_is_due(
    daria: User, cuw: Institution, anna: User
) -> None:
    scan_with(NEW)
    assert rescreen_sent_letters(days=30, at=SENT_AT - timedelta(hours=1)) == NOTHING
    sent_with(daria, cuw, anna)
    assert again() == Rescreened(screened=1, flagged=1)
