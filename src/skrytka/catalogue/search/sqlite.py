"""The full-text index in SQLite: FTS5. The twin of `postgresql`."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from skrytka.catalogue.search.rows import Ask, Groups, Hit, IndexRow, Term, Where

# The strings come folded: the tokenizer has nothing left to fold. The prefix index makes the first
# letters of a word as quick as the whole.
CREATE = """CREATE VIRTUAL TABLE {table} USING fts5(
  first, second, third, facets UNINDEXED, sort_key UNINDEXED,
  tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')"""
COLUMNS = {Where.FIRST: "{first}: ", Where.FIRST_TWO: "{first second}: ", Where.ANYWHERE: ""}


def create(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(CREATE.format(table=table))


def drop(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(f"DROP TABLE {table}")


def put(table: str, rows: Iterable[IndexRow]) -> None:
    """This will write rows, in place of those of the same id."""
    listed = list(rows)
    remove(table, (row.id for row in listed))
    values = [
        (row.id, row.first, row.second, row.third, row.facets, row.sort_key) for row in listed
    ]
    columns = "rowid, first, second, third, facets, sort_key"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608 - our own table
            values,
        )


def settle(table: str) -> None:
    """This will merge the pieces of the index after many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own table


def remove(table: str, ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(one,) for one in ids])  # noqa: S608 - our own table


def clear(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table


def ids(table: str, asked: Sequence[Ask]) -> list[list[int]]:
    """This will return for each thing asked the ids of the rows that meet it, in no order."""
    one = f"(SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH %s)"  # noqa: S608 - our own table
    matches = [f"{COLUMNS[where]}({_match(groups)})" for groups, where in asked]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([one] * len(asked))}", matches)
        return [json.loads(listed) for listed in cursor.fetchone()]


def find(table: str, groups: Groups, limit: int) -> list[Hit]:
    """This will return some of the rows that meet every group, in no order."""
    sql = f"SELECT rowid, facets, sort_key FROM {table} WHERE {table} MATCH %s LIMIT %s"  # noqa: S608 - our own table
    with connection.cursor() as cursor:
        cursor.execute(sql, (_match(groups), limit))
        return [Hit(*row) for row in cursor.fetchall()]


def everything(table: str) -> list[Hit]:
    """This will return every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid, facets, sort_key FROM {table}")  # noqa: S608 - our own table
        return [Hit(*row) for row in cursor.fetchall()]


def _match(groups: Groups) -> str:
    return " AND ".join(f"({' OR '.join(_term(term) for term in group)})" for group in groups)


def _term(term: Term) -> str:
    return f'"{term.text}"*' if term.is_prefix else f'"{term.text}"'
