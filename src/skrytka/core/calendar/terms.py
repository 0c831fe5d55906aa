"""Counting terms: in days and in months, by calendar dates and never by hours.

Source: KPA art. 57. Dates are those of Warsaw, so a night on which the clocks are moved is one day.
"""

from calendar import monthrange
from datetime import date, timedelta

MONTHS_OF_A_YEAR = 12


def day_counted(start_on: date, days: int) -> date:
    """This will return the last day of a term of so many days that an event on `start_on` starts.

    KPA art. 57 section 1: the day of the event is not counted; the end of the last day ends the
    term. Raises ValueError for fewer days than one.
    """
    if days < 1:
        raise ValueError("a term has at least one day")
    return start_on + timedelta(days=days)


def day_months_later(start_on: date, months: int) -> date:
    """This will return the day on which a term of so many months ends.

    KPA art. 57 section 3: the day that has the date of the first one; where the last month has no
    such day, its last day. Raises ValueError for fewer months than one.
    """
    if months < 1:
        raise ValueError("a term has at least one month")
    years, month = divmod(start_on.month - 1 + months, MONTHS_OF_A_YEAR)
    year = start_on.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start_on.day, last))
