"""Receipts are compressed by lz4 where PostgreSQL knows it: a night stores many of them."""

from collections.abc import Callable

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KNOWS_LZ4 = "SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'"
COMPRESS = "ALTER TABLE evidence_receipt ALTER COLUMN xml SET COMPRESSION {method}"


def compress_by(method: str) -> Callable[[object, BaseDatabaseSchemaEditor], None]:
    def change(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        with editor.connection.cursor() as cursor:
            cursor.execute(KNOWS_LZ4)
            row = cursor.fetchone()
        if row and row[0]:
            editor.execute(COMPRESS.format(method=method))

    return change


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_append_only")]
    operations = [migrations.RunPython(compress_by("lz4"), compress_by("pglz"))]
