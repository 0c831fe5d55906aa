"""Many rows of one model at once, as they come: COPY on PostgreSQL, one statement on SQLite.

For the nights on which a hundred thousand terms end, and for the benches that make such nights.
Values are checked by the database alone; constraints and triggers hold as for every other row.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import JSONField, Model

Values = Sequence[object]


def append_rows(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """This will write rows whose values stand in the order of `names`, fields of the model.

    A field that is not named gets NULL or fails: no default of Django's is filled in.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]  # noqa: SLF001 - documented model API
    database = connections[DEFAULT_DB_ALIAS]
    quote = database.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table = quote(model._meta.db_table)  # noqa: SLF001 - the same
    if database.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN", fields, rows)
        return
    places = ", ".join(["%s"] * len(fields))
    with database.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names from our own models
            [
                [_kept(field, value) for field, value in zip(fields, row, strict=True)]
                for row in rows
            ],
        )


def _copy(statement: str, fields: Sequence[Any], rows: Iterable[Values]) -> None:
    json = [number for number, field in enumerate(fields) if isinstance(field, JSONField)]
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor, database.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            if json:
                row = list(row)  # noqa: PLW2901 - the same row, its JSON as the driver wants it
                for number in json:
                    row[number] = _kept(fields[number], row[number])
            copy.write_row(row)


def _kept(field: Any, value: object) -> Any:
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])
