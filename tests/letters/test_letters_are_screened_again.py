"""When the scanners know more, files of recent letters are screened again, a few at a time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.malware import Silent
from skrytka.letters.models import DraftAttachment, FileScreening, FlaggedFile, Letter
from skrytka.letters.operations import rescreening
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.operations.rescreening import Rescreened, rescreen_letters
from tests.world.attachments import scan_with
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.screened import (
    NEW,
    OLD,
    SilentOn,
    letter_in_waiting,
    letter_sent_at,
    letter_with,
    renamed,
    wormy,
)

pytestmark = pytest.mark.django_db
NEXT_DAY = LATER + timedelta(days=1)
NOTHING = Rescreened()


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    scan_with(OLD)
    yield
    install(before)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    return letter_with(anna, cuw, opis=txt(), faktura=wormy())


def again(days: int = 30, hours: int = 0) -> Rescreened:
    return rescreen_letters(days=days, at=NEXT_DAY + timedelta(hours=hours))


def outcomes() -> list[str]:
    rows = FileScreening.objects.filter(occasion="AGAIN").order_by("id")
    return [row.outcome for row in rows]


def test_under_the_same_database_nothing_is_asked_twice(letter: Letter) -> None:
    rescreen_letters(days=30, at=LATER - timedelta(days=1))
    assert again() == NOTHING
    assert outcomes() == []


def test_a_newer_database_flags_what_it_finds(letter: Letter) -> None:
    scan_with(NEW)
    assert again() == Rescreened(screened=2, flagged=1)
    assert FlaggedFile.objects.get().attachment.file_name == "faktura.txt"
    assert outcomes() == ["SAFE", "REFUSED"]
    assert again(hours=1) == NOTHING


def test_older_letters_are_left_alone(letter: Letter) -> None:
    scan_with(NEW)
    late = LATER + timedelta(days=31)
    assert rescreen_letters(days=30, at=late) == NOTHING
    assert again(days=0) == NOTHING


def test_what_waits_or_was_refused_is_not_asked_about(anna: User, cuw: Institution) -> None:
    letter_in_waiting(anna, cuw, faktura=wormy())
    scan_with(NEW)
    assert again() == NOTHING


def test_a_run_is_bounded_and_the_next_goes_on(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescreening, "MOST_FILES", 1)
    scan_with(NEW)
    assert again() == Rescreened(screened=1, is_done=False)
    assert again() == Rescreened(screened=1, flagged=1, is_done=False)
    assert again() == NOTHING


def test_bytes_bound_a_run_too(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescreening, "MOST_BYTES", 1)
    scan_with(NEW)
    assert again() == Rescreened(screened=1, is_done=False)


def test_the_newest_letters_come_first(
    anna: User, cuw: Institution, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"nowy": txt() + b"nowy"}
    newer = letter_sent_at(LATER + timedelta(hours=1), anna, cuw, files)
    monkeypatch.setattr(rescreening, "MOST_FILES", 1)
    scan_with(NEW)
    again()
    assert FileScreening.objects.get(occasion="AGAIN").draft_id == newer.draft_id


def test_while_the_scanner_is_silent_a_run_does_nothing(letter: Letter) -> None:
    scan_with(Silent())
    assert again() == NOTHING
    assert outcomes() == []


def test_a_scanner_that_falls_silent_leaves_the_rest_for_later(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_with(NEW)
    answered = rescreening.engine_in_use

    def then_silent() -> str | None:
        engine = answered()
        scan_with(Silent())
        return engine

    monkeypatch.setattr(rescreening, "engine_in_use", then_silent)
    assert again() == NOTHING
    assert outcomes() == []


def test_a_file_no_scanner_answers_for_holds_up_no_other(letter: Letter) -> None:
    scan_with(SilentOn("Wnoszę".encode()))
    assert again() == Rescreened(screened=2)
    assert outcomes() == ["SILENT", "SILENT"]
    assert again() == NOTHING


def test_bytes_that_are_gone_are_noted_and_logged(
    letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    blobs_of(letter.institution_id).delete(letter.attachments.get(position=1).sha256)
    scan_with(NEW)
    assert again() == Rescreened(screened=2, flagged=1)
    assert outcomes() == ["MISSING", "REFUSED"]
    assert f"rescreening_misses letter={letter.id}" in caplog.text


@pytest.mark.parametrize(("data", "outcome"), [(txt(), "SAFE"), (wormy(), "REFUSED")])
def test_a_file_that_breaks_a_rule_of_its_day_is_scanned_all_the_same(
    anna: User, cuw: Institution, data: bytes, outcome: str
) -> None:
    letter_with(anna, cuw, opis=data)
    rules = AttachmentRules("bez TXT", LATER.date(), ("PDF",), 1_000_000, "próba")
    adopt_attachment_rules(cuw.pk, rules, at=LATER)
    scan_with(NEW)
    assert again() == Rescreened(screened=1, flagged=int(outcome == "REFUSED"))
    assert outcomes() == [outcome]


def test_letters_sent_after_the_change_with_files_added_before_it_are_screened_again(
    anna: User, cuw: Institution
) -> None:
    rescreen_letters(days=30, at=LATER - timedelta(days=1))
    scan_with(renamed(NEW, "mark, baza 9"))
    rescreen_letters(days=30, at=LATER)
    scan_with(OLD)
    letter_with(anna, cuw, faktura=wormy())
    scan_with(renamed(NEW, "mark, baza 9"))
    assert again() == Rescreened(screened=1, flagged=1)
    assert DraftAttachment.objects.count() == 1
