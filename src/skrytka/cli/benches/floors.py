"""The floors under a question: what the same database takes at least, without Django.

On a shared machine a figure alone says little. Beside each question its very statements are run by
the bare driver, and one row is read by its key; what is slow there is not the product.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol

import psycopg
from django.db import connection

Params = Sequence[object] | None
Statement = tuple[str, Sequence[object]]
ONE_ROW: Statement = ("SELECT words_id FROM catalogue_searchstate WHERE corpus = 'CARDS'", ())


class Cursor(Protocol):
    """What both drivers have in common."""

    def execute(self, sql: str, params: Sequence[object], /) -> object: ...

    def fetchall(self) -> object: ...


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """This will note every statement of the block, in the driver's own words."""
    statements: list[Statement] = []

    def note(
        execute: Callable[[str, Params, bool, dict[str, object]], object],
        sql: str,
        params: Params,
        many: bool,  # noqa: FBT001 - Django's signature
        context: dict[str, object],
    ) -> object:
        statements.append((_driver_sql(sql), params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def run_bare(cursor: Cursor, statements: list[Statement]) -> None:
    """This will run statements one after another and fetch every row, as the question did."""
    for sql, params in statements:
        cursor.execute(sql, params)
        cursor.fetchall()


@contextmanager
def bare_cursor() -> Iterator[Cursor]:
    """This will open a connection of the driver's own to the database of the bench."""
    with closing(_bare_connection()) as own:
        yield own.cursor()


def _bare_connection() -> sqlite3.Connection | psycopg.Connection:
    if connection.vendor == "sqlite":
        return sqlite3.connect(connection.settings_dict["NAME"])
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _driver_sql(sql: str) -> str:
    return sql.replace("%s", "?") if connection.vendor == "sqlite" else sql
