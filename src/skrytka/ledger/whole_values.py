"""Columns that are looked up by the whole value alone.

Django gives every unique text column on PostgreSQL a second index, for prefixes. A number of a
receipt is asked for whole: the second index would only be written, on a night a hundred thousand
times.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PREFIX_INDEXES = """
    SELECT quote_ident(indexname) FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename = %s
    AND indexdef LIKE '%%(' || %s || ' varchar_pattern_ops)'
"""


def whole_values_only(table: str, column: str) -> migrations.RunPython:
    """This will return a migration operation that drops the index for prefixes of a column."""

    def forward(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        with editor.connection.cursor() as cursor:
            cursor.execute(PREFIX_INDEXES, [table, column])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX {name}")

    return migrations.RunPython(forward, migrations.RunPython.noop)
