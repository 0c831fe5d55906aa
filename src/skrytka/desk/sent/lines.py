"""What the list shows: tiles, rows, headings that sort, and the same rows for a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.core.calendar import civil_moment
from skrytka.delivery.queries.tracking import SentConcern, SentCounts, SentRow, SentSort
from skrytka.desk.inbox.lines import Empty, SortHead
from skrytka.desk.sent.texts import STANDINGS, UNREACHED, standing_pill
from skrytka.ui.formats import day, number
from skrytka.ui.parts import Pill, Tile


@dataclass(frozen=True)
class Line:
    """One row of the table; `until` is the last day, or the day of delivery once there is one."""

    id: UUID
    url: str
    title: str
    addressee_name: str
    addressee_address: str
    case_mark: str
    at: datetime
    when: str
    standing: Pill
    flags: tuple[str, ...]
    until: str
    until_note: str


def line_of(row: SentRow) -> Line:
    """This will lay out one letter for the list."""
    is_over = row.delivered_on is not None
    until = row.delivered_on or row.last_day_on
    return Line(
        id=row.id,
        url=reverse("desk:sent_letter", args=[row.id]),
        title=row.title,
        addressee_name=row.addressee_name,
        addressee_address=row.addressee_address,
        case_mark=row.case_mark or "–",
        at=row.sent_at,
        when=f"{civil_moment(row.sent_at):%d.%m.%Y}",
        standing=standing_pill(row.standing),
        flags=flags_of(row),
        until=day(until) if until else "–",
        until_note=_("doręczone tego dnia") if is_over else "",
    )


def flags_of(row: SentRow) -> tuple[str, ...]:
    """This will say what a clerk should look at in a letter; the gravest first."""
    flagged = (_("Złośliwy plik"),) if row.is_flagged else ()
    return (*flagged, str(UNREACHED[row.unreached])) if row.unreached else flagged


def tiles_of(counts: SentCounts) -> tuple[Tile, ...]:
    """This will lay out the numbers above the list, each a link to the letters it counts."""
    waiting = ngettext("pismo czeka na odbiór", "pism czeka na odbiór", counts.open)
    ending = ngettext("termin w ciągu 3 dni", "terminów w ciągu 3 dni", counts.ending)
    stopped = ngettext("zatrzymane", "zatrzymanych", counts.stopped)
    lost = ngettext(
        "pisma nikt nie mógł przeczytać", "pism nikt nie mógł przeczytać", counts.unreached
    )
    quiet = _("nic nie zalega")
    return (
        Tile(number(counts.open), waiting, _("u adresatów"), concern_url(SentConcern.OPEN)),
        Tile(number(counts.ending), ending, _("zobacz najbliższe"), concern_url(SentConcern.SOON)),
        Tile(
            number(counts.stopped),
            stopped,
            _("zawiadom od nowa") if counts.stopped else quiet,
            concern_url(SentConcern.STOPPED),
            hot=counts.stopped > 0,
        ),
        Tile(
            number(counts.unreached),
            lost,
            _("zawiadom inną drogą") if counts.unreached else quiet,
            concern_url(SentConcern.UNREACHED),
            hot=counts.unreached > 0,
        ),
    )


def concern_url(concern: SentConcern) -> str:
    """This will return the list of what needs a clerk, those that wait first by their last day."""
    parameters = urlencode({"uwaga": concern.value, "sort": SentSort.LAST_DAY.value})
    return f"{reverse('desk:sent')}?{parameters}"


def sort_heads(sort: SentSort) -> tuple[SortHead, SortHead]:
    """This will return the headings of dispatch and last day; the first turns round."""
    turned = SentSort.OLDEST if sort is SentSort.NEWEST else SentSort.NEWEST
    aria = {SentSort.NEWEST: "descending", SentSort.OLDEST: "ascending"}.get(sort, "")
    icon = {"descending": "arrow-down", "ascending": "arrow-up"}.get(aria, "")
    by_day = sort is SentSort.LAST_DAY
    return (
        SortHead(_("Wysłano"), turned.value, aria, icon),
        SortHead(
            _("Ostatni dzień"),
            SentSort.LAST_DAY.value,
            "ascending" if by_day else "",
            "arrow-up" if by_day else "",
        ),
    )


def empty_of(*, is_narrowed: bool) -> Empty:
    """This will say why the list is empty."""
    if is_narrowed:
        text = _("Nie znaleźliśmy takich pism. Zmień filtr albo szukane słowo.")
        return Empty(text, reverse("desk:sent"), _("Pokaż wszystkie"))
    return Empty(_("Nie ma jeszcze wysłanych pism. Pojawią się tutaj, gdy tylko je wyślesz."))


def table_heads() -> tuple[str, ...]:
    """This will return the headings of the list for a spreadsheet."""
    return (
        _("Adresat"), _("Adres skrytki"), _("Tytuł"), _("Znak sprawy"), _("Numer pisma"),
        _("Wysłano"), _("Stan"), _("Ostatni dzień"), _("Doręczono"), _("Uwaga"),
    )  # fmt: skip


def table_rows(rows: Iterable[SentRow]) -> Iterator[tuple[str, ...]]:
    """This will write each letter as the cells of one row, days as 2026-11-16."""
    standings = {code: str(words[0]) for code, words in STANDINGS.items()}
    return (
        (
            row.addressee_name,
            row.addressee_address,
            row.title,
            row.case_mark,
            row.document_no,
            f"{civil_moment(row.sent_at):%Y-%m-%d %H:%M:%S}",
            standings[row.standing],
            row.last_day_on.isoformat() if row.last_day_on else "",
            row.delivered_on.isoformat() if row.delivered_on else "",
            ", ".join(flags_of(row)),
        )
        for row in rows
    )
