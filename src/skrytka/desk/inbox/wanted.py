"""What the address of the inbox asks for; a value nobody offers is no restriction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skrytka.accounts.queries import BoxView
from skrytka.desk.access import Desk
from skrytka.desk.texts import STATES
from skrytka.evidence.queries import Outcome
from skrytka.letters.queries.inbox import Arrival, Folder, InboxFilter, Lacking, Sort
from skrytka.letters.queries.states import HandlingState
from skrytka.ui.parts import Choice

LONGEST_TEXT = 100
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True)
class FilterField:
    """One drop-down above the list."""

    id: str
    name: str
    label: str
    choices: tuple[Choice, ...]


def filter_of(params: QueryDict, desk: Desk, folder: Folder) -> InboxFilter:
    """This will read the filter from the address."""
    box = params.get("skrytka", "")
    return InboxFilter(
        institution_id=desk.institution_id,
        user_id=desk.viewer.user_id,
        folder=folder,
        state=_state(params.get("stan", "")),
        lacking=_code(Lacking, params.get("stan", "")),
        outcome=_code(Outcome, params.get("podpis", "")),
        arrival=_code(Arrival, params.get("wplynelo", "")) or Arrival.ANY,
        box_id=int(box) if box.isdecimal() and len(box) < LONGEST_TEXT // 10 else None,
        text=params.get("q", "").strip()[:LONGEST_TEXT],
        sort=_code(Sort, params.get("sort", "")) or Sort.NEWEST,
    )


def is_narrowed(wanted: InboxFilter) -> bool:
    """This will tell whether the list shows less than its whole folder."""
    chosen = (wanted.state, wanted.lacking, wanted.outcome, wanted.arrival.value)
    return any((*chosen, wanted.box_id, wanted.text))


def address_part(wanted: InboxFilter) -> str:
    """This will write the filter back as the parameters of an address."""
    pairs = {
        "q": wanted.text,
        "stan": wanted.state or wanted.lacking,
        "podpis": wanted.outcome,
        "wplynelo": wanted.arrival.value,
        "skrytka": wanted.box_id,
        "sort": "" if wanted.sort is Sort.NEWEST else wanted.sort.value,
    }
    return urlencode({name: str(value) for name, value in pairs.items() if value})


def filter_fields(wanted: InboxFilter, boxes: tuple[BoxView, ...]) -> tuple[FilterField, ...]:
    """This will lay out the drop-downs; the state is asked for only where it is not the folder."""
    fields = [
        FilterField("filter-outcome", "podpis", _("Podpis"), _outcomes(wanted.outcome)),
        FilterField("filter-arrival", "wplynelo", _("Wpłynęło"), _arrivals(wanted.arrival)),
    ]
    if wanted.folder in {Folder.RECEIVED, Folder.MINE}:
        states = _states(wanted)
        fields.insert(0, FilterField("filter-state", "stan", _("Stan"), states))
    if len(boxes) > 1:
        fields.append(FilterField("filter-box", "skrytka", _("Skrytka"), _boxes(wanted, boxes)))
    return tuple(fields)


def _states(wanted: InboxFilter) -> tuple[Choice, ...]:
    offered = [(state.value, str(text)) for state, (text, _tone) in STATES.items()]
    if wanted.folder is Folder.RECEIVED:
        offered.append((Lacking.READER.value, _("Nieotwarte")))
        offered.append((Lacking.CLERK.value, _("Bez prowadzącego")))
    chosen = wanted.state or wanted.lacking
    return _choices((("", _("Wszystkie")), *offered), chosen.value if chosen else "")


def _outcomes(chosen: Outcome | None) -> tuple[Choice, ...]:
    offered = (
        ("", _("Dowolny")),
        (Outcome.VALID.value, _("Ważny")),
        (Outcome.INVALID.value, _("Nieważny")),
        (Outcome.UNKNOWN.value, _("Weryfikacja")),
        (Outcome.NONE.value, _("Brak")),
    )
    return _choices(offered, chosen.value if chosen else "")


def _arrivals(chosen: Arrival) -> tuple[Choice, ...]:
    offered = (
        (Arrival.ANY.value, _("Kiedykolwiek")),
        (Arrival.TODAY.value, _("Dziś")),
        (Arrival.WEEK.value, _("Ostatnie 7 dni")),
        (Arrival.MONTH.value, _("Ostatnie 30 dni")),
        (Arrival.WAITING.value, _("Ponad 1 dzień temu")),
    )
    return _choices(offered, chosen.value)


def _boxes(wanted: InboxFilter, boxes: tuple[BoxView, ...]) -> tuple[Choice, ...]:
    offered = (("", _("Wszystkie")), *((str(box.id), box.name) for box in boxes))
    return _choices(offered, str(wanted.box_id or ""))


def _choices(offered: tuple[tuple[str, str], ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, text, checked=value == chosen) for value, text in offered)


def _state(text: str) -> HandlingState | None:
    return HandlingState(text) if text in HandlingState.values else None


def _code(kind: type[Code], text: str) -> Code | None:
    return kind(text) if text in set(kind) else None
