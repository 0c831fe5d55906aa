"""The full-text index of the database in use. `sqlite` and `postgresql` are twins."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

from skrytka.catalogue.search import postgresql, sqlite
from skrytka.catalogue.search.rows import NO_LIMIT, Groups, Hit, IndexRow

CARDS = "catalogue_card_index"
ADDRESSEES = "catalogue_addressee_index"


def index_table(table: str) -> RunPython:
    """This will make the table of an index, as a step of a migration."""

    def create(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        (sqlite if is_sqlite else postgresql).create(editor, table)

    def drop(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        (sqlite if is_sqlite else postgresql).drop(editor, table)

    return RunPython(create, drop)


def put(table: str, rows: Iterable[IndexRow]) -> None:
    """This will write rows, in place of those of the same id."""
    (sqlite if _is_sqlite() else postgresql).put(table, rows)


def remove(table: str, ids: Iterable[int]) -> None:
    (sqlite if _is_sqlite() else postgresql).remove(table, ids)


def clear(table: str) -> None:
    (sqlite if _is_sqlite() else postgresql).clear(table)


def find(table: str, groups: Groups, limit: int = NO_LIMIT) -> list[Hit]:
    """This will return what meets every group, in no order; nothing when nothing is asked."""
    return (sqlite if _is_sqlite() else postgresql).find(table, groups, limit) if groups else []


def everything(table: str) -> list[Hit]:
    return (sqlite if _is_sqlite() else postgresql).everything(table)


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"
