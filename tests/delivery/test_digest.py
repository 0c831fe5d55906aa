"""The daily digest: to whom, when, once, and saying nothing that is nobody's business."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from skrytka.accounts.models import Institution, Role, User
from skrytka.accounts.operations import dismiss
from skrytka.config import worker
from skrytka.core.calendar import WARSAW
from skrytka.delivery.operations.digest import digests_due, send_digests
from skrytka.ledger.models import OutboxRow
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter, LetterHandling
from tests.desk.world import employed, signed_letter
from tests.world.letters import LATER, sent_letter

pytestmark = pytest.mark.django_db


def warsaw(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 in Warsaw; its 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW)


SEVEN = warsaw(25, 7)


@pytest.fixture
def filip(cuw: Institution) -> User:
    return employed("Filip", "Sikora", cuw, Role.ADMINISTRATOR)


@pytest.fixture
def letter(anna: User, cuw: Institution, daria: User, filip: User) -> Letter:
    """Sent on Monday, 23 November: late since Tuesday."""
    return sent_letter(anna, cuw)


def told() -> list[str]:
    """Whom a digest was written to, in order."""
    rows = OutboxRow.objects.filter(key__startswith="mail:digest:").order_by("id")
    return [row.payload["to"] for row in rows]


def text_to(user: User) -> str:
    row = OutboxRow.objects.filter(key__startswith="mail:digest:", payload__to=user.email).get()
    return str(row.payload["text"])


def test_clerks_and_administrators_are_told_at_seven(
    letter: Letter, daria: User, filip: User, edmund: User
) -> None:
    assert send_digests(at=SEVEN - timedelta(seconds=1)) == 0
    assert told() == []
    send_digests(at=SEVEN)
    assert sorted(told()) == [daria.email, filip.email]


def test_once_a_day_however_often_the_worker_looks(letter: Letter) -> None:
    for minute in range(5):
        send_digests(at=SEVEN + timedelta(minutes=minute))
    assert len(told()) == 2
    assert digests_due(at=warsaw(25, 23, 59)) == ()
    send_digests(at=warsaw(26, 7))
    assert len(told()) == 4


@pytest.mark.parametrize("day", [28, 29, 11])
def test_nothing_on_saturday_sunday_and_holidays(letter: Letter, day: int) -> None:
    LetterHandling.objects.update(submitted_at=warsaw(2, 9))
    assert send_digests(at=warsaw(day, 9)) == 0
    assert told() == []


def test_who_was_down_at_seven_sends_it_the_same_day_and_never_for_a_day_before(
    letter: Letter,
) -> None:
    send_digests(at=warsaw(25, 15))
    assert len(told()) == 2
    send_digests(at=warsaw(27, 6, 59))
    assert len(told()) == 2
    send_digests(at=warsaw(27, 7))
    assert len(told()) == 4


def test_nothing_to_say_sends_nothing_and_what_comes_later_waits_for_tomorrow(
    letter: Letter, daria: User
) -> None:
    send_digests(at=warsaw(24, 7))
    assert told() == []
    send_digests(at=warsaw(24, 20))
    assert told() == []
    send_digests(at=SEVEN)
    assert len(told()) == 2


def test_without_a_clerk_the_administrators_alone_are_told(
    letter: Letter, cuw: Institution, daria: User, filip: User
) -> None:
    dismiss(daria.pk, cuw.pk, Role.CLERK, at=LATER, actor=Actor(str(filip.pk)))
    send_digests(at=SEVEN)
    assert told() == [filip.email]
    assert "0 osób prowadzących pisma\n" + settings.WATCH_LINKS["NO_CLERK"] in text_to(filip)


def test_a_mail_counts_and_links_and_names_no_letter(letter: Letter, daria: User) -> None:
    send_digests(at=SEVEN)
    text = text_to(daria)
    assert f"1 pismo nieotwarte od ponad 1 dnia\n{settings.WATCH_LINKS['UNREAD']}\n" in text
    assert f"1 pismo bez prowadzącego od ponad 1 dnia\n{settings.WATCH_LINKS['UNTAKEN']}" in text
    assert "godz. 07:00" in text
    for secret in (letter.title, letter.sender_name, letter.document_no, str(letter.id)):
        assert secret not in text


def test_who_may_not_open_letters_is_given_no_link_to_them(letter: Letter, filip: User) -> None:
    send_digests(at=SEVEN)
    assert "1 pismo nieotwarte" in text_to(filip)
    assert "http" not in text_to(filip)


def test_each_is_told_in_their_language(letter: Letter, daria: User) -> None:
    User.objects.filter(pk=daria.pk).update(language="en")
    send_digests(at=SEVEN)
    assert "25\u00a0November\u00a02026" in text_to(daria)


def test_each_institution_is_told_of_its_own(
    letter: Letter, celina: User, edmund: User, daria: User, town_hall: Institution
) -> None:
    answered = signed_letter(celina, edmund, town_hall)
    LetterHandling.objects.filter(letter=answered).update(first_opened_at=LATER)
    assert send_digests(at=SEVEN, limit=1) == 1
    assert edmund.email not in told()
    assert send_digests(at=SEVEN, limit=1) == 1
    assert "nieotwarte" not in text_to(edmund)
    assert "1 pismo bez prowadzącego" in text_to(edmund)
    assert "1 pismo nieotwarte" in text_to(daria)


def test_the_worker_takes_a_step_at_a_time(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "now", lambda: SEVEN)
    # The connection of a test is not the worker's to close.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    assert worker.digest_step() == 1
    assert worker.digest_step() == 0
    assert len(told()) == 2
