"""A CSV file of ours runs nothing in a spreadsheet and is read back as it was written."""

import csv
import io

import pytest

from skrytka.ui.csv_files import cell_text, csv_file


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 33", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1+1", "\n@x"]
)
def test_what_looks_like_a_formula_is_marked_as_text(text: str) -> None:
    assert cell_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anna", "1-2", "a=b", "/akowalska/domyslna", "12,50"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert cell_text(text) == text


def test_a_file_opens_in_a_polish_spreadsheet() -> None:
    data = csv_file([("adresat", "kwota"), ("Żuk; „Syn”", '=HYPERLINK("x")')])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [["adresat", "kwota"], ["Żuk; „Syn”", '\'=HYPERLINK("x")']]
