"""What is counted as waiting at an institution, and what is not."""

from datetime import datetime, timedelta

import pytest

from skrytka.accounts.models import Employment, Institution, Role, User
from skrytka.accounts.operations import dismiss
from skrytka.core.delivery import StopCause
from skrytka.delivery.models import Delivery, OutgoingLetter
from skrytka.delivery.queries.watch import Concern, what_waits
from skrytka.ledger.operations import Actor
from skrytka.letters.models import HandlingState, Letter, LetterHandling
from tests.world.letters import sent_letter
from tests.world.outgoing import days, dispatched_letter, night_at, noticed_letter

pytestmark = pytest.mark.django_db
NOW = days(12)
DAY = timedelta(days=1)


def waiting(institution: Institution, at: datetime = NOW) -> dict[Concern, int]:
    return {each.concern: each.count for each in what_waits(institution.pk, at=at)}


@pytest.fixture
def letter(anna: User, cuw: Institution, daria: User) -> Letter:
    return sent_letter(anna, cuw)


def arrived(letter: Letter, ago: timedelta, **changed: object) -> None:
    LetterHandling.objects.filter(letter=letter).update(submitted_at=NOW - ago, **changed)


def test_nothing_waits_where_nothing_does(cuw: Institution, daria: User) -> None:
    assert waiting(cuw) == {}


def test_a_letter_of_more_than_a_day_is_unread_and_untaken(
    letter: Letter, cuw: Institution, town_hall: Institution, edmund: User
) -> None:
    arrived(letter, DAY)
    assert waiting(cuw) == {}
    arrived(letter, DAY + timedelta(seconds=1))
    assert waiting(cuw) == {Concern.UNREAD: 1, Concern.UNTAKEN: 1}
    assert waiting(town_hall) == {}


def test_an_opened_letter_still_wants_somebody_who_deals_with_it(
    letter: Letter, cuw: Institution
) -> None:
    arrived(letter, 20 * DAY, first_opened_at=NOW - DAY)
    assert waiting(cuw) == {Concern.UNTAKEN: 1}


def test_a_letter_that_somebody_has_waits_for_nobody(
    letter: Letter, cuw: Institution, daria: User
) -> None:
    arrived(letter, 20 * DAY, assignee=daria, state=HandlingState.IN_PROGRESS)
    assert waiting(cuw) == {}
    arrived(letter, 20 * DAY, assignee=None, state=HandlingState.DONE)
    assert waiting(cuw) == {}


def test_a_box_with_letters_that_nobody_opens_is_counted_once(
    letter: Letter, anna: User, cuw: Institution
) -> None:
    second = sent_letter(anna, cuw)
    arrived(letter, 14 * DAY - timedelta(seconds=1))
    arrived(second, 14 * DAY - timedelta(seconds=1))
    assert Concern.SILENT_BOX not in waiting(cuw)
    arrived(letter, 14 * DAY)
    assert waiting(cuw)[Concern.SILENT_BOX] == 1
    arrived(second, 15 * DAY)
    assert waiting(cuw)[Concern.SILENT_BOX] == 1


def test_an_institution_without_a_clerk_is_named(cuw: Institution, daria: User) -> None:
    dismiss(daria.pk, cuw.pk, Role.CLERK, at=NOW, actor=Actor("1"))
    assert waiting(cuw) == {Concern.NO_CLERK: 0}
    assert waiting(cuw, NOW - DAY) == {}


def test_a_clerk_whose_account_is_closed_is_none(cuw: Institution, daria: User) -> None:
    User.objects.filter(pk=daria.pk).update(is_active=False)
    assert waiting(cuw) == {Concern.NO_CLERK: 0}


@pytest.fixture
def sent(anna: User, cuw: Institution, daria: User) -> OutgoingLetter:
    """Noticed on 2 November: the last day is 16 November."""
    return noticed_letter(daria, cuw, anna)


def test_a_term_that_ends_within_three_days_is_counted_until_its_last_day(
    sent: OutgoingLetter, cuw: Institution, anna: User
) -> None:
    User.objects.filter(pk=anna.pk).update(last_seen_at=days(1))
    night_at(days(8))
    counted = [waiting(cuw, days(count)) for count in (10, 11, 14, 15)]
    assert counted == [{}, {Concern.ENDING_SOON: 1}, {Concern.ENDING_SOON: 1}, {}]


def test_what_has_ended_ends_no_more(sent: OutgoingLetter, cuw: Institution) -> None:
    night_at(days(8))
    night_at(days(16))
    assert waiting(cuw, days(14)) == {}


def test_a_stopped_delivery_is_counted_as_that_and_nothing_else(
    sent: OutgoingLetter, cuw: Institution
) -> None:
    Delivery.objects.filter(pk=sent.pk).update(
        standing="STOPPED", stop_cause=StopCause.FIRST_BOUNCED, due_at=None
    )
    assert waiting(cuw) == {Concern.STOPPED: 1}


def test_a_notice_that_has_not_gone_out_ends_nothing(
    anna: User, cuw: Institution, daria: User
) -> None:
    dispatched_letter(daria, cuw, anna)
    assert waiting(cuw) == {}


@pytest.mark.parametrize(
    ("seen_after", "unseen"), [(None, True), (-1, True), (0, False), (60, False)]
)
def test_a_party_that_nobody_logged_in_for_cannot_have_read(
    sent: OutgoingLetter, cuw: Institution, anna: User, seen_after: int | None, *, unseen: bool
) -> None:
    seen = None if seen_after is None else sent.dispatched_at + timedelta(seconds=seen_after)
    User.objects.filter(pk=anna.pk).update(last_seen_at=seen)
    assert (Concern.UNSEEN in waiting(cuw)) is unseen


def test_who_logged_in_for_the_party_may_be_its_proxy_and_nobody_else(
    sent: OutgoingLetter, cuw: Institution, bogdan: User, celina: User, daria: User
) -> None:
    User.objects.filter(pk__in=[celina.pk, daria.pk]).update(last_seen_at=days(2))
    assert waiting(cuw)[Concern.UNSEEN] == 1
    User.objects.filter(pk=bogdan.pk).update(last_seen_at=days(2))
    assert Concern.UNSEEN not in waiting(cuw)


def test_the_front_desk_is_no_clerk(cuw: Institution, daria: User) -> None:
    Employment.objects.filter(user=daria).update(role=Role.FRONT_DESK)
    assert waiting(cuw) == {Concern.NO_CLERK: 0}
