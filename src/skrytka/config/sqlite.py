"""The SQLite that the embedded installation runs on."""

import sqlite3
import sys

# DBOS needs unixepoch(..., 'subsec'), which came with SQLite 3.42; Debian 12 has 3.40.
FIRST_FIT_VERSION = (3, 42, 0)


def use_modern_sqlite() -> None:
    """This will put the bundled SQLite in place of one that is too old, before Django loads it."""
    if sqlite3.sqlite_version_info >= FIRST_FIT_VERSION:
        return
    import pysqlite3  # noqa: PLC0415 - only where the system's own SQLite is too old
    import pysqlite3.dbapi2  # noqa: PLC0415

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
