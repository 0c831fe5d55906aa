from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.ui import formats

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"), (1, "1 kB"), (18_000, "18 kB"), (999_999, "1000 kB"), (2_100_000, "2,1 MB"),
        (86_000_000, "86 MB"), (86_000_001, "86,0 MB"), (150_000_000, "150 MB"),
        (1_234_000_000, "1 234 MB"),
    ],
)  # fmt: skip
def test_sizes_are_written_with_a_decimal_comma_and_a_hard_space(count: int, shown: str) -> None:
    assert formats.file_size(count) == shown.replace(" ", NBSP)


@given(st.integers(min_value=1, max_value=10**12))
def test_no_size_of_a_file_that_holds_something_reads_as_nothing(count: int) -> None:
    assert not formats.file_size(count).startswith(f"0{NBSP}")


def test_an_instant_is_shown_in_official_polish_time() -> None:
    at = datetime(2026, 11, 23, 13, 47, 6, tzinfo=UTC)
    assert formats.moment(at).replace(NBSP, " ") == "23 listopada 2026 r., godz. 14:47:06"
    assert formats.short_moment(at) == "23.11.2026, 14:47:06"
    assert formats.clock_time(at) == "14:47"
    assert formats.iso_moment(at) == "2026-11-23T14:47:06+01:00"
    assert formats.official_time(at) == "czas urzędowy, UTC+1"


def test_hours_break_only_between_days() -> None:
    shown = formats.unbroken("pon.–śr. 7:30–15:30, pt. 7:30–14:00")
    joiner = formats.WORD_JOINER
    assert shown.split(" ")[1:] == [f"pt.{NBSP}7:30{joiner}–{joiner}14:00"]


def test_summer_time_is_named_as_such() -> None:
    assert formats.official_time(datetime(2026, 7, 1, tzinfo=UTC)) == "czas urzędowy, UTC+2"


def test_the_zone_an_instant_came_in_does_not_matter() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    there = at.astimezone(timezone(timedelta(hours=-8)))
    assert formats.moment(at) == formats.moment(there)
    assert formats.day(at) == formats.day(date(2027, 1, 1))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2026, 1, 1, 12, 0))  # noqa: DTZ001 - the fault under test


def test_a_digest_shows_its_ends_in_groups_of_four() -> None:
    whole = "9f2c41d0" + "0" * 52 + "7ab3"
    assert formats.digest(whole) == "9f2c 41d0 … 7ab3"
    assert formats.whole_digest(whole).replace(" ", "") == whole
    assert formats.digest("9f2c41d0") == "9f2c 41d0"


def test_thousands_are_parted_by_a_hard_space() -> None:
    assert formats.number(9716) == f"9{NBSP}716"
