"""The questions of a form as the page draws them, named as `answers_from_post` reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from skrytka.catalogue.forms import Field, FieldKind, JsonValue
from skrytka.ui.parts import Choice, FileRow

MOST_RADIOS = 7
ANSWER_PREFIX = "form-"


class Look(StrEnum):
    """How a question is drawn."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    RADIOS = "radios"
    SELECT = "select"
    PARTS = "parts"
    GROUP = "group"
    SLOT = "slot"


@dataclass(frozen=True)
class Part:
    """One of the inputs that make up an address or a date."""

    id: str
    name: str
    label: str
    value: str
    width: int = 0
    inputmode: str = ""
    autocomplete: str = ""


@dataclass(frozen=True)
class Question:
    """One question with what was answered and what is wrong with it.

    `target` is the id that a line of the error summary leads to. `asked_if` tells in words when a
    conditional question counts; its pair `only_name` and `only_value` lets the page hide it.
    """

    look: Look
    path: str
    id: str
    name: str
    label: str
    target: str
    hint: str = ""
    error: str = ""
    optional: bool = False
    value: str = ""
    inputmode: str = ""
    is_date: bool = False
    choices: tuple[Choice, ...] = ()
    parts: tuple[Part, ...] = ()
    rows: tuple[tuple["Question", ...], ...] = ()
    files: tuple[FileRow, ...] = ()
    only_name: str = ""
    only_value: str = ""
    asked_if: str = ""


@dataclass(frozen=True)
class Place:
    """Where a question stands: its path in the answers and its name in the posted page."""

    path: str
    name: str

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    def inside(self, row: int, field: Field) -> "Place":
        return Place(f"{self.path}.{row}.{field.name}", f"{self.name}-{row}-{field.name}")


Errors = Mapping[str, str]


def question_of(field: Field, value: JsonValue, place: Place, errors: Errors) -> Question:
    """This will draw one field with its answer. Errors are by path, `okresy.0.od`."""
    plain = Question(
        look=Look.TEXT,
        path=place.path,
        id=place.id,
        name=place.name,
        label=field.label,
        target=place.id,
        hint=field.hint,
        error=_error_at(place.path, errors, deep=field.kind is FieldKind.ADDRESS),
        optional=not field.required,
        value=_text(value),
    )
    draw = DRAWN.get(field.kind)
    return draw(plain, field, value, errors) if draw else plain


def _error_at(path: str, errors: Errors, *, deep: bool) -> str:
    if path in errors or not deep:
        return errors.get(path, "")
    return next((text for at, text in errors.items() if at.startswith(f"{path}.")), "")


def _long(plain: Question, _field: Field, _value: JsonValue, _errors: Errors) -> Question:
    return replace(plain, look=Look.LONG_TEXT)


def _number(plain: Question, _field: Field, _value: JsonValue, _errors: Errors) -> Question:
    return replace(plain, inputmode="numeric")


def _money(plain: Question, _field: Field, value: JsonValue, _errors: Errors) -> Question:
    hint = plain.hint or _("Kwota w złotych, na przykład 1250,50")
    shown = f"{value // 100},{value % 100:02}" if isinstance(value, int) else plain.value
    return replace(plain, inputmode="decimal", hint=hint, value=shown)


def _choice(plain: Question, field: Field, value: JsonValue, _errors: Errors) -> Question:
    """Radio buttons cannot be unchosen: where none is needed, a list with an empty line is."""
    choices = tuple(
        Choice(option.value, option.label, checked=option.value == value)
        for option in field.options
    )
    if field.required and len(choices) <= MOST_RADIOS:
        return replace(plain, look=Look.RADIOS, choices=choices, target=f"{plain.id}_0")
    empty = Choice("", _("Wybierz"))
    return replace(plain, look=Look.SELECT, choices=(empty, *choices))


def _date(plain: Question, _field: Field, value: JsonValue, _errors: Errors) -> Question:
    day, month, year = _date_parts(_text(value))
    parts = (
        Part(f"{plain.id}-day", f"{plain.name}-day", _("Dzień"), day, 2, "numeric"),
        Part(f"{plain.id}-month", f"{plain.name}-month", _("Miesiąc"), month, 2, "numeric"),
        Part(f"{plain.id}-year", f"{plain.name}-year", _("Rok"), year, 4, "numeric"),
    )
    hint = plain.hint or _("Na przykład 27 3 2026")
    return replace(plain, look=Look.PARTS, parts=parts, hint=hint, target=parts[0].id, is_date=True)


def _date_parts(text: str) -> tuple[str, str, str]:
    """What could not be read as a date comes back as it was typed, part by part."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        day, month, year = (*text.split(".", 2), "", "", "")[:3]
        return day, month, year
    return str(read.day), str(read.month), str(read.year)


def _address(plain: Question, _field: Field, value: JsonValue, _errors: Errors) -> Question:
    given = value if isinstance(value, dict) else {}
    labels = (
        ("street", _("Ulica"), 0),
        ("building", _("Numer domu"), 4),
        ("flat", _("Numer mieszkania"), 4),
        ("postal_code", _("Kod pocztowy"), 10),
        ("town", _("Miejscowość"), 0),
    )
    parts = tuple(
        Part(f"{plain.id}-{part}", f"{plain.name}-{part}", label, _text(given.get(part)), width)
        for part, label, width in labels
    )
    return replace(plain, look=Look.PARTS, parts=parts, target=parts[0].id)


def _group(plain: Question, field: Field, value: JsonValue, errors: Errors) -> Question:
    """The rows that were filled in and an empty one, as long as one more is allowed."""
    place = Place(plain.path, plain.name)
    given = value if isinstance(value, list) else []
    count = min(len(given) + 1, field.most)
    rows = tuple(tuple(_inner(field, place, given, row, errors)) for row in range(count))
    target = rows[0][0].target if rows and rows[0] else plain.id
    return replace(plain, look=Look.GROUP, rows=rows, target=target)


def _inner(
    field: Field, place: Place, given: list[JsonValue], row: int, errors: Errors
) -> Iterator[Question]:
    answers = given[row] if row < len(given) else {}
    for inner in field.fields:
        value = answers.get(inner.name) if isinstance(answers, dict) else None
        yield question_of(inner, value, place.inside(row, inner), errors)


def _slot(plain: Question, field: Field, _value: JsonValue, _errors: Errors) -> Question:
    name = f"slot-{field.name}"
    return replace(plain, look=Look.SLOT, name=name, id=f"id_{name}", target=f"id_{name}")


def _text(value: JsonValue) -> str:
    return str(value) if isinstance(value, (str, int)) else ""


DRAWN = {
    FieldKind.LONG_TEXT: _long,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _date,
    FieldKind.PESEL: _number,
    FieldKind.NIP: _number,
    FieldKind.REGON: _number,
    FieldKind.MONEY: _money,
    FieldKind.ADDRESS: _address,
    FieldKind.GROUP: _group,
    FieldKind.SLOT: _slot,
}
