"""The worker screens files of letters sent again, after those that came, and tells of findings."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings

from skrytka.accounts.models import Institution, Role, User
from skrytka.config.screening import rescreen, watch_files
from skrytka.delivery.models import FlaggedBytes
from skrytka.gateways.installed import install, installed
from skrytka.ledger.models import OutboxRow
from skrytka.letters.models import FlaggedFile
from skrytka.letters.operations import rescreening
from tests.desk.world import employed
from tests.world.attachments import scan_with
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_with, wormy
from tests.world.sent_files import sent_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _both_ways(daria: User, anna: User, cuw: Institution) -> Iterator[None]:
    before = installed()
    scan_with(OLD)
    letter_with(anna, cuw, a=wormy("a"))
    sent_with(daria, cuw, anna)
    scan_with(NEW)
    yield
    install(before)


def test_letters_that_came_go_first_and_rounds_go_on_until_nothing_is_due(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rescreening, "MOST_FILES", 1)
    assert rescreen(at=LATER) is True
    assert (FlaggedFile.objects.count(), FlaggedBytes.objects.count()) == (1, 0)
    assert [rescreen(at=LATER) for _ in range(2)] == [True, False]
    assert FlaggedBytes.objects.count() == 1


def test_one_round_does_both_and_says_how_many(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "skrytka.worker"):
        assert rescreen(at=LATER) is False
    assert "letters_rescreened files=2 flagged=2" in caplog.text


def test_the_operator_may_switch_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, rescreening_days=0))
    assert rescreen(at=LATER) is False
    assert not FlaggedBytes.objects.exists()


def test_administrators_are_told_in_the_round_of_the_minute(cuw: Institution) -> None:
    grzegorz = employed("Grzegorz", "Maj", cuw, Role.ADMINISTRATOR)
    rescreen(at=LATER)
    watch_files(at=LATER)
    mails = OutboxRow.objects.filter(effect="MAIL", payload__to=grzegorz.email)
    assert {row.payload["subject"] for row in mails} == {
        "Złośliwe oprogramowanie w przyjętym piśmie",
        "Złośliwe oprogramowanie w wysłanym piśmie",
    }
