"""From the fields of a posted page to answers, tolerant of how people type."""

import re
from collections.abc import Mapping
from datetime import date

from skrytka.catalogue.forms.definition import Field, FieldKind, Form, JsonValue
from skrytka.catalogue.forms.writing import ADDRESS_PARTS

Posted = Mapping[str, str]
_SPACES = re.compile(r"[\s\u00a0]+")
_SEPARATORS = re.compile(r"[\s\u00a0-]+")
_MONEY = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?")
_DATE = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")


def answers_from_post(form: Form, posted: Posted) -> dict[str, JsonValue]:
    """This will read the answers out of a posted page; what cannot be read stays as typed.

    Field names are `form-{name}`; a date has the parts `-day`, `-month`, `-year` or stands in one
    field; an address has its parts; a row of a group is `form-{name}-{row}-{inner}`.
    """
    read = {field.name: _answer(field, posted, f"form-{field.name}") for field in form.fields}
    return {name: value for name, value in read.items() if value not in (None, "", [], {})}


def _answer(field: Field, posted: Posted, key: str) -> JsonValue:
    if field.kind is FieldKind.GROUP:
        return _rows(field, posted, key)
    if field.kind is FieldKind.ADDRESS:
        parts = {part: posted.get(f"{key}-{part}", "").strip() for part in ADDRESS_PARTS}
        return {part: text for part, text in parts.items() if text}
    if field.kind is FieldKind.DATE:
        return _date(posted, key)
    return _typed(field.kind, posted.get(key, ""))


def _rows(field: Field, posted: Posted, key: str) -> JsonValue:
    rows: list[JsonValue] = []
    for position in range(field.most):
        answers: dict[str, JsonValue] = {
            inner.name: _answer(inner, posted, f"{key}-{position}-{inner.name}")
            for inner in field.fields
        }
        if any(value not in (None, "", {}) for value in answers.values()):
            rows.append(answers)
    return rows


def _date(posted: Posted, key: str) -> JsonValue:
    parts = [posted.get(f"{key}-{part}", "").strip() for part in ("day", "month", "year")]
    text = ".".join(parts) if any(parts) else posted.get(key, "").strip()
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _typed(kind: FieldKind, text: str) -> JsonValue:
    if kind is FieldKind.LONG_TEXT:
        return text.replace("\r\n", "\n").strip()
    if kind in {FieldKind.PESEL, FieldKind.NIP, FieldKind.REGON}:
        return _SEPARATORS.sub("", text)
    if kind is FieldKind.MONEY:
        return _money(text)
    return _SPACES.sub(" ", text).strip()


def _money(text: str) -> JsonValue:
    plain = _SPACES.sub("", text).removesuffix("zł")
    match = _MONEY.fullmatch(plain)
    if match is None:
        return text.strip()
    zlote, grosze = match.groups()
    return int(zlote) * 100 + int((grosze or "0").ljust(2, "0"))
