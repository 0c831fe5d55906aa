"""The full-text index of the database in use. `sqlite` and `postgresql` are twins."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from skrytka.catalogue.search import postgresql, sqlite
from skrytka.catalogue.search.rows import Ask, Groups, Hit, IndexRow

CARDS = "catalogue_card_index"
ADDRESSEES = "catalogue_addressee_index"


class Twin(Protocol):
    """What both modules do. `table` is one of ours, never typed in."""

    def create(self, editor: BaseDatabaseSchemaEditor, table: str) -> None: ...

    def drop(self, editor: BaseDatabaseSchemaEditor, table: str) -> None: ...

    def put(self, table: str, rows: Iterable[IndexRow]) -> None: ...

    def settle(self, table: str) -> None: ...

    def remove(self, table: str, ids: Iterable[int]) -> None: ...

    def clear(self, table: str) -> None: ...

    def ids(self, table: str, asked: Sequence[Ask]) -> list[list[int]]: ...

    def find(self, table: str, groups: Groups, limit: int) -> list[Hit]: ...

    def everything(self, table: str) -> list[Hit]: ...


def index_table(table: str) -> RunPython:
    """This will make the table of an index, as a step of a migration."""

    def create(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        _twin(editor.connection.vendor).create(editor, table)

    def drop(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        _twin(editor.connection.vendor).drop(editor, table)

    return RunPython(create, drop)


def put(table: str, rows: Iterable[IndexRow]) -> None:
    """This will write rows, in place of those of the same id."""
    _twin().put(table, rows)


def settle(table: str) -> None:
    """This will put the index in order after many rows were written."""
    _twin().settle(table)


def remove(table: str, ids: Iterable[int]) -> None:
    _twin().remove(table, ids)


def clear(table: str) -> None:
    _twin().clear(table)


def ids(table: str, asked: Sequence[Ask]) -> list[list[int]]:
    """This will return, for each thing asked, the ids of all rows that meet every group of it.

    One statement, however much is asked: on a busy server each one waits for its turn.
    """
    return _twin().ids(table, asked)


def find(table: str, groups: Groups, limit: int) -> list[Hit]:
    """This will return at most `limit` rows that meet every group, in no order."""
    return _twin().find(table, groups, limit) if groups else []


def everything(table: str) -> list[Hit]:
    return _twin().everything(table)


def _twin(vendor: str = "") -> Twin:
    return sqlite if (vendor or connection.vendor) == "sqlite" else postgresql
