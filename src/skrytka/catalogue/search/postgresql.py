"""The full-text index in PostgreSQL: tsvector and GIN. The twin of `sqlite`."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from skrytka.catalogue.search.rows import Ask, Groups, Hit, IndexRow, Term, Where

# 'simple' changes nothing in the strings, which come folded; no extension is needed. A GIN index
# knows no weights: one column for each place that words may be asked for spares a second look at
# every row. Positions are stripped, nobody asks for phrases.
CREATE = """CREATE TABLE {table} (
  id bigint PRIMARY KEY, facets text NOT NULL, sort_key text NOT NULL,
  in_first tsvector NOT NULL, in_two tsvector NOT NULL, anywhere tsvector NOT NULL);
CREATE INDEX {table}_first ON {table} USING gin (in_first) WITH (fastupdate = off);
CREATE INDEX {table}_two ON {table} USING gin (in_two) WITH (fastupdate = off);
CREATE INDEX {table}_anywhere ON {table} USING gin (anywhere) WITH (fastupdate = off)"""
COLUMNS = {Where.FIRST: "in_first", Where.FIRST_TWO: "in_two", Where.ANYWHERE: "anywhere"}
WORDS = "strip(to_tsvector('simple', %s))"
# The planner must not see the words: knowing that they are common it reads the whole table and
# compares every row, at many times the cost it believes. Behind a subquery it uses the index.
QUERY = "(SELECT to_tsquery('simple', %s))"


def create(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(CREATE.format(table=table))


def drop(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    editor.execute(f"DROP TABLE {table}")


def put(table: str, rows: Iterable[IndexRow]) -> None:
    """This will write rows, in place of those of the same id."""
    listed = list(rows)
    remove(table, [row.id for row in listed])
    values = [(row.id, row.facets, row.sort_key, *_places(row)) for row in listed]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (id, facets, sort_key, in_first, in_two, anywhere)"  # noqa: S608 - our own table
            f" VALUES (%s, %s, %s, {WORDS}, {WORDS}, {WORDS})",
            values,
        )


def settle(table: str) -> None:
    """This will tell the planner what the index holds after many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")


def remove(table: str, ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", (list(ids),))  # noqa: S608 - our own table


def clear(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table


def ids(table: str, asked: Sequence[Ask]) -> list[list[int]]:
    """This will return for each thing asked the ids of the rows that meet it, in no order."""
    listed = (
        f"ARRAY(SELECT id FROM {table} WHERE {COLUMNS[where]} @@ {QUERY})"  # noqa: S608 - our own table
        for _groups, where in asked
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(listed)}", [_query(groups) for groups, _ in asked])
        return list(cursor.fetchone())


def find(table: str, groups: Groups, limit: int) -> list[Hit]:
    """This will return some of the rows that meet every group, in no order."""
    sql = (
        f"SELECT id, facets, sort_key FROM {table}"  # noqa: S608 - our own table
        f" WHERE anywhere @@ {QUERY} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, (_query(groups), limit))
        return [Hit(*row) for row in cursor.fetchall()]


def everything(table: str) -> list[Hit]:
    """This will return every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, facets, sort_key FROM {table}")  # noqa: S608 - our own table
        return [Hit(*row) for row in cursor.fetchall()]


def _places(row: IndexRow) -> tuple[str, str, str]:
    two = f"{row.first} {row.second}"
    return row.first, two, f"{two} {row.third}"


def _query(groups: Groups) -> str:
    return " & ".join(f"({' | '.join(_term(term) for term in group)})" for group in groups)


def _term(term: Term) -> str:
    return f"'{term.text}':*" if term.is_prefix else f"'{term.text}'"
