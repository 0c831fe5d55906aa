"""The list of a series: a CSV file as offices have them, read strictly or refused with the reason.

UTF-8 or CP1250, comma or semicolon, a header with the column `adres_skrytki`. A cell is text and
nothing but text: what looks like a formula stays as it was typed and is never worked out.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LARGEST_TABLE = 1_000_000
MOST_ROWS = 1000
MOST_COLUMNS = 50
LONGEST_COLUMN = 40
ADDRESS, CASE_MARK = "adres_skrytki", "znak_sprawy"
# A NUL stands in no text file, but in every UTF-16 and every program.
NUL = b"\x00"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TableFault(StrEnum):
    """Why a file is not read as a list."""

    TOO_LARGE = "TOO_LARGE"
    NOT_TEXT = "NOT_TEXT"
    BROKEN = "BROKEN"
    NO_ROWS = "NO_ROWS"
    NO_ADDRESS = "NO_ADDRESS"
    BAD_NAME = "BAD_NAME"
    REPEATED_NAME = "REPEATED_NAME"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"


class CannotReadTable(Exception):
    """The file is no list; `detail` names the column, or the line where reading stopped."""

    def __init__(self, reason: TableFault, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class MergeTable:
    """A list: the names of the columns in lower case, and a line of cells for each addressee."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[list[str]]:
        """The list as it is kept: the header first."""
        return [list(self.header), *map(list, self.rows)]

    @classmethod
    def of(cls, lines: list[list[str]]) -> "MergeTable":
        """This will read back what `lines` gave."""
        if not lines:
            return cls((), ())
        return cls(tuple(lines[0]), tuple(tuple(line) for line in lines[1:]))

    def cells(self, row: tuple[str, ...]) -> dict[str, str]:
        """This will name the cells of a line; those that are not there are empty."""
        padded = (*row, *[""] * len(self.header))
        return dict(zip(self.header, padded, strict=False))


def read_table(data: bytes) -> MergeTable:
    """This will read a CSV file. Raises CannotReadTable."""
    if len(data) > LARGEST_TABLE:
        raise CannotReadTable(TableFault.TOO_LARGE)
    text = _text(data)
    lines = [line for line in _lines(text) if any(line)]
    if not lines:
        raise CannotReadTable(TableFault.NO_ROWS)
    header = _header(lines[0])
    rows = tuple(map(tuple, lines[1:]))
    if not rows:
        raise CannotReadTable(TableFault.NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise CannotReadTable(TableFault.TOO_MANY_ROWS)
    return MergeTable(header, rows)


def _text(data: bytes) -> str:
    if NUL in data:
        raise CannotReadTable(TableFault.NOT_TEXT)
    bare = data.removeprefix(BYTE_ORDER_MARK)
    for encoding in ("utf-8", "cp1250"):
        try:
            return bare.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CannotReadTable(TableFault.NOT_TEXT)


def _lines(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[_cell(cell) for cell in line] for line in reader]
    except csv.Error as error:
        raise CannotReadTable(TableFault.BROKEN, str(reader.line_num)) from error


def _cell(text: str) -> str:
    """Without characters that no document can hold; line breaks stay."""
    kept = (
        one for one in text if one == "\n" or unicodedata.category(one) not in {"Cc", "Cs", "Cn"}
    )
    return "".join(kept).strip()


def _header(line: list[str]) -> tuple[str, ...]:
    names = tuple("_".join(cell.casefold().split()) for cell in line)
    if len(names) > MOST_COLUMNS:
        raise CannotReadTable(TableFault.TOO_MANY_COLUMNS)
    if ADDRESS not in names:
        raise CannotReadTable(TableFault.NO_ADDRESS)
    for place, name in enumerate(names):
        if not name.isidentifier() or len(name) > LONGEST_COLUMN:
            raise CannotReadTable(TableFault.BAD_NAME, line[place] or str(place + 1))
        if name in names[:place]:
            raise CannotReadTable(TableFault.REPEATED_NAME, name)
    return names
