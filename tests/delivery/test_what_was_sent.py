"""The list of what an institution sent: filters, order, pages, and whom it shows nothing of."""

from datetime import date, timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.queries import tracking
from skrytka.delivery.queries.tracking import (
    Concern,
    Period,
    SentFilter,
    SentRow,
    Sort,
    Tracked,
    sent_counts,
    sent_page,
    sent_rows,
)
from tests.world.deliveries import collect
from tests.world.letters import confirm_profile
from tests.world.outgoing import SENT_AT, days, dispatched_letter, night_at, noticed_letter
from tests.world.sent_letters import (
    deemed_letter,
    letter_between,
    named_letter,
    reminded_letter,
    stopped_letter,
)

pytestmark = pytest.mark.django_db
EVERYTHING = SentFilter()


def titles(institution: Institution, wanted: SentFilter = EVERYTHING, day: int = 1) -> list[str]:
    return [row.title for row in sent_page(institution.pk, wanted, at=days(day))]


def only_row(institution: Institution, day: int = 1) -> SentRow:
    (row,) = sent_page(institution.pk, EVERYTHING, at=days(day))
    return row


def test_a_row_says_to_whom_when_how_far_and_until_when(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna)
    row = only_row(cuw)
    assert (row.id, row.addressee_name, row.case_mark) == (
        letter.id, "Anna Kowalska", "CUW.5321.7.2026",
    )  # fmt: skip
    assert (row.sent_at, row.standing) == (SENT_AT, Tracked.NOTIFIED)
    assert (row.last_day_on, row.delivered_on) == (date(2026, 11, 16), None)


@pytest.mark.parametrize(
    ("make", "standing"),
    [
        (dispatched_letter, Tracked.SENT),
        (noticed_letter, Tracked.NOTIFIED),
        (reminded_letter, Tracked.REMINDED),
        (stopped_letter, Tracked.STOPPED),
        (deemed_letter, Tracked.DEEMED),
    ],
)
def test_every_standing_is_found_by_its_filter_and_by_no_other(
    make: object, standing: Tracked, daria: User, cuw: Institution, anna: User
) -> None:
    assert callable(make)
    make(daria, cuw, anna)
    found = {each for each in Tracked if titles(cuw, SentFilter(standing=each), day=16)}
    assert found == {standing}


def test_a_collected_letter_and_one_between_institutions(
    daria: User, cuw: Institution, anna: User, town_hall: Institution
) -> None:
    confirm_profile(anna, daria, cuw)
    letter = noticed_letter(daria, cuw, anna)
    collect(letter, anna)
    between = letter_between(daria, cuw, town_hall)
    rows = {row.id: row for row in sent_page(cuw.pk, EVERYTHING, at=days(5))}
    assert rows[letter.id].standing is Tracked.COLLECTED
    assert rows[letter.id].delivered_on == date(2026, 11, 5)
    assert rows[between.id].standing is Tracked.RECEIVED
    assert rows[between.id].delivered_on == date(2026, 11, 2)
    assert len(titles(cuw, SentFilter(standing=Tracked.RECEIVED))) == 1


def test_another_institution_sees_none_of_it(
    daria: User, cuw: Institution, anna: User, town_hall: Institution
) -> None:
    noticed_letter(daria, cuw, anna)
    assert titles(town_hall) == []


@pytest.mark.parametrize(
    "text",
    ["ŁĄKA", "łąka", "DECYZJA", "kowalska łąka", "cuw.77", "(a+b)", "[łąka]", "łą\\ka"],
)
def test_words_are_found_whatever_the_capitals(
    text: str, daria: User, cuw: Institution, anna: User
) -> None:
    named_letter(daria, cuw, anna, title="Decyzja: Łąka (a+b) [Łąka] Łą\\ka", mark="CUW.77.1.2026")
    named_letter(daria, cuw, anna, title="Wezwanie", mark="")
    assert titles(cuw, SentFilter(text=text)) == ["Decyzja: Łąka (a+b) [Łąka] Łą\\ka"]


def test_a_word_that_stands_nowhere_finds_nothing(
    daria: User, cuw: Institution, anna: User
) -> None:
    named_letter(daria, cuw, anna, title="Łąka", mark="")
    assert titles(cuw, SentFilter(text="ł.ka")) == []
    assert titles(cuw, SentFilter(text="łąka wezwanie")) == []


