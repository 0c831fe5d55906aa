"""A few open connections that threads take and give back, the warmest first.

Django keeps a connection for each thread. With 64 threads that is 64 page caches, statement caches
and parsed schemas, some two megabytes each, though only a few work at once; and the thread that
takes the next request mostly finds its own cold.
"""

import os
from collections import deque
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from django.db.backends.sqlite3 import base

Key = tuple[int, str, int, int]
# About as many as requests are worked on at once; what is idle beyond that is closed.
MOST_IDLE = 4


class Pool:
    """Connections to the file that they were opened on, last in, first out."""

    def __init__(self) -> None:
        self._idle: deque[tuple[Key, Connection]] = deque()
        self._of_the_parent: list[Connection] = []

    def take(self, name: str) -> Connection | None:
        """This will return a connection to the file that stands there now, if one is idle."""
        wanted = key_of(name)
        while wanted and self._idle:
            try:
                key, connection = self._idle.pop()
            except IndexError:  # another thread was faster
                return None
            if key == wanted:
                return connection
            self._let_go(key, connection)
        return None

    def give_back(self, key: Key | None, connection: Connection) -> None:
        """This will keep the connection, unless it is in use or one too many."""
        if key is None or connection.in_transaction or len(self._idle) >= MOST_IDLE:
            connection.close()
        else:
            self._idle.append((key, connection))

    def _let_go(self, key: Key, connection: Connection) -> None:
        """Closing a connection of the process before the fork would drop that one's locks."""
        if key[0] == os.getpid():
            connection.close()
        else:
            self._of_the_parent.append(connection)


def key_of(name: str) -> Key | None:
    """The process and the file: after a fork or a restored backup nothing old is used again."""
    try:
        file = Path(name).stat()
    except OSError:
        return None
    return os.getpid(), name, file.st_dev, file.st_ino


POOL = Pool()


class PooledConnections(base.DatabaseWrapper):
    """Takes a connection from the pool when a request needs one, gives it back at its end."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        name = str(conn_params["database"])
        connection = POOL.take(name) or super().get_new_connection(conn_params)
        self._opened_on = key_of(name)
        return connection

    def _close(self) -> None:
        if self.connection is not None:
            with self.wrap_database_errors:
                POOL.give_back(self._opened_on, self.connection)
