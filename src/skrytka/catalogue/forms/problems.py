"""Is every answer right? One function for the page and for the interface."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from skrytka.catalogue.forms.definition import Field, FieldKind, Form, JsonObject, JsonValue
from skrytka.catalogue.forms.visibility import asked_answers, asked_fields
from skrytka.core.identifiers import InvalidIdentifier, Nip, Pesel, Regon


@dataclass(frozen=True)
class FieldProblem:
    """One answer to mend: `path` such as `okresy.0.od`, and the sentence that says what to do."""

    path: str
    code: str
    text: str


FORMATS = FormatChecker(())


def _checks(name: str, parse: Callable[[str], object]) -> None:
    def check(value: object) -> bool:
        if isinstance(value, str):
            parse(value)
        return True

    FORMATS.checks(name, raises=(InvalidIdentifier, ValueError))(check)


_checks("pesel", Pesel.parse)
_checks("nip", Nip.parse)
_checks("regon", Regon.parse)
_checks("date", lambda text: datetime.strptime(text, "%Y-%m-%d"))  # noqa: DTZ007 - a civil date


def check_answers(
    form: Form, answers: JsonObject, *, filled_slots: Iterable[str] = ()
) -> tuple[FieldProblem, ...]:
    """This will list every wrong or missing answer, in the order of the form.

    Parts that are not asked are not looked at. `filled_slots` names the attachment slots that hold
    a file. The JSON Schema 2020-12 of the form decides; identifiers are checked by their digits.
    """
    asked = asked_answers(form, answers)
    found = {problem.path: problem for problem in _missing(form, answers, frozenset(filled_slots))}
    for error in _validator(json.dumps(form.schema, sort_keys=True)).iter_errors(asked):
        problem = _problem(form, error)
        if problem is not None:
            found.setdefault(problem.path, problem)
    order = {field.name: position for position, field in enumerate(form.fields)}
    return tuple(sorted(found.values(), key=lambda each: order.get(each.path.split(".")[0], 99)))


def _missing(
    form: Form, answers: JsonObject, filled_slots: frozenset[str]
) -> Iterator[FieldProblem]:
    given = asked_answers(form, answers)
    for field in asked_fields(form, answers):
        present = field.name in (filled_slots if field.kind is FieldKind.SLOT else given)
        if field.required and not present:
            yield FieldProblem(field.name, "MISSING", missing_text(field))
        yield from _missing_inside(field, given.get(field.name))


def _missing_inside(field: Field, value: JsonValue) -> Iterator[FieldProblem]:
    rows = value if field.kind is FieldKind.GROUP and isinstance(value, list) else []
    for position, row in enumerate(rows):
        for inner in field.fields:
            if inner.required and isinstance(row, dict) and not row.get(inner.name):
                path = f"{field.name}.{position}.{inner.name}"
                yield FieldProblem(path, "MISSING", missing_text(inner))


def missing_text(field: Field) -> str:
    """This will say what to do about an empty answer."""
    if field.kind is FieldKind.CHOICE:
        return _("Wybierz: {label}").format(label=field.label)
    if field.kind is FieldKind.SLOT:
        return _("Dodaj plik: {label}").format(label=field.label)
    return _("Wypełnij: {label}").format(label=field.label)


def _problem(form: Form, error: ValidationError) -> FieldProblem | None:
    """What JSON Schema found, in the words of the form.

    A missing answer is told by the layout, which knows what is asked; inside an address, which is
    one question with several parts, by the schema.
    """
    path = [str(part) for part in error.absolute_path]
    field = _field_at(form.fields, path)
    if field is None or (error.validator == "required" and field.kind is not FieldKind.ADDRESS):
        return None
    return FieldProblem(".".join(path), str(error.validator).upper(), wrong_text(field))


def _field_at(fields: tuple[Field, ...], path: list[str]) -> Field | None:
    field = next((each for each in fields if path and each.name == path[0]), None)
    if field is None or len(path) == 1 or not field.fields:
        return field
    return _field_at(field.fields, path[2:]) or field


def wrong_text(field: Field) -> str:
    """This will say what a right answer looks like."""
    texts = {
        FieldKind.DATE: _("{label}: wpisz datę, na przykład 27.03.2026"),
        FieldKind.PESEL: _("{label}: numer PESEL ma 11 cyfr. Sprawdź, czy nie ma w nim pomyłki"),
        FieldKind.NIP: _("{label}: numer NIP ma 10 cyfr. Sprawdź, czy nie ma w nim pomyłki"),
        FieldKind.REGON: _("{label}: REGON ma 9 albo 14 cyfr. Sprawdź, czy nie ma w nim pomyłki"),
        FieldKind.MONEY: _("{label}: wpisz kwotę, na przykład 1250,50"),
        FieldKind.CHOICE: _("{label}: wybierz jedną z odpowiedzi"),
        FieldKind.ADDRESS: _("{label}: podaj numer domu, kod pocztowy (00-000) i miejscowość"),
    }
    return texts.get(field.kind, _("{label}: popraw tę odpowiedź")).format(label=field.label)


@lru_cache(maxsize=64)
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema), format_checker=FORMATS)
