"""Numbers that follow each other without a gap within their row."""

from django.db import connection
from django.db.models import Model


def next_number(counter: type[Model], **key: str | int) -> int:
    """This will count on in the row of `key` and return the new number; the first is 1.

    `counter` has the fields of `key` and `last`. One statement, so that two at once never get the
    same number; the row stays locked until the caller's transaction ends, so that none is lost.
    """
    table = counter._meta.db_table  # noqa: SLF001 - Django's documented model API
    where = " AND ".join(f"{column} = %s" for column in key)
    statement = f"UPDATE {table} SET last = last + 1 WHERE {where} RETURNING last"  # noqa: S608 - names from our own models
    with connection.cursor() as cursor:
        cursor.execute(statement, list(key.values()))
        row = cursor.fetchone()
    if row is None:
        rows = counter._default_manager  # noqa: SLF001 - the same
        rows.bulk_create([counter(**key)], ignore_conflicts=True)
        return next_number(counter, **key)
    return int(row[0])
