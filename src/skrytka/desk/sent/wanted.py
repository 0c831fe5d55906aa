"""What the address of the list asks for; a value nobody offers is no restriction."""

from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skrytka.delivery.queries.tracking import Period, SentConcern, SentFilter, SentSort, Tracked
from skrytka.desk.inbox.wanted import FilterField
from skrytka.desk.sent.texts import STANDINGS
from skrytka.ui.parts import Choice

LONGEST_TEXT = 100
Code = TypeVar("Code", bound=StrEnum)


def filter_of(params: QueryDict) -> SentFilter:
    """This will read the filter from the address."""
    return SentFilter(
        standing=_code(Tracked, params.get("stan", "")),
        concern=_code(SentConcern, params.get("uwaga", "")) or SentConcern.ANY,
        period=_code(Period, params.get("okres", "")) or Period.ANY,
        last_day_on=_day(params.get("dzien", "")),
        text=params.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT],
        sort=_code(SentSort, params.get("sort", "")) or SentSort.NEWEST,
    )


def is_narrowed(wanted: SentFilter) -> bool:
    """This will tell whether the list shows less than everything that was sent."""
    restrictions = (wanted.standing, wanted.concern.value, wanted.period.value)
    return any((*restrictions, wanted.last_day_on, wanted.text))


def address_part(wanted: SentFilter) -> str:
    """This will write the filter back as the parameters of an address."""
    pairs = {
        "q": wanted.text,
        "stan": wanted.standing or "",
        "uwaga": wanted.concern.value,
        "okres": wanted.period.value,
        "dzien": wanted.last_day_on.isoformat() if wanted.last_day_on else "",
        "sort": "" if wanted.sort is SentSort.NEWEST else wanted.sort.value,
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def filter_fields(wanted: SentFilter) -> tuple[FilterField, ...]:
    """This will lay out the drop-downs."""
    return (
        FilterField("filter-standing", "stan", _("Stan"), _standings(wanted.standing)),
        FilterField("filter-concern", "uwaga", _("Uwaga"), _concerns(wanted.concern)),
        FilterField("filter-period", "okres", _("Wysłano"), _periods(wanted.period)),
    )


def _standings(chosen: Tracked | None) -> tuple[Choice, ...]:
    offered = ((code.value, str(words[0])) for code, words in STANDINGS.items())
    return _choices((("", _("Wszystkie")), *offered), chosen.value if chosen else "")


def _concerns(chosen: SentConcern) -> tuple[Choice, ...]:
    offered = (
        (SentConcern.ANY.value, _("Wszystkie")),
        (SentConcern.OPEN.value, _("Czeka na odbiór")),
        (SentConcern.STOPPED.value, _("Tylko zatrzymane")),
        (SentConcern.SOON.value, _("Termin w ciągu 3 dni")),
        (SentConcern.UNREACHED.value, _("Nikt nie mógł przeczytać")),
        (SentConcern.FLAGGED.value, _("Złośliwy plik")),
    )
    return _choices(offered, chosen.value)


def _periods(chosen: Period) -> tuple[Choice, ...]:
    offered = (
        (Period.ANY.value, _("Kiedykolwiek")),
        (Period.WEEK.value, _("Ostatnie 7 dni")),
        (Period.MONTH.value, _("Ostatnie 30 dni")),
        (Period.QUARTER.value, _("Ostatnie 90 dni")),
        (Period.YEAR.value, _("W tym roku")),
    )
    return _choices(offered, chosen.value)


def _choices(offered: tuple[tuple[str, str], ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, text, checked=value == chosen) for value, text in offered)


def _code(kind: type[Code], text: str) -> Code | None:
    return kind(text) if text in set(kind) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
