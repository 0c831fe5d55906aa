"""That nobody could have read a letter is told before the deadline and after a deeming."""

from datetime import datetime

import pytest

from skrytka.accounts.models import Institution, Party, PartyKind, Representation, User
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.operations.notices import note_bounce
from skrytka.delivery.operations.restart import start_anew
from skrytka.delivery.queries.tracking import Concern, SentFilter, sent_page
from skrytka.delivery.queries.unreached import Unreached, unreached_among
from skrytka.ledger.operations import Actor
from tests.world.cast import LONG_AGO
from tests.world.outgoing import SENT_AT, days, night_at, noticed_letter, send_notices
from tests.world.sent_letters import (
    deemed_letter,
    log_in,
    notice_of,
    reminded_letter,
    stopped_letter,
)

pytestmark = pytest.mark.django_db
CAME, LOST = Unreached.NOBODY_CAME, Unreached.MAIL_LOST


def flag(letter: OutgoingLetter, at: datetime) -> Unreached | None:
    return unreached_among([letter.id], at=at).get(letter.id)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return noticed_letter(daria, cuw, anna)


def test_a_fresh_letter_is_not_told_of(letter: OutgoingLetter) -> None:
    assert flag(letter, days(1)) is None
    assert flag(letter, days(10)) is None


def test_three_days_before_the_end_and_after_a_second_notice_it_is(
    letter: OutgoingLetter,
) -> None:
    assert flag(letter, days(11)) is CAME
    night_at(days(7, 15))
    assert flag(letter, days(8)) is CAME


def test_a_log_in_since_the_dispatch_ends_the_doubt(letter: OutgoingLetter, anna: User) -> None:
    log_in(anna, days(-1))
    assert flag(letter, days(12)) is CAME
    log_in(anna, SENT_AT)
    assert flag(letter, days(12)) is None


def test_so_does_a_log_in_of_the_proxy_and_none_of_a_stranger(
    letter: OutgoingLetter, bogdan: User, celina: User
) -> None:
    log_in(celina, days(2))
    assert flag(letter, days(12)) is CAME
    log_in(bogdan, days(2))
    assert flag(letter, days(12)) is None


def test_an_organisation_is_reached_by_who_represents_it(
    daria: User, cuw: Institution, celina: User, anna: User
) -> None:
    firm = Party.objects.create(
        kind=PartyKind.COMPANY, name="Łąka sp. z o.o.", box_entity="laka", created_at=LONG_AGO
    )
    celina_acts = Representation.objects.create(user=celina, party=firm, since=LONG_AGO)
    anna.party = firm  # whom the letter goes to
    letter = noticed_letter(daria, cuw, anna)
    assert flag(letter, days(12)) is CAME
    log_in(celina, days(3))
    assert flag(letter, days(12)) is None
    Representation.objects.filter(pk=celina_acts.pk).update(until=days(-1))
    assert flag(letter, days(12)) is CAME


def test_after_a_deeming_it_still_stands_and_a_late_log_in_changes_nothing(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = deemed_letter(daria, cuw, anna)
    log_in(anna, days(20))
    assert flag(letter, days(21)) is CAME


def test_a_log_in_in_time_counts_though_a_later_one_overwrote_it(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = reminded_letter(daria, cuw, anna)
    log_in(anna, days(9))
    night_at(days(14, 15))
    log_in(anna, days(20))
    assert flag(letter, days(21)) is None


def test_a_mail_that_came_back_is_told_at_once_and_after_the_deeming_too(
    daria: User, cuw: Institution, anna: User
) -> None:
    stopped = stopped_letter(daria, cuw, anna)
    log_in(anna, days(1))
    assert flag(stopped, days(1)) is LOST
    deemed = deemed_letter(daria, cuw, anna)
    note_bounce(notice_of(deemed).message_id, "550", at=days(16))
    assert flag(deemed, days(16)) is LOST


def test_after_a_new_start_the_lost_mail_no_longer_counts(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = stopped_letter(daria, cuw, anna)
    start_anew(letter.id, actor=Actor(str(daria.pk)), at=days(2))
    send_notices(days(2))
    assert flag(letter, days(3)) is None


def test_the_list_can_be_narrowed_to_them(
    letter: OutgoingLetter, daria: User, cuw: Institution, anna: User
) -> None:
    lost = stopped_letter(daria, cuw, anna)
    found = sent_page(cuw.pk, SentFilter(concern=Concern.UNREACHED), at=days(1))
    assert [(row.id, row.unreached) for row in found] == [(lost.id, LOST)]
