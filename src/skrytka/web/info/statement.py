"""The accessibility statement of an institution, read from the fields its administrator fills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skrytka.accounts.queries import InstitutionView


class Conformity(StrEnum):
    """How far the pages meet the annex of the act of 4 April 2019."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    NONE = "NONE"


@dataclass(frozen=True)
class Statement:
    """What the statement says; `exceptions` tells, line by line, what does not conform."""

    published_on: date
    updated_on: date
    prepared_on: date
    reviewed_on: date
    status: Conformity
    exceptions: tuple[str, ...]
    person: str
    email: str
    phone: str
    architecture: tuple[str, ...]
    auditor: str


def statement_of(institution: InstitutionView) -> Statement | None:
    """This will read the statement; None while the institution has not filled in its dates.

    Contact data that the statement leaves out are those of the institution.
    """
    fields = institution.accessibility
    try:
        published_on = date.fromisoformat(fields["published_on"])
        prepared_on = date.fromisoformat(fields["prepared_on"])
        status = Conformity(fields["status"])
        updated_on = _later_date(fields, "updated_on", published_on)
        reviewed_on = _later_date(fields, "reviewed_on", prepared_on)
    except (KeyError, ValueError):
        return None
    return Statement(
        published_on=published_on,
        updated_on=updated_on,
        prepared_on=prepared_on,
        reviewed_on=reviewed_on,
        status=status,
        exceptions=_lines(fields.get("exceptions", "")),
        person=fields.get("person", "") or institution.name,
        email=fields.get("email", "") or institution.email,
        phone=fields.get("phone", "") or institution.phone,
        architecture=_lines(fields.get("architecture", "")),
        auditor=fields.get("auditor", ""),
    )


def _later_date(fields: Mapping[str, str], name: str, earlier: date) -> date:
    text = fields.get(name, "")
    return date.fromisoformat(text) if text else earlier


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
