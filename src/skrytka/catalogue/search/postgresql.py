"""The full-text index in PostgreSQL: tsvector and GIN. The twin of `sqlite`."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from skrytka.catalogue.search.rows import NO_LIMIT, Groups, Hit, IndexRow, Term

# 'simple' changes nothing in the strings, which come folded; no extension is needed.
CREATE = """CREATE TABLE {table} (
  id bigint PRIMARY KEY, first text NOT NULL, second text NOT NULL, third text NOT NULL,
  facets text NOT NULL, sort_key text NOT NULL,
  words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', first), 'A') || setweight(to_tsvector('simple', second), 'B')
    || setweight(to_tsvector('simple', third), 'C')) STORED);
CREATE INDEX {table}_words ON {table} USING gin (words) WITH (fastupdate = off)"""
WEIGHTS = "{0, 0.1, 0.5, 1.0}"


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


def find(table: str, groups: Groups, limit: int = NO_LIMIT) -> list[Hit]:
    """This will return what meets every group, in no order."""
    sql = (
        "SELECT id, CASE WHEN words @@ in_first THEN 0 WHEN words @@ in_two THEN 1 ELSE 2 END,"  # noqa: S608 - our own table
        f" ts_rank('{WEIGHTS}', words, asked), facets, sort_key"
        f" FROM {table}, to_tsquery('simple', %s) asked, to_tsquery('simple', %s) in_first,"
        " to_tsquery('simple', %s) in_two WHERE words @@ asked LIMIT %s"
    )
    asked = [_query(groups, weights) for weights in ("", "A", "AB")]
    with connection.cursor() as cursor:
        cursor.execute(sql, (*asked, limit))
        return [Hit(*row) for row in cursor.fetchall()]


def everything(table: str) -> list[Hit]:
    """This will return every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, facets, sort_key FROM {table}")  # noqa: S608 - our own table
        return [Hit(row, 0, 0.0, facets, key) for row, facets, key in cursor.fetchall()]


def _query(groups: Groups, weights: str) -> str:
    return " & ".join(f"({' | '.join(_term(term, weights) for term in group)})" for group in groups)


def _term(term: Term, weights: str) -> str:
    marks = ("*" if term.is_prefix else "") + weights
    return f"'{term.text}':{marks}" if marks else f"'{term.text}'"
