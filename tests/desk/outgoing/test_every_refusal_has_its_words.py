"""Whatever is refused on the way of a letter that goes out is told in a sentence."""

import re
from dataclasses import replace
from enum import StrEnum

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.operations.completeness import OutgoingGap, OutgoingProblem
from skrytka.delivery.operations.dispatch import DispatchFault
from skrytka.delivery.operations.drafts import OutgoingFault
from skrytka.delivery.operations.merge_rows import RowFault, SeriesRow
from skrytka.delivery.operations.merge_table import CannotReadTable, TableFault
from skrytka.delivery.operations.merging import (
    CHANGED,
    INCOMPLETE,
    CannotMerge,
    MergeFault,
)
from skrytka.delivery.queries.outgoing import outgoing_view
from skrytka.desk.outgoing.series import merge_text, note_text, row_text, table_text
from skrytka.desk.outgoing.texts import change_text, dispatch_text, problem_text
from tests.world.desk_drafts import NOW, written

ROW = SeriesRow(3, "/a/b", None, "Tytuł", "Treść", "", RowFault.NO_BOX, "2")
NOTES = (INCOMPLETE, CHANGED, *map(str, DispatchFault))


def is_sentence(text: str) -> bool:
    return bool(re.fullmatch(r"[A-ZŁŚŻ].*[.\w]", text, re.DOTALL)) and "%(" not in text


@pytest.mark.parametrize("fault", [*OutgoingFault, *DispatchFault])
def test_a_refused_change_or_dispatch(fault: StrEnum) -> None:
    words = (
        change_text(fault)
        if isinstance(fault, OutgoingFault)
        else dispatch_text(DispatchFault(fault))
    )
    assert is_sentence(words)


@pytest.mark.parametrize("fault", TableFault)
def test_a_refused_list(fault: TableFault) -> None:
    assert is_sentence(table_text(CannotReadTable(fault, "kwota")))


@pytest.mark.parametrize("fault", MergeFault)
def test_a_refused_series(fault: MergeFault) -> None:
    assert is_sentence(merge_text(CannotMerge(fault, "{kwota}")))


@pytest.mark.parametrize("fault", RowFault)
def test_a_refused_line(fault: RowFault) -> None:
    assert is_sentence(row_text(replace(ROW, fault=fault)))
    assert row_text(replace(ROW, fault=None)) == ""


@pytest.mark.parametrize("note", NOTES)
def test_a_letter_of_a_series_that_did_not_go(note: str) -> None:
    assert is_sentence(note_text(note))


@pytest.mark.django_db
@pytest.mark.parametrize("gap", OutgoingGap)
def test_what_is_missing(gap: OutgoingGap, daria: User, anna: User, cuw: Institution) -> None:
    draft = outgoing_view(written(daria, cuw, to=anna).id, at=NOW)
    assert draft is not None
    problem = OutgoingProblem(gap, "body", text="{kwota}", number=150_000_001)
    assert is_sentence(problem_text(draft, problem))
