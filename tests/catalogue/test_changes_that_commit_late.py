"""A change that is committed after a later one is taken up all the same.

Two connections that really commit, on PostgreSQL; SQLite lets only one transaction write at a time.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from psycopg import sql

from skrytka.accounts.operations import InstitutionData, found_institution
from skrytka.accounts.queries import Address
from skrytka.catalogue.addressees import addressees_matching

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Writer:
    """A thread of its own, and with it a connection of its own."""

    def __init__(self, database: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self.do(partial(_connect_to, database))

    def start(self, work: Callable[[], object]) -> "Future[object]":
        return self._thread.submit(work)

    def do(self, work: Callable[[], object]) -> object:
        return self.start(work).result(timeout=300)

    def leave(self) -> None:
        self.do(lambda: connection.close())  # noqa: PLW0108 - the connection of that thread
        self._thread.shutdown()


def _connect_to(database: str) -> None:
    own = connections["default"]
    own.settings_dict = {**own.settings_dict, "NAME": database, "OPTIONS": {}}


@pytest.fixture
def writers() -> Iterator[tuple[Writer, Writer]]:
    """Two writers in a database that nobody else uses, so that they may commit."""
    name = f"late_{uuid4().hex}"
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        both = Writer(name), Writer(name)
        try:
            both[0].do(lambda: call_command("migrate", verbosity=0, interactive=False))
            yield both
        finally:
            for writer in both:
                writer.leave()
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
