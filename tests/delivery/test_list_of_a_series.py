"""The CSV of a series: as offices have it, and as somebody hostile makes it."""

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.accounts.operations.delivery_consent import resign_from_delivery
from skrytka.delivery.operations.merge_rows import (
    RowFault,
    SeriesText,
    series_rows,
    unknown_places,
)
from skrytka.delivery.operations.merge_table import (
    CannotReadTable,
    MergeTable,
    TableFault,
    read_table,
)
from skrytka.ledger.operations import Actor
from tests.world.desk_drafts import NOW
from tests.world.series import BODY, TITLE, csv_of

HEADER = ("adres_skrytki", "znak_sprawy", "rok", "kwota")


def fault(data: bytes) -> TableFault:
    with pytest.raises(CannotReadTable) as refused:
        read_table(data)
    return refused.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_lists_of_every_office_program_are_read(
    encoding: str, separator: str, line_end: str
) -> None:
    lines = ["Adres skrytki", "Imię"], ["/akowalska/domyslna", "Łucja Żuk"]
    text = line_end.join(separator.join(line) for line in lines) + line_end
    table = read_table(text.encode(encoding))
    assert table == MergeTable(("adres_skrytki", "imię"), (("/akowalska/domyslna", "Łucja Żuk"),))
    assert MergeTable.of(table.lines) == table


def test_quoted_cells_hold_separators_quotes_and_lines() -> None:
    table = read_table(csv_of('/a/b;"x;y";"a ""b""";"dwa\nwiersze"'))
    assert table.rows == (("/a/b", "x;y", 'a "b"', "dwa\nwiersze"),)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * 10_000_000, TableFault.TOO_LARGE),
        (csv_of("/a/b;1;2;3") + b"\x00", TableFault.NOT_TEXT),
        ("adres_skrytki\n/a/b".encode("utf-16"), TableFault.NOT_TEXT),
        (b"adres_skrytki\n/a/b \x81\x83", TableFault.NOT_TEXT),
        (b"%PDF-1.4\n%\xe2\xe3", TableFault.NO_ADDRESS),
        (csv_of('/a/b;"nie zamknięty;2;3'), TableFault.BROKEN),
        (csv_of('/a/b;"x"y;2;3'), TableFault.BROKEN),
        (csv_of("/a/b;" + "x" * 140_000), TableFault.BROKEN),
        (csv_of(), TableFault.NO_ROWS),
        (b"", TableFault.NO_ROWS),
        (b"\xef\xbb\xbf", TableFault.NO_ROWS),
        (csv_of(";;;", "  ; ;;"), TableFault.NO_ROWS),
        (csv_of("x", header="adres"), TableFault.NO_ADDRESS),
        (csv_of("x", header="adres_skrytki;Kwota;kwota"), TableFault.REPEATED_NAME),
        (csv_of("x", header="adres_skrytki;adres skrytki"), TableFault.REPEATED_NAME),
        (csv_of("x", header="adres_skrytki;"), TableFault.BAD_NAME),
        (csv_of("x", header="adres_skrytki;=1+1"), TableFault.BAD_NAME),
        (csv_of("x", header="adres_skrytki;" + "a" * 41), TableFault.BAD_NAME),
        (csv_of(*["/a/b;1;2;3"] * 1001), TableFault.TOO_MANY_ROWS),
        (csv_of("x", header="adres_skrytki" + ";a" * 50), TableFault.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, why: TableFault) -> None:
    assert fault(data) is why


def test_a_thousand_lines_are_taken() -> None:
    assert len(read_table(csv_of(*["/a/b;1;2;3"] * 1000)).rows) == 1000


def test_a_formula_is_text_like_any_other() -> None:
    table = read_table(csv_of("/a/b;=1+1;@SUM(A1);-cmd|' /C calc'!A0"))
    assert table.rows[0][1:] == ("=1+1", "@SUM(A1)", "-cmd|' /C calc'!A0")


def test_characters_that_no_document_holds_are_left_out() -> None:
    table = read_table(csv_of("/a/b;a\x07b\x1b;\ufffe2026;x"))
    assert table.rows == (("/a/b", "ab", "2026", "x"),)


