"""Many rows of one model at once, as they come: COPY on PostgreSQL, one statement on SQLite.

For the nights on which a hundred thousand terms end, and for the benches that make such nights.
Values are checked by the database alone; constraints and triggers hold as for every other row.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

Values = Sequence[object]
# The type of each kind of column in PostgreSQL, as a binary COPY has to name it.
TYPES = {
    "UUIDField": "uuid",
    "CharField": "varchar",
    "TextField": "text",
    "JSONField": "jsonb",
    "BinaryField": "bytea",
    "DateField": "date",
    "DateTimeField": "timestamptz",
    "BigAutoField": "int8",
    "BigIntegerField": "int8",
    "PositiveBigIntegerField": "int8",
    "PositiveSmallIntegerField": "int2",
}


def append_rows(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """This will write rows whose values stand in the order of `names`, fields of the model.

    A field that is not named gets NULL or fails: no default of Django's is filled in. JSON is given
    as data. Raises KeyError for a kind of field that is not in TYPES.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]  # noqa: SLF001 - documented model API
    database = connections[DEFAULT_DB_ALIAS]
    quote = database.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    table = quote(model._meta.db_table)  # noqa: SLF001 - the same
    if database.vendor == "postgresql":
        _copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", fields, rows)
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
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor, database.wrap_database_errors, cursor.copy(statement) as copy:
        copy.set_types([TYPES[_kind(field)] for field in fields])
        for row in rows:
            copy.write_row(row)


def _kind(field: Any) -> str:
    """The kind of the column: a foreign key's is that of what it points to."""
    return str(getattr(field, "target_field", field).get_internal_type())


def _kept(field: Any, value: object) -> Any:
    return field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])
