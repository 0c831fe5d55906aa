"""Tables for other programs: a CSV file whose cells are text, whatever they look like.

A spreadsheet takes a cell that begins with one of a few characters for a formula and works it out
(CWE-1236). Such a cell gets an apostrophe before it, which spreadsheets read as „this is text”.
"""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"


def csv_file(rows: Iterable[Iterable[str]]) -> bytes:
    """This will write a table as Polish spreadsheets open it: UTF-8 with its mark, semicolons."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([cell_text(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + target.getvalue()).encode()


def cell_text(text: str) -> str:
    """This will make sure that a cell is read as text."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