@pytest.fixture
def text(cuw: Institution) -> SeriesText:
    return SeriesText(cuw.pk, cuw.name, TITLE, BODY)


def verdicts(text: SeriesText, *lines: str) -> list[tuple[RowFault | None, str]]:
    rows = series_rows(text, read_table(csv_of(*lines)), NOW)
    return [(row.fault, row.detail) for row in rows]


@pytest.mark.django_db
def test_each_line_is_judged(
    text: SeriesText, anna: User, celina: User, town_hall: Institution
) -> None:
    assert verdicts(
        text,
        "/akowalska/domyslna;1;2026;10",
        "/nikt/domyslna;1;2026;10",
        ";1;2026;10",
        "/akowalska/domyslna;2;2026;20",
        "/cwrona/domyslna;3;2026;",
        "/cwrona/domyslna;3",
        "/cwrona/domyslna;3;2026;10;nadmiar",
        "/u390efc0tm/SEKAP;4;2026;10",
        "nie adres;5;2026;10",
    ) == [
        (None, ""),
        (RowFault.NO_BOX, ""),
        (RowFault.NO_ADDRESS, ""),
        (RowFault.DOUBLE, "1"),
        (RowFault.MISSING, "kwota"),
        (RowFault.MISSING, "rok, kwota"),
        (RowFault.TOO_MANY_CELLS, ""),
        (None, ""),
        (RowFault.NO_BOX, ""),
    ]


@pytest.mark.django_db
def test_texts_that_grow_too_long_are_told(text: SeriesText, anna: User) -> None:
    address = anna.party.box_address
    assert verdicts(text, f"{address};1;{'x' * 200};1") == [(RowFault.TOO_LONG, "")]
    assert verdicts(text, f"{address};1;2026;{'x' * 10_000}") == [(RowFault.TOO_LONG, "")]
    long_mark = verdicts(text, f"{address};{'x' * 101};2026;1")
    assert long_mark == [(RowFault.TOO_LONG, "znak_sprawy")]


@pytest.mark.django_db
def test_a_cell_that_looks_like_a_place_is_not_filled_in(text: SeriesText, anna: User) -> None:
    line = f"{anna.party.box_address};1;2026;{{adresat}}"
    assert verdicts(text, line) == [(RowFault.MISSING, "{adresat}")]


@pytest.mark.django_db
def test_neither_a_closed_box_nor_one_s_own_is_written_to(
    text: SeriesText, town_hall: Institution
) -> None:
    Box.objects.filter(institution=town_hall).update(is_open=False)
    lines = ("/u390efc0tm/SEKAP;1;2026;1", "/ZOJO_Cieszyn/SkrytkaESP;1;2026;1")
    assert verdicts(text, *lines) == [(RowFault.NO_BOX, "")] * 2


@pytest.mark.django_db
def test_a_line_says_what_the_letter_will_say(text: SeriesText, anna: User) -> None:
    table = read_table(csv_of(f"{anna.party.box_address}; CUW.1 ;2026;=12"))
    (row,) = series_rows(text, table, NOW)
    assert (row.title, row.case_mark) == ("Podatek 2026", "CUW.1")
    assert row.body == "Szanowna Osobo Anna Kowalska.\n\nDo zapłaty: =12 zł."


@pytest.mark.django_db
def test_places_without_a_column_are_named(cuw: Institution) -> None:
    text = SeriesText(cuw.pk, cuw.name, "{instytucja} {KWOTA}", "{nie_ma} {rok} {adresat}")
    table = MergeTable(HEADER, (("/a/b",),))
    assert unknown_places(text, table) == ("{nie_ma}",)


@pytest.mark.django_db
def test_who_wants_no_letters_on_the_account_is_named(
    text: SeriesText, anna: User, celina: User
) -> None:
    resign_from_delivery(anna.party.pk, actor=Actor(str(anna.pk)), at=NOW)
    lines = [f"{user.party.box_address};1;2026;1" for user in (anna, celina)]
    assert verdicts(text, *lines) == [(RowFault.RESIGNED, ""), (None, "")]
