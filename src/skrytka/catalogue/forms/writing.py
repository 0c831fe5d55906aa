"""From answers to the lines of the document, each readable on its own."""

from collections.abc import Iterator
from datetime import date

from skrytka.catalogue.forms.definition import Field, FieldKind, Form, JsonObject, JsonValue
from skrytka.catalogue.forms.visibility import asked_answers, asked_fields
from skrytka.core.documents.letter import FormField

NO_BREAK_SPACE = "\u00a0"


def answer_fields(form: Form, answers: JsonObject) -> tuple[FormField, ...]:
    """This will return the answers as label and text, in the order of the form."""
    given = asked_answers(form, answers)
    return tuple(
        line
        for field in asked_fields(form, answers)
        if field.name in given
        for line in _lines(field, given[field.name], field.name)
    )


def _lines(field: Field, value: JsonValue, path: str) -> Iterator[FormField]:
    if field.kind is not FieldKind.GROUP:
        yield FormField(path, field.label, answer_text(field, value))
        return
    for position, row in enumerate(value if isinstance(value, list) else []):
        for inner in field.fields:
            answer = row.get(inner.name) if isinstance(row, dict) else None
            if answer not in (None, "", {}):
                label = f"{field.label} {position + 1}, {inner.label[:1].lower()}{inner.label[1:]}"
                text = answer_text(inner, answer)
                yield FormField(f"{path}.{position}.{inner.name}", label, text)


def answer_text(field: Field, value: JsonValue) -> str:
    """This will write one answer as people write it: 27.03.2026, 1 250,50 zł, ul. Rynek 1."""
    if field.kind is FieldKind.CHOICE:
        return field.label_of(str(value))
    if field.kind is FieldKind.DATE:
        return f"{date.fromisoformat(str(value)):%d.%m.%Y}"
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return money_text(value)
    if field.kind is FieldKind.ADDRESS and isinstance(value, dict):
        return address_text(value)
    return str(value)


def money_text(grosze: int) -> str:
    """This will write an amount given in grosze: 125050 -> 1 250,50 zł."""
    zlote = f"{grosze // 100:,}".replace(",", NO_BREAK_SPACE)
    return f"{zlote},{grosze % 100:02}{NO_BREAK_SPACE}zł"


def address_text(value: JsonObject) -> str:
    """This will write a postal address in one line."""
    part = {name: str(value.get(name) or "") for name in ADDRESS_PARTS}
    house = "/".join(text for text in (part["building"], part["flat"]) if text)
    street = f"{part['street']} {house}".strip()
    town = f"{part['postal_code']} {part['town']}".strip()
    return ", ".join(text for text in (street, town) if text)


ADDRESS_PARTS = ("street", "building", "flat", "postal_code", "town")
