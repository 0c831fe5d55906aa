"""Everything of one letter that went out, and what another rule would have given."""

from datetime import date
from uuid import uuid4

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.core.delivery import POLICIES, StopCause
from skrytka.delivery.models import Delivery, NoticeState, OutgoingSigning
from skrytka.delivery.operations.restart import start_anew
from skrytka.delivery.queries.tracked_letter import replay, replays, sent_letter
from skrytka.delivery.queries.tracking import Tracked
from skrytka.evidence.queries import Outcome
from skrytka.ledger.operations import Actor
from tests.world.deliveries import collect, waiting_letter
from tests.world.letters import confirm_profile
from tests.world.outgoing import (
    SENT_AT,
    adopt,
    days,
    dispatched_letter,
    night_at,
    noticed_letter,
    send_notices,
)
from tests.world.sent_letters import deemed_letter, letter_between, received, stopped_letter

pytestmark = pytest.mark.django_db


def test_a_letter_that_waits(daria: User, cuw: Institution, anna: User) -> None:
    letter = noticed_letter(daria, cuw, anna)
    shown = sent_letter(letter.id, at=days(1))
    assert (shown.author_name, shown.signed_by, shown.released_by) == ("Daria Lis", "Daria Lis", "")
    assert (shown.signing_mode, shown.standing) == (OutgoingSigning.TRUSTED, Tracked.NOTIFIED)
    assert shown.report is not None
    assert shown.report.outcome is Outcome.VALID
    assert [file.file_name for file in shown.files] == ["zaświadczenie.pdf"]
    assert shown.receipt is None
    assert [event.kind for event in shown.events] == ["OUTGOING_DISPATCHED", "NOTICE_SENT"]
    assert shown.events[0].actor == "Daria Lis"
    way = shown.way
    assert way is not None
    assert way.dates is not None
    assert (way.dates.last_day_on, way.delivered_on) == (date(2026, 11, 16), None)
    (notice,) = way.notices
    assert (notice.address, notice.state, notice.sent_at, notice.tries) == (
        "anna@example.pl", NoticeState.SENT, SENT_AT, 1,
    )  # fmt: skip


def test_a_collected_letter_names_who_signed_from_the_receipt_itself(
    daria: User, cuw: Institution, anna: User, bogdan: User
) -> None:
    confirm_profile(bogdan, daria, cuw)
    letter = waiting_letter(daria, cuw, anna)
    collect(letter, bogdan)
    shown = sent_letter(letter.id, at=days(4))
    assert shown.receipt is not None
    assert shown.way is not None
    assert (shown.receipt.person, shown.way.ended_by) == ("Bogdan Nowak", "Bogdan Nowak")
    assert shown.receipt.receipt_no == shown.way.upd_no
    assert shown.way.delivered_on == date(2026, 11, 5)


def test_a_deemed_letter_is_signed_by_nobody_but_the_seal(
    daria: User, cuw: Institution, anna: User
) -> None:
    shown = sent_letter(deemed_letter(daria, cuw, anna).id, at=days(16))
    assert shown.receipt is not None
    assert shown.way is not None
    assert shown.receipt.person == ""
    assert shown.receipt.seal
    assert (shown.way.ended_by, shown.way.delivered_on) == ("", date(2026, 11, 17))
    assert [one.round for one in shown.way.notices] == ["FIRST", "REPEAT"]


def test_a_stopped_letter_and_its_second_try(daria: User, cuw: Institution, anna: User) -> None:
    letter = stopped_letter(daria, cuw, anna)
    way = sent_letter(letter.id, at=days(1)).way
    assert way is not None
    assert way.stop is StopCause.FIRST_BOUNCED
    assert way.notices[0].error == "550 nie ma takiej skrzynki"
    start_anew(letter.id, actor=Actor(str(daria.pk)), at=days(2))
    send_notices(days(2))
    shown = sent_letter(letter.id, at=days(3))
    assert shown.way is not None
    assert shown.way.dates is not None
    assert (shown.way.attempt, shown.way.stop) == (2, None)
    assert shown.way.dates.start_on == date(2026, 11, 4)
    assert [one.attempt for one in shown.way.notices] == [1, 2]
    assert [one.attempt for one in shown.way.last_notices] == [2]


def test_a_letter_to_an_institution_has_its_upp_and_no_way(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    letter = letter_between(daria, cuw, town_hall)
    shown = sent_letter(letter.id, at=days(1))
    assert (shown.standing, shown.way) == (Tracked.RECEIVED, None)
    assert shown.receipt is not None
    assert shown.receipt.receipt_no.startswith("ESP-UPP-")
    assert received(letter).institution_id == town_hall.pk


def test_a_term_that_lapsed_is_told_before_its_upd_is_sealed(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna)
    night_at(days(7, 15))
    way = sent_letter(letter.id, at=days(15)).way
    assert way is not None
    assert way.is_lapsed
    before = sent_letter(letter.id, at=days(14)).way
    assert before is not None
    assert not before.is_lapsed


def test_replays_give_each_rule_its_own_dates_and_change_nothing(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna, at=days(11))  # Friday the 13th; day 14 is a Friday
    before = Delivery.objects.values().get(pk=letter.id)
    deemed = {
        policy_id: dates.deemed_delivered_on
        for policy_id, dates in replays(letter.id).items()
        if dates
    }
    assert deemed == {
        "kpa-2014-last-day": date(2026, 11, 27),
        "kpa-2014-next-day": date(2026, 11, 28),
        "kpa-2014-shifted": date(2026, 11, 27),
        "ude-art42": date(2026, 11, 28),
        "ua-api-r13": date(2026, 11, 27),
    }
    assert Delivery.objects.values().get(pk=letter.id) == before


def test_a_replay_counts_from_the_start_of_its_own_rule(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = dispatched_letter(daria, cuw, anna)
    assert replay(letter.id, "kpa-2014-last-day") is None
    arrived = replay(letter.id, "ude-art42")
    assert arrived is not None
    assert arrived.start_on == date(2026, 11, 2)
    send_notices(days(3))
    noticed = replay(letter.id, "kpa-2014-last-day")
    assert noticed is not None
    assert noticed.start_on == date(2026, 11, 5)
    assert replay(letter.id, "ude-art42") == arrived


def test_the_actual_rule_replayed_is_what_the_row_holds(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, POLICIES["ude-art42"])
    letter = stopped_letter(daria, cuw, anna)
    start_anew(letter.id, actor=Actor(str(daria.pk)), at=days(5))
    way = sent_letter(letter.id, at=days(6)).way
    assert way is not None
    assert way.dates is not None
    assert way.dates.start_on == date(2026, 11, 7)
    assert replay(letter.id, "ude-art42") == way.dates


def test_an_unknown_rule_is_refused(daria: User, cuw: Institution, anna: User) -> None:
    letter = noticed_letter(daria, cuw, anna)
    with pytest.raises(KeyError):
        replay(letter.id, "own")
    with pytest.raises(Delivery.DoesNotExist):
        replay(uuid4(), "ude-art42")
