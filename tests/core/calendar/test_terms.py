"""Terms in days and months, and dates in words."""

from datetime import date

import pytest

from skrytka.core.calendar import day_counted, day_in_words, day_months_later, day_with_weekday


def test_the_day_of_the_event_is_not_counted() -> None:
    assert day_counted(date(2025, 11, 3), 14) == date(2025, 11, 17)
    assert day_counted(date(2024, 2, 28), 1) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 1, "2026-02-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-10-10", 27, "2029-01-10"),
    ],
)
def test_months_end_on_the_same_date_or_with_the_month(start: str, months: int, end: str) -> None:
    assert day_months_later(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_a_term_of_nothing_is_no_term() -> None:
    for count in (day_counted, day_months_later):
        with pytest.raises(ValueError, match="at least one"):
            count(date(2026, 1, 1), 0)


def test_dates_are_written_as_in_documents() -> None:
    assert day_in_words(date(2026, 9, 1)) == "1 września 2026 r."
    assert day_with_weekday(date(2026, 11, 25)) == "25 listopada 2026 r. (środa)"
