"""Days off work by law, and the days on which a term may end.

Source: the act of 18 January 1951 on days off work (Dz.U. 2025 poz. 296), art. 1, as it stood in
the year asked about: Epiphany since 2011, Christmas Eve since 2025, and one single day, 12 November
2018, by the act of 7 November 2018. The table reaches back to 1990, the first whole year without
the holidays of the former republic; before it nobody's term is computed here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_FIRST_YEAR = 1990
_SATURDAY, _SUNDAY = 5, 6

_FIXED = (  # month, day, first year, name
    (1, 1, _FIRST_YEAR, "Nowy Rok"),
    (1, 6, 2011, "Święto Trzech Króli"),
    (5, 1, _FIRST_YEAR, "Święto Państwowe"),
    (5, 3, _FIRST_YEAR, "Święto Narodowe Trzeciego Maja"),
    (8, 15, _FIRST_YEAR, "Wniebowzięcie Najświętszej Maryi Panny"),
    (11, 1, _FIRST_YEAR, "Wszystkich Świętych"),
    (11, 11, _FIRST_YEAR, "Narodowe Święto Niepodległości"),
    (12, 24, 2025, "Wigilia Bożego Narodzenia"),
    (12, 25, _FIRST_YEAR, "pierwszy dzień Bożego Narodzenia"),
    (12, 26, _FIRST_YEAR, "drugi dzień Bożego Narodzenia"),
)
_MOVABLE = (  # days after Easter Sunday, name
    (0, "pierwszy dzień Wielkiej Nocy"),
    (1, "drugi dzień Wielkiej Nocy"),
    (49, "pierwszy dzień Zielonych Świątek"),
    (60, "Boże Ciało"),
)
_SINGLE = (
    (
        date(2018, 11, 12),
        "Święto Narodowe z okazji Setnej Rocznicy Odzyskania Niepodległości",
    ),
)


class YearNotCovered(ValueError):
    """The table of days off does not reach back to that year."""

    def __init__(self, year: int) -> None:
        """Keep the year."""
        super().__init__(f"days off are known from {_FIRST_YEAR}, not for {year}")
        self.year = year


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    """A day off work that is named in the act, with its Polish name."""

    on: date
    name: str


@lru_cache(maxsize=64)
def named_days_off(year: int) -> tuple[DayOff, ...]:
    """This will return the days off named in the act, in order; 14 of them since 2025.

    Sundays, which art. 1 point 2 adds, are not listed. Raises `YearNotCovered` before 1990.
    """
    if year < _FIRST_YEAR:
        raise YearNotCovered(year)
    easter = _easter_sunday(year)
    fixed = (DayOff(date(year, m, d), name) for m, d, since, name in _FIXED if year >= since)
    movable = (DayOff(easter + timedelta(days=days), name) for days, name in _MOVABLE)
    single = (DayOff(on, name) for on, name in _SINGLE if on.year == year)
    return tuple(sorted((*fixed, *movable, *single)))


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    """This will return the dates of `named_days_off`. Raises `YearNotCovered` before 1990."""
    return frozenset(day.on for day in named_days_off(year))


def is_day_off(day: date) -> bool:
    """This will tell whether the act makes the day free: a named day or a Sunday.

    Raises `YearNotCovered` before 1990.
    """
    return day in days_off(day.year) or day.weekday() == _SUNDAY


def is_working_day(day: date) -> bool:
    """This will tell whether a term may end on the day.

    KPA art. 57 section 4: a term whose last day is free by law or a Saturday ends on the next day
    that is neither. Raises `YearNotCovered` before 1990.
    """
    return not is_day_off(day) and day.weekday() != _SATURDAY


def next_working_day(day: date) -> date:
    """This will return the day itself when a term may end on it, else the first such day after.

    KPA art. 57 section 4. Raises `YearNotCovered` before 1990.
    """
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _easter_sunday(year: int) -> date:
    """This will return Easter in the Gregorian calendar.

    The age of the moon on the first days of the year (the epact) gives the Paschal full moon after
    20 March; Easter is the Sunday after it. Steps as in the tables of the reform of 1582.
    """
    golden = year % 19
    century = year // 100
    solar = century - century // 4  # leap days left out since the reform
    lunar = (8 * century + 13) // 25  # drift of the nineteen-year cycle of the moon
    epact = (19 * golden + solar - lunar + 15) % 30
    # The two corrections keep full moons of one cycle on different dates.
    moon = epact - (epact == 29 or (epact == 28 and golden > 10))
    full_moon = date(year, 3, 21) + timedelta(days=moon)
    return full_moon + timedelta(days=_SUNDAY - full_moon.weekday() or 7)
