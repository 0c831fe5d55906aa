"""Bytes in quarantine: out of reach at once, gone in time, never at the cost of another letter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.config.blob_sweep import sweep_blobs
from skrytka.config.quarantine import QuarantineSwept, keep_quarantine
from skrytka.gateways.blobs import Blobs
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.memory_blobs import memory_blobs
from skrytka.ledger.queries import events_of
from skrytka.letters.models import Letter, Quarantined
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.operations.quarantine import files_to_lock
from tests.world.attachments import added, draft_of, scan_with
from tests.world.blobs import folder_store
from tests.world.files import txt
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_in_waiting, letter_with, wormy

pytestmark = pytest.mark.django_db
AFTER = LATER + timedelta(days=30)
NEVER = QuarantineSwept()


@pytest.fixture(params=["folder", "memory"], autouse=True)
def blobs(request: pytest.FixtureRequest, tmp_path: Path, cuw: Institution) -> Iterator[Blobs]:
    before = installed()
    is_memory = request.param == "memory"
    store = memory_blobs(tmp_path / "keys") if is_memory else folder_store(tmp_path)
    install(replace(before, blobs=store))
    yield store.of(cuw.pk)
    install(before)


def refused(author: User, institution: Institution, data: bytes) -> Letter:
    letter = letter_in_waiting(author, institution, faktura=data)
    scan_with(NEW)
    finish_intake(letter.id, at=LATER)
    return letter


def sha256_of(letter: Letter) -> str:
    return letter.attachments.get().sha256


def bytes_left(letter: Letter) -> object:
    return events_of("LETTER", str(letter.id))[-1].data.get("bytes_left")


def test_what_is_held_is_locked_away_once(anna: User, cuw: Institution, blobs: Blobs) -> None:
    letter = refused(anna, cuw, wormy())
    assert keep_quarantine(at=LATER) == QuarantineSwept(locked=1)
    assert keep_quarantine(at=LATER) == NEVER
    assert not blobs.has(sha256_of(letter))
    assert blobs.is_locked_away(sha256_of(letter))
    assert Quarantined.objects.get().locked_at == LATER


def test_it_is_destroyed_on_its_day_and_not_before(
    anna: User, cuw: Institution, blobs: Blobs
) -> None:
    letter = refused(anna, cuw, wormy())
    keep_quarantine(at=LATER)
    assert keep_quarantine(at=AFTER - timedelta(seconds=1)) == NEVER
    assert keep_quarantine(at=AFTER) == QuarantineSwept(destroyed=1)
    assert keep_quarantine(at=AFTER) == NEVER
    assert not blobs.is_locked_away(sha256_of(letter))
    assert not blobs.has(sha256_of(letter))
    assert Quarantined.objects.get().destroyed_at == AFTER
    assert bytes_left(letter) is None


def test_a_crash_between_bytes_and_row_is_mended(
    anna: User, cuw: Institution, blobs: Blobs
) -> None:
    letter = refused(anna, cuw, wormy())
    blobs.lock_away(sha256_of(letter))
    assert keep_quarantine(at=LATER).locked == 1
    blobs.forget_locked(sha256_of(letter))
    assert keep_quarantine(at=AFTER).destroyed == 1


def test_bytes_of_another_institution_are_none_of_its_business(
    anna: User, celina: User, cuw: Institution, town_hall: Institution
) -> None:
    scan_with(OLD)
    accepted = letter_with(celina, town_hall, umowa=wormy())
    refused(anna, cuw, wormy())
    assert keep_quarantine(at=LATER) == QuarantineSwept(locked=1)
    assert keep_quarantine(at=AFTER) == QuarantineSwept(destroyed=1)
    assert blobs_of(town_hall.pk).read(sha256_of(accepted)) == wormy()


def test_bytes_of_an_accepted_letter_stay(
    anna: User, celina: User, cuw: Institution, blobs: Blobs
) -> None:
    scan_with(OLD)
    accepted = letter_with(celina, cuw, umowa=wormy())
    letter = refused(anna, cuw, wormy())
    assert keep_quarantine(at=LATER) == NEVER
    assert keep_quarantine(at=AFTER) == QuarantineSwept(destroyed=1)
    assert blobs.read(sha256_of(accepted)) == wormy()
    assert bytes_left(letter) == "IN_USE"


def test_bytes_in_use_are_not_moved_even_for_a_moment(
    anna: User, celina: User, cuw: Institution, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter_in_waiting(celina, cuw, faktura=wormy())
    refused(anna, cuw, wormy())
    monkeypatch.setattr(type(blobs), "lock_away", lambda *_: pytest.fail("somebody reads them"))
    assert keep_quarantine(at=LATER) == NEVER


def test_what_came_last_is_locked_away_first(anna: User, celina: User, cuw: Institution) -> None:
    refused(anna, cuw, wormy("dawny"))
    Quarantined.objects.update(since=LATER - timedelta(days=1))
    newer = refused(celina, cuw, wormy("nowy"))
    assert [file.sha256 for file in files_to_lock(limit=1)] == [sha256_of(newer)]


def test_bytes_that_another_letter_waits_with_stay_until_it_is_judged(
    anna: User, celina: User, cuw: Institution, blobs: Blobs
) -> None:
    waiting = letter_in_waiting(celina, cuw, faktura=wormy())
    refused(anna, cuw, wormy())
    assert keep_quarantine(at=LATER) == NEVER
    finish_intake(waiting.id, at=LATER)
    assert keep_quarantine(at=LATER) == QuarantineSwept(locked=2)
    assert not blobs.has(sha256_of(waiting))


def test_bytes_of_an_open_draft_stay_and_those_it_was_refused_do_not(
    anna: User, celina: User, cuw: Institution, blobs: Blobs
) -> None:
    letter = refused(anna, cuw, wormy())
    added(draft_of(celina), "znany.txt", wormy())
    scan_with(OLD)
    draft = draft_of(celina, cuw)
    added(draft, "opis.txt", wormy())
    assert keep_quarantine(at=LATER) == NEVER
    draft.attachments.all().delete()
    assert keep_quarantine(at=LATER) == QuarantineSwept(locked=1)
    assert not blobs.has(sha256_of(letter))


def test_bytes_held_for_two_go_with_the_last(
    anna: User, celina: User, cuw: Institution, blobs: Blobs
) -> None:
    first, second = refused(anna, cuw, wormy()), refused(celina, cuw, wormy())
    keep_quarantine(at=LATER)
    Quarantined.objects.filter(attachment__letter=first).update(destroy_after=LATER)
    assert keep_quarantine(at=LATER).destroyed == 1
    assert blobs.is_locked_away(sha256_of(second))
    assert bytes_left(first) == "HELD_FOR_OTHERS"
    assert keep_quarantine(at=AFTER).destroyed == 1
    assert not blobs.is_locked_away(sha256_of(second))


def test_bytes_that_come_again_in_that_very_moment_are_put_back(
    anna: User, celina: User, cuw: Institution, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = refused(anna, cuw, wormy())
    scan_with(OLD)
    draft = draft_of(celina, cuw)
    lock_away = type(blobs).lock_away

    def slowly(store: Blobs, sha256: str) -> None:
        added(draft, "opis.txt", wormy())
        lock_away(store, sha256)

    monkeypatch.setattr(type(blobs), "lock_away", slowly)
    assert keep_quarantine(at=LATER) == NEVER
    assert blobs.read(sha256_of(letter)) == wormy()


def test_the_nightly_sweep_leaves_the_quarantine_alone(
    anna: User, cuw: Institution, blobs: Blobs
) -> None:
    letter = refused(anna, cuw, wormy())
    keep_quarantine(at=LATER)
    sweep_blobs(at=LATER + timedelta(days=2))
    sweep_blobs(at=LATER + timedelta(days=9))
    assert blobs.is_locked_away(sha256_of(letter))
    assert txt() in wormy()
