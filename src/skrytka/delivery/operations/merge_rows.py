"""What becomes of each line of a list: to whom it goes, what it says, or what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skrytka.accounts.queries.delivery_consent import resigned_among
from skrytka.delivery.operations.completeness import places_in
from skrytka.delivery.operations.drafts import LONGEST_CASE_MARK, LONGEST_TITLE
from skrytka.delivery.operations.merge_table import ADDRESS, CASE_MARK, MergeTable
from skrytka.delivery.operations.templates import filled
from skrytka.delivery.queries.addressees import (
    AddresseeFound,
    AddresseeKind,
    addressees_of_addresses,
)
from skrytka.letters.operations.completeness import LONGEST_BODY

ADDRESSEE, INSTITUTION = "adresat", "instytucja"


class RowFault(StrEnum):
    """Why a line becomes no letter."""

    NO_ADDRESS = "NO_ADDRESS"
    NO_BOX = "NO_BOX"
    RESIGNED = "RESIGNED"
    DOUBLE = "DOUBLE"
    MISSING = "MISSING"
    TOO_MANY_CELLS = "TOO_MANY_CELLS"
    TOO_LONG = "TOO_LONG"


@dataclass(frozen=True)
class SeriesText:
    """The one text of a series, its places not filled yet, and who sends it."""

    institution_id: int
    institution_name: str
    title: str
    body: str


@dataclass(frozen=True)
class SeriesRow:
    """One line: `number` counts from 1; with a fault, `detail` names what is missing or double."""

    number: int
    address: str
    addressee: AddresseeFound | None
    title: str
    body: str
    case_mark: str
    fault: RowFault | None = None
    detail: str = ""


def unknown_places(text: SeriesText, table: MergeTable) -> tuple[str, ...]:
    """This will list places of the text that no column of the list gives a value for."""
    known = {*table.header, ADDRESSEE, INSTITUTION}
    places = places_in(f"{text.title}\n{text.body}")
    return tuple(place for place in places if place.strip("{}").casefold() not in known)


def series_rows(text: SeriesText, table: MergeTable, at: datetime) -> tuple[SeriesRow, ...]:
    """This will judge every line of the list, in order."""
    addresses = [table.cells(row)[ADDRESS] for row in table.rows]
    found = addressees_of_addresses(text.institution_id, addresses)
    parties = (one.id for one in found.values() if one.kind is AddresseeKind.PARTY)
    resigned = resigned_among(parties, at=at)
    return tuple(_of_willing(row, resigned) for row in _judged(text, table, found))


def _of_willing(row: SeriesRow, resigned: frozenset[int]) -> SeriesRow:
    """A party that has resigned from delivery to its account gets the letter on paper."""
    to = row.addressee
    is_party = to is not None and to.kind is AddresseeKind.PARTY
    if row.fault is None and to is not None and is_party and to.id in resigned:
        return _refused(row, RowFault.RESIGNED, "")
    return row


def _judged(
    text: SeriesText, table: MergeTable, found: dict[str, AddresseeFound]
) -> Iterator[SeriesRow]:
    seen: dict[str, int] = {}
    for number, line in enumerate(table.rows, start=1):
        cells = table.cells(line)
        row = _row(text, number, cells, found.get(cells[ADDRESS]))
        fault, detail = _fault(text, table, line, row)
        if fault is None and row.address in seen:
            fault, detail = RowFault.DOUBLE, str(seen[row.address])
        seen.setdefault(row.address, number)
        yield row if fault is None else _refused(row, fault, detail)


def _row(
    text: SeriesText, number: int, cells: dict[str, str], to: AddresseeFound | None
) -> SeriesRow:
    values = {
        ADDRESSEE: to.name if to else "",
        INSTITUTION: text.institution_name,
        **{name: value for name, value in cells.items() if value},
    }
    return SeriesRow(
        number=number,
        address=cells[ADDRESS],
        addressee=to,
        title=" ".join(filled(text.title, values).split()),
        body=filled(text.body, values),
        case_mark=" ".join(cells.get(CASE_MARK, "").split()),
    )


def _fault(
    text: SeriesText, table: MergeTable, line: tuple[str, ...], row: SeriesRow
) -> tuple[RowFault | None, str]:
    missing = _missing(text, table.cells(line)) or places_in(f"{row.title}\n{row.body}")
    checks = (
        (any(line[len(table.header) :]), RowFault.TOO_MANY_CELLS, ""),
        (not row.address, RowFault.NO_ADDRESS, ""),
        (row.addressee is None, RowFault.NO_BOX, ""),
        (bool(missing), RowFault.MISSING, ", ".join(missing)),
        (len(row.title) > LONGEST_TITLE, RowFault.TOO_LONG, ""),
        (len(row.body) > LONGEST_BODY, RowFault.TOO_LONG, ""),
        (len(row.case_mark) > LONGEST_CASE_MARK, RowFault.TOO_LONG, CASE_MARK),
    )
    return next(((fault, detail) for is_so, fault, detail in checks if is_so), (None, ""))


def _missing(text: SeriesText, cells: dict[str, str]) -> tuple[str, ...]:
    """The columns that the text asks for and that this line leaves empty."""
    asked = (place.strip("{}").casefold() for place in places_in(f"{text.title}\n{text.body}"))
    return tuple(dict.fromkeys(name for name in asked if name in cells and not cells[name]))


def _refused(row: SeriesRow, fault: RowFault, detail: str) -> SeriesRow:
    return SeriesRow(
        row.number, row.address, row.addressee, row.title, row.body, row.case_mark, fault, detail
    )
