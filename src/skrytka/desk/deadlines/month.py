"""A month of deadlines: its weeks, which days are free and why, and what ends on each."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from skrytka.core.calendar import is_working_day, named_days_off
from skrytka.delivery.queries.deadlines import DayOfDeadlines, Deadline, DeadlineKind
from skrytka.ui.formats import day
from skrytka.ui.parts import Pill, Tone

Text = str | Promise
YEARS_AWAY = 5
DECEMBER = 12
MONTHS: tuple[Text, ...] = (
    gettext_lazy("Styczeń"), gettext_lazy("Luty"), gettext_lazy("Marzec"),
    gettext_lazy("Kwiecień"), gettext_lazy("Maj"), gettext_lazy("Czerwiec"),
    gettext_lazy("Lipiec"), gettext_lazy("Sierpień"), gettext_lazy("Wrzesień"),
    gettext_lazy("Październik"), gettext_lazy("Listopad"), gettext_lazy("Grudzień"),
)  # fmt: skip
WEEKDAYS: tuple[Text, ...] = (
    gettext_lazy("poniedziałek"), gettext_lazy("wtorek"), gettext_lazy("środa"),
    gettext_lazy("czwartek"), gettext_lazy("piątek"), gettext_lazy("sobota"),
    gettext_lazy("niedziela"),
)  # fmt: skip
KINDS: dict[DeadlineKind, tuple[Text, Tone]] = {
    DeadlineKind.LAST_DAY: (gettext_lazy("Ostatni dzień"), Tone.WARN),
    DeadlineKind.SECOND_NOTICE: (gettext_lazy("Powtórne zawiadomienie"), Tone.INFO),
}
NOTHING = DayOfDeadlines((), 0, 0)


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline of a day."""

    kind: Pill
    mark: str
    title: str
    addressee_name: str
    url: str


@dataclass(frozen=True)
class DayCell:
    """One day. `free` says why it is no working day; empty on a working one."""

    on: date
    number: int
    heading: str
    free: str
    has_name: bool
    is_today: bool
    lines: tuple[DeadlineLine, ...]
    more: str
    more_url: str


@dataclass(frozen=True)
class Month:
    """The month as weeks from Monday; None stands for a day of another month."""

    first: date
    name: str
    weekdays: tuple[Text, ...]
    weeks: tuple[tuple[DayCell | None, ...], ...]
    before_url: str
    after_url: str

    @property
    def days(self) -> tuple[DayCell, ...]:
        """The days that a list names: those with deadlines, today, and the days off by law."""
        cells = (cell for week in self.weeks for cell in week if cell is not None)
        return tuple(cell for cell in cells if cell.lines or cell.is_today or cell.has_name)


def month_asked(text: str, today: date) -> date:
    """This will read „2026-11”; anything else and a month far away stands for the present one."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if abs(first.year - today.year) <= YEARS_AWAY else today.replace(day=1)


def last_of(first: date) -> date:
    """This will return the last day of the month that begins on `first`."""
    return _next(first) - timedelta(days=1)


def month_of(first: date, days: Mapping[date, DayOfDeadlines], today: date) -> Month:
    """This will lay out the month that begins on `first`."""
    free = {each.on: each.name for each in named_days_off(first.year)}
    weeks = tuple(
        tuple(
            _cell(on, days.get(on, NOTHING), free.get(on, ""), today)
            if on.month == first.month
            else None
            for on in week
        )
        for week in Calendar().monthdatescalendar(first.year, first.month)
    )
    return Month(
        first=first,
        name=f"{MONTHS[first.month - 1]} {first.year}",
        weekdays=WEEKDAYS,
        weeks=weeks,
        before_url=_url((first - timedelta(days=1)).replace(day=1), today),
        after_url=_url(_next(first), today),
    )


def kind_text(kind: DeadlineKind) -> str:
    return str(KINDS[kind][0])


def _next(first: date) -> date:
    if first.month == DECEMBER:
        return date(first.year + 1, 1, 1)
    return first.replace(month=first.month + 1)


def _url(first: date, today: date) -> str:
    if abs(first.year - today.year) > YEARS_AWAY:
        return ""
    return f"{reverse('desk:deadlines')}?{urlencode({'miesiac': f'{first:%Y-%m}'})}"


def _cell(on: date, found: DayOfDeadlines, name: str, today: date) -> DayCell:
    listed = urlencode({"dzien": on.isoformat()})
    return DayCell(
        on=on,
        number=on.day,
        heading=f"{day(on)}, {WEEKDAYS[on.weekday()]}",
        free=_free(on, name),
        has_name=bool(name),
        is_today=on == today,
        lines=tuple(map(_line, found.shown)),
        more=_more(found),
        more_url=f"{reverse('desk:sent')}?{listed}" if found.last_days else "",
    )


def _free(on: date, name: str) -> str:
    if name:
        return name
    return "" if is_working_day(on) else str(_("dzień wolny"))


def _more(found: DayOfDeadlines) -> str:
    if found.more <= 0:
        return ""
    return ngettext("i jeszcze %(n)s", "i jeszcze %(n)s", found.more) % {"n": found.more}


def _line(deadline: Deadline) -> DeadlineLine:
    text, tone = KINDS[deadline.kind]
    return DeadlineLine(
        kind=Pill(str(text), tone),
        mark=deadline.mark,
        title=deadline.title,
        addressee_name=deadline.addressee_name,
        url=reverse("desk:sent_letter", args=[deadline.letter_id]),
    )
