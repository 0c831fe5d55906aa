"""Instants as Poland sees them: midnight, both changes of the clock, the way to XML and back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.core.calendar import (
    WARSAW,
    civil_date,
    civil_moment,
    parse_xml_date,
    parse_xml_datetime,
    whole_milliseconds,
    xml_datetime,
)

INSTANTS = st.datetimes(
    datetime(1950, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
    datetime(2037, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, WARSAW, timezone(timedelta(hours=-11))]),
)


def last_sunday(year: int, month: int) -> datetime:
    day = datetime(year, month, 31, 1, tzinfo=UTC)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def hours_ahead(at: datetime) -> int:
    """Directive 2000/84/EC: summer time between 01:00 UTC of two last Sundays, since 1996."""
    summer = last_sunday(at.year, 3) <= at < last_sunday(at.year, 10)
    return 2 if summer else 1


@given(st.datetimes(datetime(1997, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_civil_date_agrees_with_the_directive_on_summer_time(at: datetime) -> None:
    assert civil_date(at) == (at + timedelta(hours=hours_ahead(at))).date()
    assert civil_moment(at).astimezone(UTC) == at  # of two zones a repeated hour is never equal


@given(INSTANTS)
def test_an_instant_survives_the_way_to_xml_and_back_in_milliseconds(at: datetime) -> None:
    kept = whole_milliseconds(at)
    assert parse_xml_datetime(xml_datetime(at)) == kept == parse_xml_datetime(xml_datetime(kept))
    assert timedelta(0) <= at.astimezone(UTC) - kept < timedelta(milliseconds=1)
    assert kept.tzinfo is UTC


@pytest.mark.parametrize(
    ("instant", "seen"),
    [
        ("2026-01-12T09:11:12.345+00:00", "2026-01-12T10:11:12.345+01:00"),
        ("2026-06-30T22:00:00+00:00", "2026-07-01T00:00:00.000+02:00"),
        ("2026-03-29T00:59:59.999+00:00", "2026-03-29T01:59:59.999+01:00"),
        ("2026-03-29T01:00:00+00:00", "2026-03-29T03:00:00.000+02:00"),
        ("2026-10-25T00:30:00+00:00", "2026-10-25T02:30:00.000+02:00"),
        ("2026-10-25T01:30:00+00:00", "2026-10-25T02:30:00.000+01:00"),
    ],
)
def test_the_clock_of_warsaw_is_written_with_its_offset(instant: str, seen: str) -> None:
    assert xml_datetime(datetime.fromisoformat(instant)) == seen


@pytest.mark.parametrize("convert", [civil_date, civil_moment, whole_milliseconds, xml_datetime])
def test_an_instant_without_a_zone_is_refused(convert: object) -> None:
    assert callable(convert)
    with pytest.raises(ValueError, match="time zone"):
        convert(datetime(2026, 1, 12))  # noqa: DTZ001 - the very thing that is refused


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-12T10:09:58", "2026-01-12T09:09:58+00:00"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00"),
        (" 2026-01-12T09:09:58Z\n", "2026-01-12T09:09:58+00:00"),
        ("2026-01-12T10:09:58.1234567+01:00", "2026-01-12T09:09:58.123456+00:00"),
    ],
)
def test_the_forms_found_in_official_documents_are_read(text: str, instant: str) -> None:
    assert parse_xml_datetime(text) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text",
    ["", "2026-01-12", "20260112T100958", "2026-W03-1T10:00:00", "2026-02-30T10:00:00",
     "2026-01-12 10:09:58", "2026-01-12T25:00:00", "0001-01-01T00:00:00+14:00", "wczoraj"],
)  # fmt: skip
def test_what_is_not_an_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_xml_datetime(text)


def test_a_date_is_read_from_a_date_or_from_an_instant() -> None:
    assert parse_xml_date("2026-01-12") == date(2026, 1, 12)
    assert parse_xml_date("2026-01-12+01:00") == date(2026, 1, 12)
    assert parse_xml_date("2026-01-12T23:30:00Z") == date(2026, 1, 13)
    with pytest.raises(ValueError):
        parse_xml_date("2026-13-01")
