"""After ten minutes of waiting the operator reads it in the log, and administrators get a mail."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from skrytka.accounts.models import Institution, Role, User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.models import OutboxRow
from skrytka.letters.models import Letter
from skrytka.letters.operations import screening_watch
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.screening_watch import tell_of_flags, watch_screening
from skrytka.letters.queries.awaiting import awaiting_count, awaiting_letters, long_wait
from tests.desk.world import employed
from tests.world.attachments import AT, added, draft_of, scan_with
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.mailbox import last_mail
from tests.world.screened import NEW, OLD, letter_in_waiting, letter_with, wormy

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)
RINGS = LATER + timedelta(minutes=10, seconds=1)


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def grzegorz(cuw: Institution) -> User:
    return employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    return letter_in_waiting(anna, cuw, umowa=wormy())


def mails_to(user: User) -> int:
    return OutboxRow.objects.filter(effect="MAIL", payload__to=user.email).count()


def watched(at: datetime, caplog: pytest.LogCaptureFixture) -> list[str]:
    caplog.clear()
    with caplog.at_level(logging.WARNING, "skrytka.letters"):
        watch_screening(at=at)
    return caplog.messages


def test_for_ten_minutes_nothing_rings(
    letter: Letter, grzegorz: User, caplog: pytest.LogCaptureFixture
) -> None:
    assert watched(LATER + TEN_MINUTES, caplog) == []
    assert not long_wait(at=LATER + TEN_MINUTES).is_alarming
    assert mails_to(grzegorz) == 0


def test_then_the_log_names_the_letter_once(
    letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    told = [f"screening_waits letter={letter.id} since=2026-11-23T10:30:15+00:00"]
    assert watched(RINGS, caplog) == told
    assert watched(RINGS + TEN_MINUTES, caplog) == []
    waits = long_wait(at=RINGS)
    assert (waits.letters, waits.files, waits.oldest) == (1, 0, LATER)


def test_of_two_workers_at_once_one_writes_to_the_log(
    letter: Letter, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(watched(RINGS, caplog)) == 1
    # The other one asked which cases are new a moment before the first had written them down.
    monkeypatch.setattr(screening_watch, "_unnoted", lambda cases: cases)
    assert watched(RINGS, caplog) == []


def test_a_file_of_a_draft_rings_too_whoever_it_goes_to(
    anna: User, cuw: Institution, caplog: pytest.LogCaptureFixture
) -> None:
    scan_with(Silent())
    known = added(draft_of(anna, cuw), "opis.txt", txt())
    unknown = added(draft_of(anna), "inny.txt", txt() + b"inny")
    told = watched(AT + timedelta(minutes=11), caplog)
    assert {line.split()[1] for line in told} == {f"file={known.id}", f"file={unknown.id}"}
    assert long_wait(at=AT + timedelta(minutes=11)).files == 2


def test_administrators_are_written_to_at_most_once_an_hour(
    letter: Letter, grzegorz: User, daria: User
) -> None:
    watch_screening(at=RINGS)
    watch_screening(at=RINGS + timedelta(minutes=59))
    assert mails_to(grzegorz) == 1
    watch_screening(at=RINGS + timedelta(minutes=60))
    assert mails_to(grzegorz) == 2
    assert mails_to(daria) == 0


def test_the_mail_counts_and_names_nobody(letter: Letter, grzegorz: User) -> None:
    watch_screening(at=RINGS)
    mail = last_mail(grzegorz.email)
    assert mail.startswith("Skaner nie odpowiada, pisma czekają")
    assert "1 plik lub pismo czeka na sprawdzenie ponad 10 minut." in mail
    assert "23\u00a0listopada\u00a02026" in mail
    for secret in (letter.title, letter.sender_name, "umowa.txt"):
        assert secret not in mail


def test_an_institution_where_nothing_waits_hears_nothing(
    letter: Letter, town_hall: Institution
) -> None:
    other = employed("Halina", "Wąs", town_hall, Role.ADMINISTRATOR)
    watch_screening(at=RINGS)
    assert mails_to(other) == 0
    assert awaiting_count(town_hall.pk) == 0


def test_when_the_scanner_answers_nothing_waits_any_more(
    letter: Letter, cuw: Institution, caplog: pytest.LogCaptureFixture
) -> None:
    assert [row.letter_id for row in awaiting_letters(cuw.pk)] == [letter.id]
    scan_with(OLD)
    finish_intake(letter.id, at=LATER)
    assert watched(RINGS, caplog) == []
    assert awaiting_letters(cuw.pk) == ()


def test_of_flagged_files_administrators_are_told_within_the_hour(
    anna: User, celina: User, cuw: Institution, grzegorz: User, daria: User
) -> None:
    scan_with(OLD)
    letter_with(anna, cuw, faktura=wormy(), inna=wormy("inna"))
    tell_of_flags(at=AT)
    assert mails_to(grzegorz) == 0
    scan_with(NEW)
    added(draft_of(celina), "a.txt", wormy())
    tell_of_flags(at=AT + TEN_MINUTES)
    tell_of_flags(at=AT + TEN_MINUTES)
    assert mails_to(grzegorz) == 1
    assert "W 1 pliku przyjętego pisma" in last_mail(grzegorz.email)
    assert "/kancelaria/ustawienia/kwarantanna/" in last_mail(grzegorz.email)


def test_what_is_flagged_within_the_hour_is_told_after_it(
    anna: User, celina: User, cuw: Institution, grzegorz: User, daria: User
) -> None:
    scan_with(OLD)
    letter_with(anna, cuw, faktura=wormy(), inna=wormy("inna"))
    scan_with(NEW)
    draft = draft_of(celina)
    added(draft, "a.txt", wormy())
    tell_of_flags(at=AT - timedelta(minutes=1))
    added(draft, "b.txt", wormy("inna"))
    tell_of_flags(at=AT + timedelta(minutes=58))
    assert mails_to(grzegorz) == 1
    tell_of_flags(at=AT + timedelta(minutes=59))
    assert mails_to(grzegorz) == 2
    assert mails_to(daria) == 0
