"""A change that is committed after a later one is taken up all the same.

Two connections that really commit, on PostgreSQL; SQLite lets only one transaction write at a time.
"""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from skrytka.accounts.operations import InstitutionData, found_institution
from skrytka.accounts.queries import Address
from skrytka.catalogue.addressees import addressees_matching
from tests.world.writers import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def found(name: str) -> int:
    address = Address(postal_code="43-999", town="Lipniki")
    return found_institution(InstitutionData(name, name, name, "X", address), at=NOW)


def names(text: str) -> list[str]:
    return [line.name for line in addressees_matching(text).lines]


def test_what_was_written_first_and_committed_last_is_found(
    writers: tuple[Writer, Writer],
) -> None:
    slow, quick = writers
    unfinished = transaction.atomic()
    slow.do(unfinished.__enter__)
    slow.do(lambda: found("Biblioteka"))
    quick.do(lambda: found("Muzeum"))
    assert quick.do(lambda: names("lipniki")) == ["Muzeum"]
    slow.do(lambda: unfinished.__exit__(None, None, None))
    assert quick.do(lambda: names("lipniki")) == ["Biblioteka", "Muzeum"]


def test_two_who_ask_at_once_both_find_what_is_new(writers: tuple[Writer, Writer]) -> None:
    one, other = writers
    one.do(lambda: [found(f"Szkola{number}") for number in range(20)])
    started = [writer.start(lambda: len(names("lipniki"))) for writer in (one, other)]
    assert [each.result(timeout=300) for each in started] == [10, 10]
