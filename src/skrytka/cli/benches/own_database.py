"""A database made for one bench and dropped after it, in a data folder of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def own_database(server: str) -> Iterator[None]:
    """This will point the environment to a new installation, on the server or on SQLite."""
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        os.environ |= {
            "SKRYTKA_DATA": folder,
            "SKRYTKA_MODE": "demo",
            "SKRYTKA_KEYS": f"{folder}/keys",
        }
        os.environ.pop("DATABASE_URL", None)
        if not server:
            yield
            return
        with _database_on(server) as url:
            os.environ["DATABASE_URL"] = url
            yield


@contextmanager
def _database_on(server: str) -> Iterator[str]:
    import psycopg
    from psycopg import sql

    name = f"skrytka_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
