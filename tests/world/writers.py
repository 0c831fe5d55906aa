"""Two who write beside each other and really commit: on PostgreSQL, in a database of their own."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql


class Writer:
    """A thread of its own, and with it a connection of its own."""

    def __init__(self, database: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self.do(partial(_connect_to, database))

    def start(self, work: Callable[[], object]) -> "Future[object]":
        return self._thread.submit(work)

    def do(self, work: Callable[[], object]) -> object:
        return self.start(work).result(timeout=300)

    def leave(self) -> None:
        self.do(lambda: connection.close())  # noqa: PLW0108 - the connection of that thread
        self._thread.shutdown()


def _connect_to(database: str) -> None:
    own = connections["default"]
    own.settings_dict = {**own.settings_dict, "NAME": database, "OPTIONS": {}}


@pytest.fixture
def writers() -> Iterator[tuple[Writer, Writer]]:
    """Two writers in a database that nobody else uses, so that they may commit."""
    name = f"late_{uuid4().hex}"
    with psycopg.connect(os.environ["TEST_DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        both = Writer(name), Writer(name)
        try:
            both[0].do(lambda: call_command("migrate", verbosity=0, interactive=False))
            yield both
        finally:
            for writer in both:
                writer.leave()
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