def test_the_period_counts_days_of_warsaw(daria: User, cuw: Institution, anna: User) -> None:
    # 2 November at noon in Warsaw; on the 8th the seventh day before is still within the week.
    noticed_letter(daria, cuw, anna)
    week = SentFilter(period=Period.WEEK)
    assert len(titles(cuw, week, day=6)) == 1
    assert titles(cuw, week, day=7) == []
    assert len(titles(cuw, SentFilter(period=Period.MONTH), day=29)) == 1
    assert len(titles(cuw, SentFilter(period=Period.QUARTER), day=89)) == 1
    assert len(titles(cuw, SentFilter(period=Period.YEAR), day=59)) == 1
    assert titles(cuw, SentFilter(period=Period.YEAR), day=60) == []


def test_concerns_and_their_counts(daria: User, cuw: Institution, anna: User) -> None:
    noticed_letter(daria, cuw, anna)
    stopped_letter(daria, cuw, anna)
    assert sent_counts(cuw.pk, at=days(1)).open == 2
    assert sent_counts(cuw.pk, at=days(1)).stopped == 1
    ending = SentFilter(concern=Concern.SOON)
    assert titles(cuw, ending, day=10) == []
    assert len(titles(cuw, ending, day=11)) == 1
    assert len(titles(cuw, ending, day=14)) == 1
    assert titles(cuw, ending, day=15) == []
    assert sent_counts(cuw.pk, at=days(11)).ending == 1


def test_the_last_day_of_a_calendar_leads_to_its_letters(
    daria: User, cuw: Institution, anna: User
) -> None:
    noticed_letter(daria, cuw, anna)
    stopped_letter(daria, cuw, anna)
    assert len(titles(cuw, SentFilter(last_day_on=date(2026, 11, 16)))) == 1
    assert titles(cuw, SentFilter(last_day_on=date(2026, 11, 17))) == []


def test_the_order_by_last_day_puts_those_that_wait_first(
    daria: User, cuw: Institution, anna: User
) -> None:
    deemed_letter(daria, cuw, anna)
    named_letter(daria, cuw, anna, title="Później", at=days(16))
    named_letter(daria, cuw, anna, title="Wcześniej", at=days(15))
    found = titles(cuw, SentFilter(sort=Sort.LAST_DAY), day=17)
    assert found[:2] == ["Wcześniej", "Później"]
    assert len(found) == 3
    assert titles(cuw, day=17)[0] == "Później"
    assert titles(cuw, SentFilter(sort=Sort.OLDEST), day=17)[-1] == "Później"


def test_pages_hold_25_and_a_page_there_is_not_is_the_last(
    daria: User, cuw: Institution, anna: User
) -> None:
    letter = noticed_letter(daria, cuw, anna)
    copies(letter, 26)
    second = sent_page(cuw.pk, EVERYTHING, "2", at=days(1))
    assert len(second.object_list) == 2
    assert sent_page(cuw.pk, EVERYTHING, "99", at=days(1)).number == 2
    assert sent_page(cuw.pk, EVERYTHING, "x", at=days(1)).number == 1


def test_an_export_ends_at_its_limit(
    daria: User, cuw: Institution, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tracking.MOST_EXPORTED == 10_000
    copies(noticed_letter(daria, cuw, anna), 6)
    assert len(list(sent_rows(cuw.pk, EVERYTHING, at=days(1)))) == 7
    monkeypatch.setattr(tracking, "MOST_EXPORTED", 5)
    monkeypatch.setattr(tracking, "AT_ONCE", 2)
    rows = list(sent_rows(cuw.pk, EVERYTHING, at=days(1)))
    assert len({row.id for row in rows}) == 5
    assert [row.sent_at for row in rows] == sorted((r.sent_at for r in rows), reverse=True)


def copies(letter: OutgoingLetter, count: int) -> None:
    """The same letter again, each an hour older, with its delivery."""
    from uuid import uuid4

    delivery = letter.delivery
    for number in range(1, count + 1):
        letter.id, letter.draft_id = uuid4(), uuid4()
        letter.document_no = f"KOPIA-{number}"
        letter.dispatched_at = SENT_AT - timedelta(hours=number)
        letter.save(force_insert=True)
        delivery.pk, delivery.upd_no = letter.id, f"UPD-{number}"
        delivery.dispatched_at = letter.dispatched_at
        delivery.save(force_insert=True)


def test_nights_change_what_the_list_says(daria: User, cuw: Institution, anna: User) -> None:
    noticed_letter(daria, cuw, anna)
    night_at(days(7, 15))
    assert only_row(cuw, 8).standing is Tracked.REMINDED
    night_at(days(14, 15))
    row = only_row(cuw, 15)
    assert (row.standing, row.delivered_on) == (Tracked.DEEMED, date(2026, 11, 17))
