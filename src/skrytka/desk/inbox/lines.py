"""What the inbox shows: tiles, rows and the words of an empty list."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.core.calendar import civil_date
from skrytka.desk.texts import outcome_pill, state_pill
from skrytka.letters.queries.inbox import Arrival, Folder, InboxCounts, InboxRow, Sort
from skrytka.letters.queries.states import HandlingState
from skrytka.ui.formats import clock_time, day, file_size, number
from skrytka.ui.parts import Pill, Tile


@dataclass(frozen=True)
class Line:
    """One row of the table; `when` is the hour for today's letters, else the day."""

    id: UUID
    url: str
    title: str
    card_name: str
    sender_name: str
    sender_address: str
    at: datetime
    when: str
    hour: str
    attachments: str
    signature: Pill
    state: Pill
    is_new: bool
    assignee: str
    assign_url: str
    is_flagged: bool


@dataclass(frozen=True)
class SortHead:
    """A heading that sorts; `aria` is empty while the list goes by another column."""

    text: str
    value: str
    aria: str
    icon: str


@dataclass(frozen=True)
class Empty:
    text: str
    url: str = ""
    link: str = ""


def line_of(row: InboxRow, at: datetime) -> Line:
    """This will lay out one letter for the list."""
    is_today = civil_date(row.submitted_at) == civil_date(at)
    hour = clock_time(row.submitted_at)
    assign = reverse("desk:assign", query={"p": str(row.letter_id)})
    can_be_assigned = not row.assignee and row.state is not HandlingState.DONE
    return Line(
        id=row.letter_id,
        url=reverse("desk:letter", args=[row.letter_id]),
        title=row.title,
        card_name=row.card_name,
        sender_name=row.sender_name,
        sender_address=row.sender_address,
        at=row.submitted_at,
        when=hour if is_today else day(row.submitted_at),
        hour="" if is_today else hour,
        attachments=_attachments(row),
        signature=outcome_pill(row.outcome),
        state=state_pill(row.state),
        is_new=row.state is HandlingState.NEW,
        assignee=row.assignee,
        assign_url=assign if can_be_assigned else "",
        is_flagged=row.is_flagged,
    )


def tiles_of(counts: InboxCounts) -> tuple[Tile, ...]:
    """This will lay out the numbers above the list, each a link to the letters it counts."""
    inbox = reverse("desk:inbox")
    waiting = f"{inbox}?stan={HandlingState.NEW.value}&wplynelo={Arrival.WAITING.value}"
    new = ngettext("nowe pismo", "nowych pism", counts.new)
    late = ngettext("czeka ponad 1 dzień", "czekają ponad 1 dzień", counts.waiting)
    lacking = ngettext("pismo z brakami", "pism z brakami", counts.deficient)
    refused = ngettext("odrzucone pismo", "odrzuconych pism", counts.refused)
    today = _("dziś wpłynęło %(count)s") % {"count": number(counts.arrived_today)}
    first = _("przydziel je najpierw") if counts.waiting else _("nic nie zalega")
    call = _("wezwij do uzupełnienia") if counts.deficient else _("nic nie brakuje")
    told = _("nadawca powiadomiony") if counts.refused else _("nic nie odrzuciliśmy")
    return (
        Tile(number(counts.new), new, today, f"{inbox}?stan={HandlingState.NEW.value}"),
        Tile(number(counts.waiting), late, first, waiting, hot=counts.waiting > 0),
        Tile(number(counts.deficient), lacking, call, reverse("desk:deficient")),
        Tile(number(counts.refused), refused, told, reverse("desk:refused")),
    )


def sort_heads(sort: Sort) -> tuple[SortHead, SortHead]:
    """This will return the headings of arrival and sender; choosing one again turns it round."""
    by_arrival = Sort.OLDEST if sort is Sort.NEWEST else Sort.NEWEST
    by_sender = Sort.SENDER_DOWN if sort is Sort.SENDER else Sort.SENDER
    aria = {
        Sort.NEWEST: "descending",
        Sort.OLDEST: "ascending",
        Sort.SENDER: "ascending",
        Sort.SENDER_DOWN: "descending",
    }[sort]
    icon = "arrow-down" if aria == "descending" else "arrow-up"
    is_by_sender = sort in {Sort.SENDER, Sort.SENDER_DOWN}
    return (
        _head(_("Wpłynęło"), by_arrival, "" if is_by_sender else aria, icon),
        _head(_("Nadawca"), by_sender, aria if is_by_sender else "", icon),
    )


def nothing_found(folder_url: str) -> Empty:
    """This will say that the filter finds nothing, and lead back to the whole list."""
    text = _("Nie znaleźliśmy takich pism. Zmień filtr albo szukane słowo.")
    return Empty(text, folder_url, _("Pokaż wszystkie"))


def empty_of(folder: Folder, last_at: datetime | None, at: datetime) -> Empty:
    """This will say why a folder holds nothing and what to do about it."""
    if folder is Folder.MINE:
        return Empty(_("Nikt nie przydzielił Ci pisma. Weź pismo z listy „Odebrane”."))
    if folder is Folder.DEFICIENT:
        return Empty(_("Żadne pismo nie czeka na uzupełnienie."))
    if folder is Folder.DONE:
        return Empty(_("Nie ma jeszcze załatwionych pism."))
    return Empty(_no_letters(last_at, at))


def _no_letters(last_at: datetime | None, at: datetime) -> str:
    if last_at is None:
        return _("Nie ma jeszcze pism. Pojawią się tutaj, gdy tylko ktoś je wyśle.")
    is_today = civil_date(last_at) == civil_date(at)
    told = _("dziś o %(time)s") if is_today else _("%(day)s o %(time)s")
    when = told % {"time": clock_time(last_at), "day": day(last_at)}
    return _("Nie ma nowych pism. Ostatnie wpłynęło %(when)s.") % {"when": when}


def _attachments(row: InboxRow) -> str:
    if not row.attachment_count:
        return _("brak")
    return f"{row.attachment_count} ({file_size(row.attachment_bytes)})"


def _head(text: str, value: Sort, aria: str, icon: str) -> SortHead:
    return SortHead(text, value.value, aria, icon if aria else "")
