"""Days off work: against lists computed in another way and against published dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.calendar import (
    YearNotCovered,
    days_off,
    is_day_off,
    is_working_day,
    named_days_off,
    next_working_day,
)

DAYS_OF_2026 = {
    "2026-01-01",
    "2026-01-06",
    "2026-04-05",
    "2026-04-06",
    "2026-05-01",
    "2026-05-03",
    "2026-05-24",
    "2026-06-04",
    "2026-08-15",
    "2026-11-01",
    "2026-11-11",
    "2026-12-24",
    "2026-12-25",
    "2026-12-26",
}


def easter(year: int) -> date:
    """The anonymous Gregorian computation of 1876, another road to the same Sunday."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def test_the_year_2026_has_the_fourteen_published_days() -> None:
    assert {day.isoformat() for day in days_off(2026)} == DAYS_OF_2026


def test_movable_feasts_agree_with_an_independent_computation() -> None:
    for year in range(1990, 4100):
        sunday = easter(year)
        movable = {sunday + timedelta(days=days) for days in (0, 1, 49, 60)}
        assert movable <= days_off(year)
        assert sunday.weekday() == 6


@given(st.integers(1990, 4099))
def test_every_day_has_one_name_and_stands_in_order(year: int) -> None:
    named = named_days_off(year)
    expected = 12 + (year >= 2011) + (year >= 2025) + (year == 2018)
    assert len(named) == len({day.on for day in named}) == len({day.name for day in named})
    assert len(named) == expected
    assert list(named) == sorted(named)
    assert all(day.on.year == year for day in named)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2024, 12, 24), False),
        (date(2025, 12, 24), True),
        (date(2010, 1, 6), False),
        (date(2011, 1, 6), True),
        (date(2018, 11, 12), True),
        (date(2019, 11, 12), False),
        (date(2026, 6, 4), True),
        (date(2026, 6, 5), False),
        (date(2026, 6, 6), False),
        (date(2026, 6, 7), True),
    ],
)
def test_the_law_of_each_year_decides(day: date, free: bool) -> None:  # noqa: FBT001 - the table
    assert is_day_off(day) is free


@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)))
def test_a_working_day_is_neither_free_nor_a_saturday(day: date) -> None:
    assert is_working_day(day) is (day not in days_off(day.year) and day.weekday() < 5)


@given(st.dates(date(1990, 1, 1), date(2199, 12, 1)))
def test_the_next_working_day_is_the_first_one_from_the_day_on(day: date) -> None:
    found = next_working_day(day)
    skipped = [day + timedelta(days=days) for days in range((found - day).days)]
    assert is_working_day(found)
    assert not any(map(is_working_day, skipped))
    assert len(skipped) <= 5


@pytest.mark.parametrize(
    ("last_day", "moved_to"),
    [
        ("2025-11-17", "2025-11-17"),
        ("2025-12-24", "2025-12-29"),
        ("2025-12-26", "2025-12-29"),
        ("2026-04-06", "2026-04-07"),
        ("2026-05-01", "2026-05-04"),
        ("2026-06-04", "2026-06-05"),
        ("2026-07-03", "2026-07-03"),
        ("2027-01-01", "2027-01-04"),
    ],
)
def test_a_last_day_moves_as_in_the_worked_dates(last_day: str, moved_to: str) -> None:
    assert next_working_day(date.fromisoformat(last_day)).isoformat() == moved_to


def test_a_year_before_the_table_is_refused_and_not_guessed() -> None:
    with pytest.raises(YearNotCovered) as refusal:
        days_off(1989)
    assert refusal.value.year == 1989
