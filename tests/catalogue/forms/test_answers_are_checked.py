"""One check for the page and the interface: what is wrong, where, and what to do."""

from typing import cast

import pytest

from skrytka.catalogue.forms import (
    FieldProblem,
    Form,
    FormFaultyError,
    JsonObject,
    JsonValue,
    answer_fields,
    answers_from_post,
    asked_fields,
    check_answers,
    read_form,
)
from skrytka.catalogue.operations import NewForm
from skrytka.cli.demo import forms as demo
from skrytka.core.documents.letter import FormField


def form(new: NewForm) -> Form:
    return read_form(new.code, new.version, new.schema, cast("JsonValue", new.layout))


def problems(new: NewForm, answers: JsonObject, *slots: str) -> list[tuple[str, str]]:
    found = check_answers(form(new), answers, filled_slots=slots)
    return [(problem.path, problem.code) for problem in found]


PENSION: dict[str, JsonValue] = {
    "pesel": "44051401359",
    "okresy": [{"placowka": "SP 2", "od": "2010-09-01", "do": "2018-08-31"}],
}
HOME: dict[str, JsonValue] = {"building": "7", "postal_code": "43-400", "town": "Cieszyn"}
SCHOLARSHIP: dict[str, JsonValue] = {
    "uczen": "Jan Kowalski",
    "pesel_ucznia": "44051401359",
    "adres": HOME,
    "szkola": "SP 2",
    "dochod": 65_000,
}


def test_right_answers_have_no_problems() -> None:
    assert problems(demo.PENSION, PENSION) == []
    assert problems(demo.SCHOLARSHIP, SCHOLARSHIP, "dochody") == []


def test_missing_answers_come_in_the_order_of_the_form() -> None:
    assert problems(demo.SCHOLARSHIP, {}) == [
        ("uczen", "MISSING"),
        ("pesel_ucznia", "MISSING"),
        ("adres", "MISSING"),
        ("szkola", "MISSING"),
        ("dochod", "MISSING"),
        ("dochody", "MISSING"),
    ]


def test_a_slot_wants_its_file() -> None:
    (problem,) = check_answers(form(demo.SCHOLARSHIP), SCHOLARSHIP)
    assert problem == FieldProblem("dochody", "MISSING", "Dodaj plik: Zaświadczenie o dochodach")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"pesel": "44051401350"}, "pesel"),
        ({"okresy": [{"placowka": "SP 2", "od": "20100901", "do": "2018-08-31"}]}, "okresy.0.od"),
        ({"okresy": [{"placowka": "SP 2", "od": "31.13.2010", "do": "2018-08-31"}]}, "okresy.0.od"),
        ({"uwagi": "x" * 4001}, "uwagi"),
    ],
)
def test_wrong_answers_are_named_where_they_stand(changed: JsonObject, path: str) -> None:
    assert [place for place, _ in problems(demo.PENSION, {**PENSION, **changed})] == [path]


def test_a_row_of_a_group_wants_its_own_answers() -> None:
    found = problems(demo.PENSION, {**PENSION, "okresy": [{"placowka": "SP 2"}]})
    assert found == [("okresy.0.od", "MISSING"), ("okresy.0.do", "MISSING")]


def test_an_address_wants_house_code_and_town() -> None:
    answers: JsonObject = {**SCHOLARSHIP, "adres": {"street": "Rynek"}}
    (problem,) = check_answers(form(demo.SCHOLARSHIP), answers, filled_slots=["dochody"])
    assert problem.path == "adres"
    assert "kod pocztowy" in problem.text


def test_only_what_is_asked_is_checked() -> None:
    firm: JsonObject = {"kto": "firma", "nip": "5480018504", "pesel": "to nie jest PESEL"}
    assert problems(demo.TAX, firm) == []
    assert [field.name for field in asked_fields(form(demo.TAX), firm)] == [
        "kto",
        "nip",
        "regon",
        "adres",
    ]


def test_an_answer_nobody_offered_is_refused() -> None:
    assert problems(demo.TAX, {"kto": "urząd"})[0] == ("kto", "ENUM")


def test_choices_and_dates_say_what_to_do() -> None:
    texts = [problem.text for problem in check_answers(form(demo.EMPLOYMENT), {"od": "jutro"})]
    assert "Wybierz: Do czego potrzebujesz zaświadczenia" in texts
    assert "Od kiedy pracujesz: wpisz datę, na przykład 27.03.2026" in texts


def test_answers_become_readable_lines() -> None:
    lines = answer_fields(form(demo.PENSION), PENSION)
    assert lines[0] == FormField("pesel", "Twój numer PESEL", "44051401359")
    assert lines[2] == FormField("okresy.0.od", "Okres zatrudnienia 1, od", "01.09.2010")


def test_money_addresses_and_choices_read_as_people_write_them() -> None:
    lines = {line.path: line.value for line in answer_fields(form(demo.SCHOLARSHIP), SCHOLARSHIP)}
    assert lines["dochod"] == "650,00\u00a0zł"
    assert lines["adres"] == "7, 43-400 Cieszyn"
    full: JsonObject = {"kto": "firma", "adres": {"street": "Rynek", "flat": "2", **HOME}}
    tax = {line.path: line.value for line in answer_fields(form(demo.TAX), full)}
    assert tax == {"kto": "Firmy lub stowarzyszenia", "adres": "Rynek 7/2, 43-400 Cieszyn"}


def test_what_was_posted_is_read_as_people_type_it() -> None:
    posted = {
        "form-pesel": " 440514 01359 ",
        "form-okresy-0-placowka": "SP  2",
        "form-okresy-0-od": "1.9.2010",
        "form-okresy-0-do-day": "31",
        "form-okresy-0-do-month": "8",
        "form-okresy-0-do-year": "2018",
        "form-uwagi": "a\r\nb ",
    }
    assert answers_from_post(form(demo.PENSION), posted) == {**PENSION, "uwagi": "a\nb"}


@pytest.mark.parametrize(
    ("typed", "grosze"),
    [("1250,5", 125_050), ("1 250.50 zł", 125_050), ("7", 700), ("dużo", "dużo")],
)
def test_amounts_are_read_as_people_type_them(typed: str, grosze: JsonValue) -> None:
    posted = {"form-dochod": typed, "form-adres-town": " Cieszyn "}
    answers = answers_from_post(form(demo.SCHOLARSHIP), posted)
    assert answers == {"dochod": grosze, "adres": {"town": "Cieszyn"}}


@pytest.mark.parametrize("typed", ["31.02.2026", "wczoraj"])
def test_a_date_that_is_none_stays_as_typed(typed: str) -> None:
    assert answers_from_post(form(demo.EMPLOYMENT), {"form-od": typed}) == {"od": typed}


@pytest.mark.parametrize(
    "layout",
    [
        {},
        ["pole"],
        [{"name": "a", "label": "A", "kind": "INNY"}],
        [{"name": "a", "kind": "TEXT"}],
        [{"name": "a", "kind": "CHOICE", "label": "A", "options": ["x"]}],
    ],
)
def test_a_layout_that_cannot_be_asked_is_not_published(layout: JsonValue) -> None:
    with pytest.raises(FormFaultyError):
        read_form("X", 1, {}, layout)


def test_every_form_of_the_demonstration_can_be_asked() -> None:
    kinds = {field.kind for new in demo.FORMS for field in form(new).fields}
    assert len(kinds) == 11
    assert [slot.name for slot in form(demo.SCHOLARSHIP).slots()] == ["dochody"]
