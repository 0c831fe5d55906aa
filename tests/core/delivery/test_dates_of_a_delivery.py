"""The legal clock against a walk from day to day over lists of days off copied by hand."""

from datetime import date, timedelta

import pytest

from skrytka.core.calendar import YearNotCovered
from skrytka.core.delivery import POLICIES, DeliveryDates, delivery_dates

# Easter Sunday, Pentecost, Corpus Christi, as printed calendars have them.
FEASTS = {
    2024: ("03-31", "05-19", "05-30"), 2025: ("04-20", "06-08", "06-19"),
    2026: ("04-05", "05-24", "06-04"), 2027: ("03-28", "05-16", "05-27"),
    2028: ("04-16", "06-04", "06-15"), 2029: ("04-01", "05-20", "05-31"),
    2030: ("04-21", "06-09", "06-20"), 2031: ("04-13", "06-01", "06-12"),
}  # fmt: skip
FIXED = ("01-01", "01-06", "05-01", "05-03", "08-15", "11-01", "11-11", "12-25", "12-26")
DAY = timedelta(days=1)
# A Sunday that everybody agrees on; every seventh day from it is one.
SUNDAY = date(2024, 3, 31)
ALL_DAYS = [date(2024, 1, 1) + DAY * number for number in range(2557)]
# policy: days, shifted over days off, deemed on the day after, second notice, months of access
RULES = {
    "kpa-2014-last-day": (14, False, False, 7, 3),
    "kpa-2014-next-day": (14, False, True, 7, 3),
    "kpa-2014-shifted": (14, True, False, 7, 3),
    "ude-art42": (14, False, True, None, None),
    "ua-api-r13": (14, True, False, None, None),
}


def free_days() -> set[date]:
    free = set()
    for year, feasts in FEASTS.items():
        eve = ("12-24",) if year >= 2025 else ()
        free |= {date.fromisoformat(f"{year}-{day}") for day in (*FIXED, *feasts, *eve)}
        free.add(date.fromisoformat(f"{year}-{feasts[0]}") + DAY)
    return free


FREE = free_days()


def is_free(day: date) -> bool:
    return day in FREE or (day - SUNDAY).days % 7 in {0, 6}


def walked(start: date, days: int) -> date:
    for _ in range(days):
        start += DAY
    return start


def months_walked(start: date, months: int) -> date:
    """Walk through so many firsts of a month, then to the same date or as far as the month goes."""
    day = start
    while months:
        day += DAY
        months -= day.day == 1
    while day.day < start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def by_walking(policy: str, start: date) -> tuple[date | None, date, date, date | None]:
    days, shifted, after, second, months = RULES[policy]
    last = walked(start, days)
    while shifted and is_free(last):
        last += DAY
    deemed = last + DAY if after else last
    return (
        None if second is None else walked(start, second),
        last,
        deemed,
        None if months is None else months_walked(deemed, months),
    )


def figures(dates: DeliveryDates) -> tuple[date | None, date, date, date | None]:
    return (
        dates.second_notice_on, dates.last_day_on, dates.deemed_delivered_on, dates.access_until
    )  # fmt: skip


@pytest.mark.parametrize("policy", POLICIES)
def test_every_day_of_seven_years_agrees_with_the_walk(policy: str) -> None:
    assert (ALL_DAYS[-1], len(RULES)) == (date(2030, 12, 31), len(POLICIES))
    for day in ALL_DAYS:
        assert figures(delivery_dates(POLICIES[policy], day)) == by_walking(policy, day), day


# Start, second notice, fourteenth day, the same moved out of days off.
WORKED = """
2025-11-03 2025-11-10 2025-11-17 2025-11-17
2025-12-10 2025-12-17 2025-12-24 2025-12-29
2025-12-12 2025-12-19 2025-12-26 2025-12-29
2026-03-23 2026-03-30 2026-04-06 2026-04-07
2026-04-17 2026-04-24 2026-05-01 2026-05-04
2026-05-21 2026-05-28 2026-06-04 2026-06-05
2026-06-19 2026-06-26 2026-07-03 2026-07-03
2026-12-18 2026-12-25 2027-01-01 2027-01-04
"""


@pytest.mark.parametrize("row", WORKED.split("\n")[1:-1])
def test_worked_dates_come_out(row: str) -> None:
    start, second, fourteenth, moved = map(date.fromisoformat, row.split())
    plain = delivery_dates(POLICIES["kpa-2014-last-day"], start)
    assert (plain.second_notice_on, plain.deemed_delivered_on) == (second, fourteenth)
    following = delivery_dates(POLICIES["kpa-2014-next-day"], start)
    assert (following.last_day_on, following.deemed_delivered_on) == (fourteenth, fourteenth + DAY)
    shifted = delivery_dates(POLICIES["kpa-2014-shifted"], start)
    assert (shifted.last_day_on, shifted.deemed_delivered_on) == (moved, moved)
    assert delivery_dates(POLICIES["ude-art42"], start).deemed_delivered_on == fourteenth + DAY
    assert delivery_dates(POLICIES["ua-api-r13"], start).deemed_delivered_on == moved


def test_three_months_end_with_a_short_month() -> None:
    dates = delivery_dates(POLICIES["kpa-2014-last-day"], date(2026, 11, 16))
    assert dates.deemed_delivered_on == date(2026, 11, 30)
    assert dates.access_until == date(2027, 2, 28)
    leap = delivery_dates(POLICIES["kpa-2014-last-day"], date(2027, 11, 15))
    assert leap.access_until == date(2028, 2, 29)


@pytest.mark.parametrize("policy", POLICIES)
def test_every_date_explains_itself(policy: str) -> None:
    rule = POLICIES[policy]
    for start in (date(2025, 12, 10), date(2026, 6, 19), date(2026, 5, 2), date(2026, 5, 3)):
        dates = delivery_dates(rule, start)
        names = [reason.rule for reason in dates.explanation]
        assert names[:1] == ["START"]
        assert ("SECOND_NOTICE" in names) is (dates.second_notice_on is not None)
        assert ("ACCESS" in names) is (dates.access_until is not None)
        assert "COUNTED" in names
        assert "DEEMED" in names
        assert all(reason.source and reason.text.endswith(".") for reason in dates.explanation)


def test_a_free_last_day_is_named() -> None:
    def said(policy: str, start: date) -> str:
        return " ".join(r.text for r in delivery_dates(POLICIES[policy], start).explanation)

    eve = date(2025, 12, 10)
    assert "Wigilia Bożego Narodzenia" in said("kpa-2014-shifted", eve)
    assert "29 grudnia 2025 r. (poniedziałek)" in said("kpa-2014-shifted", eve)
    assert "ale ta reguła terminu nie przesuwa" in said("kpa-2014-last-day", eve)
    assert "To sobota" in said("kpa-2014-shifted", date(2026, 5, 2))
    assert "To niedziela" in said("kpa-2014-shifted", date(2026, 5, 3))
    assert "To dzień roboczy" in said("kpa-2014-shifted", date(2026, 6, 19))


def test_days_before_the_table_are_refused() -> None:
    with pytest.raises(YearNotCovered):
        delivery_dates(POLICIES["kpa-2014-shifted"], date(1989, 6, 4))
