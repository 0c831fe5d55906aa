"""The worker rings, keeps the quarantine and screens again; health and doctor say what waits."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from skrytka.accounts.models import Institution, User
from skrytka.config import clock, worker
from skrytka.config.diagnosis import Finding, diagnose
from skrytka.config.screening import rescreen, watch_files
from skrytka.gateways.installed import install, installed
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import Effect, claim_due, mark_failed
from skrytka.ledger.operations.outbox import LONGEST_WAITS, OutboxItem, wait_after
from skrytka.letters.models import FlaggedFile, Letter, Quarantined
from skrytka.letters.operations import rescreening
from skrytka.letters.operations.intake import finish_intake
from tests.world.attachments import scan_with
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_in_waiting, letter_with, wormy

pytestmark = pytest.mark.django_db
RINGS = LATER + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def waiting(anna: User, cuw: Institution) -> Letter:
    return letter_in_waiting(anna, cuw, faktura=wormy())


def screening() -> Finding:
    return next(found for found in diagnose(RINGS) if found.name == "screening")


def test_the_doctor_counts_what_waits_and_names_the_oldest(waiting: Letter) -> None:
    assert screening() == Finding(
        "screening",
        ok=False,
        text="1 letters and 0 files wait for the scanner, the oldest since 2026-11-23 10:30 UTC",
    )
    scan_with(OLD)
    finish_intake(waiting.id, at=LATER)
    assert screening().ok


def test_ready_stays_ready_and_names_the_silent_scanner(client: Client, waiting: Letter) -> None:
    assert clock.now() > RINGS
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "blobs": True, "scanner": False}


def test_one_round_rings_and_locks_away(waiting: Letter, caplog: pytest.LogCaptureFixture) -> None:
    watch_files(at=RINGS)
    assert f"screening_waits letter={waiting.id}" in caplog.text
    scan_with(NEW)
    finish_intake(waiting.id, at=LATER)
    with caplog.at_level(logging.INFO, "skrytka.worker"):
        watch_files(at=RINGS)
    assert "quarantine_kept locked=1 destroyed=0" in caplog.text
    assert Quarantined.objects.get().locked_at == RINGS


def test_rounds_go_on_until_nothing_is_due(
    anna: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_with(OLD)
    letter_with(anna, cuw, a=wormy("a"), b=wormy("b"))
    scan_with(NEW)
    monkeypatch.setattr(rescreening, "MOST_FILES", 1)
    assert [rescreen(at=LATER) for _ in range(3)] == [True, True, False]
    assert FlaggedFile.objects.count() == 2


def test_the_operator_may_switch_it_off(
    anna: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_with(OLD)
    letter_with(anna, cuw, a=wormy())
    scan_with(NEW)
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, rescreening_days=0))
    assert rescreen(at=LATER) is False
    assert not FlaggedFile.objects.exists()


def test_the_worker_waits_a_minute_between_watches_and_ten_between_screenings() -> None:
    now = clock.now()
    assert worker._watch_files() - now < timedelta(minutes=1, seconds=30)
    assert timedelta(minutes=10) <= worker._rescreen() - now < timedelta(minutes=11)


def test_while_anything_is_due_nothing_is_screened_again(
    waiting: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "rescreen", lambda **_at: pytest.fail("letters go first"))
    assert worker._rescreen() <= clock.now()


def test_more_to_do_is_done_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "rescreen", lambda **_at: True)
    assert worker._rescreen() <= clock.now()


@pytest.mark.parametrize(
    ("name", "broken", "event"),
    [
        ("_watch_files", "watch_files", "files_not_watched"),
        ("_rescreen", "rescreen", "letters_not_rescreened"),
    ],
)
def test_a_fault_is_logged_and_tried_again_later(
    name: str,
    broken: str,
    event: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(**_at: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(worker, broken, fail)
    assert getattr(worker, name)() > clock.now()
    assert event in caplog.text


@pytest.mark.parametrize("effect", [Effect.FINISH_INTAKE, Effect.SCREEN_ATTACHMENT])
def test_a_scanner_that_is_silent_for_a_day_loses_nothing(effect: Effect) -> None:
    OutboxRow.objects.create(key="x", effect=effect, created_at=LATER, due_at=LATER, attempts=300)
    (item,) = claim_due("worker", at=LATER)
    mark_failed(item, "ScannerSilentError", at=LATER)
    row = OutboxRow.objects.get()
    assert row.state == OutboxState.PENDING
    assert row.due_at == LATER + timedelta(minutes=5)


def test_what_waits_for_the_scanner_is_asked_about_every_few_minutes() -> None:
    assert wait_after(1, Effect.FINISH_INTAKE) == wait_after(1)
    assert wait_after(99, Effect.FINISH_INTAKE) == LONGEST_WAITS[Effect.FINISH_INTAKE]
    assert wait_after(99, Effect.MAIL) > LONGEST_WAITS[Effect.FINISH_INTAKE]
    assert OutboxItem(1, "x", Effect.MAIL, {}, 1).attempts == 1
