"""The full-text index in PostgreSQL: tsvector and GIN. The twin of `sqlite`."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from skrytka.catalogue.search.rows import Groups, Hit, IndexRow, Term, Where

# 'simple' changes nothing in the strings, which come folded; no extension is needed.
CREATE = """CREATE TABLE {table} (
  id bigint PRIMARY KEY, first text NOT NULL, second text NOT NULL, third text NOT NULL,
  facets text NOT NULL, sort_key text NOT NULL,
  words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', first), 'A') || setweight(to_tsvector('simple', second), 'B')
    || setweight(to_tsvector('simple', third), 'C')) STORED);
CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = off)"""
WEIGHTS = {Where.FIRST: "A", Where.FIRST_TWO: "AB", Where.ANYWHERE: ""}


def create(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(CREATE.format(table=table))


def drop(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(f"DROP TABLE {table}")


def put(table: str, rows: Iterable[IndexRow]) -> None:
    """This will write rows, in place of those of the same id."""
    listed = list(rows)
    remove(table, [row.id for row in listed])
    values = [
        (row.id, row.first, row.second, row.third, row.facets, row.sort_key) for row in listed
    ]
    columns = "id, first, second, third, facets, sort_key"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608 - our own table
            values,
        )


def remove(table: str, ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", (list(ids),))  # noqa: S608 - our own table


def clear(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table


def ids(table: str, groups: Groups, where: Where) -> list[int]:
    """This will return the ids of the rows that meet every group, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE words @@ to_tsquery('simple', %s)",  # noqa: S608 - our own table
            (_query(groups, WEIGHTS[where]),),
        )
        return [row[0] for row in cursor.fetchall()]


def find(table: str, groups: Groups, limit: int) -> list[Hit]:
    """This will return some of the rows that meet every group, in no order."""
    sql = (
        f"SELECT id, facets, sort_key FROM {table}"  # noqa: S608 - our own table
        " WHERE words @@ to_tsquery('simple', %s) LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (_query(groups, ""), limit))
        return [Hit(*row) for row in cursor.fetchall()]


def everything(table: str) -> list[Hit]:
    """This will return every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, facets, sort_key FROM {table}")  # noqa: S608 - our own table
        return [Hit(*row) for row in cursor.fetchall()]


def _query(groups: Groups, weights: str) -> str:
    return " & ".join(f"({' | '.join(_term(term, weights) for term in group)})" for group in groups)


def _term(term: Term, weights: str) -> str:
    marks = ("*" if term.is_prefix else "") + weights
    return f"'{term.text}':{marks}" if marks else f"'{term.text}'"
