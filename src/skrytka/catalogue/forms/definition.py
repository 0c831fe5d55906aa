"""A form as published: what is asked, in what order, and what a right answer is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
JsonObject = Mapping[str, JsonValue]


class FieldKind(StrEnum):
    """How a field is asked and written down; the JSON Schema says what is right."""

    TEXT = "TEXT"
    LONG_TEXT = "LONG_TEXT"
    CHOICE = "CHOICE"
    DATE = "DATE"
    PESEL = "PESEL"
    NIP = "NIP"
    REGON = "REGON"
    ADDRESS = "ADDRESS"
    MONEY = "MONEY"
    GROUP = "GROUP"
    SLOT = "SLOT"


class FormFaultyError(ValueError):
    """A published form that cannot be asked: the message names the field and what is wrong."""


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Condition:
    """The part is asked only when the answer at `path` equals `value`."""

    path: str
    value: str


@dataclass(frozen=True)
class Field:
    """One question. `name` is the property in the answers; `fields` belong to a GROUP."""

    name: str
    kind: FieldKind
    label: str
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    only_if: Condition | None = None
    fields: tuple["Field", ...] = ()
    most: int = 20

    def label_of(self, value: str) -> str:
        """This will return what a person chose, in the words of the form."""
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(frozen=True)
class Form:
    """A form version: its fields in order, and the JSON Schema 2020-12 of the answers."""

    code: str
    version: int
    fields: tuple[Field, ...]
    schema: JsonObject

    def slots(self) -> Iterator[Field]:
        """This will yield the places where a certain attachment is asked for."""
        return (field for field in self.fields if field.kind is FieldKind.SLOT)


def read_form(code: str, version: int, schema: JsonObject, layout: JsonValue) -> Form:
    """This will read a stored form. Raises FormFaultyError."""
    if not isinstance(layout, list):
        raise FormFaultyError(f"{code}: the layout is a list of fields")
    required = _strings(schema.get("required"))
    return Form(code, version, tuple(_field(part, required) for part in layout), schema)


def _field(part: JsonValue, required: frozenset[str]) -> Field:
    if not isinstance(part, dict):
        raise FormFaultyError("a field is an object")
    name = str(part.get("name", ""))
    try:
        kind = FieldKind(str(part["kind"]))
        label = str(part["label"])
    except (KeyError, ValueError) as error:
        raise FormFaultyError(f"{name}: {error}") from error
    return Field(
        name=name,
        kind=kind,
        label=label,
        hint=str(part.get("hint", "")),
        required=name in required or part.get("required") is True,
        options=tuple(_options(part.get("options"))),
        only_if=_condition(part.get("only_if")),
        fields=tuple(_field(each, frozenset()) for each in _list(part.get("fields"))),
        most=_whole(part.get("most"), 20),
    )


def _options(value: JsonValue) -> Iterator[Option]:
    for pair in _list(value):
        if not isinstance(pair, list):
            raise FormFaultyError("an option is a pair of value and label")
        yield Option(str(pair[0]), str(pair[1]))


def _condition(value: JsonValue) -> Condition | None:
    if not isinstance(value, dict):
        return None
    return Condition(str(value["path"]), str(value["equals"]))


def _strings(value: JsonValue) -> frozenset[str]:
    return frozenset(str(each) for each in _list(value))


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _whole(value: JsonValue, default: int) -> int:
    return value if isinstance(value, int) else default
