"""Civil time in Poland: instants seen from Warsaw, days off work, working days."""

from skrytka.core.calendar.days_off import (
    DayOff,
    YearNotCovered,
    days_off,
    is_day_off,
    is_working_day,
    named_days_off,
    next_working_day,
)
from skrytka.core.calendar.terms import day_counted, day_months_later
from skrytka.core.calendar.warsaw import (
    WARSAW,
    civil_date,
    civil_moment,
    day_start,
    parse_xml_date,
    parse_xml_datetime,
    whole_milliseconds,
    xml_datetime,
)
from skrytka.core.calendar.words import day_in_words, day_with_weekday

__all__ = [
    "WARSAW",
    "DayOff",
    "YearNotCovered",
    "civil_date",
    "civil_moment",
    "day_counted",
    "day_in_words",
    "day_months_later",
    "day_start",
    "day_with_weekday",
    "days_off",
    "is_day_off",
    "is_working_day",
    "named_days_off",
    "next_working_day",
    "parse_xml_date",
    "parse_xml_datetime",
    "whole_milliseconds",
    "xml_datetime",
]
