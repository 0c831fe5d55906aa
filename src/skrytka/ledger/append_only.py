"""Tables the database itself refuses to change or empty, on both engines."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "evidence is written once"

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END;
"""

POSTGRESQL = """
CREATE OR REPLACE FUNCTION skrytka_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION skrytka_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION skrytka_refuse_change();
"""

SQLITE_BACK = "DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete;"
POSTGRESQL_BACK = (
    "DROP TRIGGER {table}_no_change ON {table}; DROP TRIGGER {table}_no_truncate ON {table};"
)


def append_only(table: str) -> migrations.RunPython:
    """This will make `table` refuse UPDATE, DELETE and TRUNCATE from the migration on."""

    def protect(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, table, SQLITE, POSTGRESQL)

    def release(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        _run(editor, table, SQLITE_BACK, POSTGRESQL_BACK)

    return migrations.RunPython(protect, release)


def _run(editor: BaseDatabaseSchemaEditor, table: str, sqlite: str, postgresql: str) -> None:
    connection = editor.connection
    if connection.vendor == "sqlite":
        text = sqlite.format(table=table, refusal=REFUSAL)
        for statement in _statements(text):
            editor.execute(statement)
    else:
        editor.execute(postgresql.format(table=table, refusal=REFUSAL))


def _statements(text: str) -> list[str]:
    if "BEGIN" not in text:
        return [part for part in text.split(";") if part.strip()]
    return [f"{part.strip()} END;" for part in text.split("END;") if part.strip()]
