"""SQLite for many threads: one writes, the others of this process wait for their turn.

SQLite itself lets a second writer sleep and try again, longer each time, so that one of many may
wait for seconds while others pass it by. Here a thread that wants to write waits on a lock and goes
on at once when it is free. Other processes still meet SQLite's own lock, behind this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from skrytka.gateways.sqlite_pool import PooledConnections
from skrytka.gateways.turns import TURNS

_READS = ("SELECT", "PRAGMA", "BEGIN ", "SAVEPO", "RELEAS", "ROLLBA", "COMMIT", "EXPLAI", "WITH R")
_SECONDS_IN_LINE = 30

_LINES: dict[str, Lock] = {}


class CursorInLine(base.SQLiteCursorWrapper):
    """A cursor whose single writes, outside any transaction, wait for their turn too."""

    line: Lock

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        return (
            super().convert_query(query, param_names=param_names)
            if param_names
            else _converted(query)
        )

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction or query.startswith(_READS):
            return super().execute(query, params)
        with _turn(self.line):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        with _turn(self.line):
            return super().executemany(query, param_list)


class DatabaseWrapper(PooledConnections):
    """A connection that one thread holds; its transactions take their turn with the others'."""

    @property
    def queries_logged(self) -> bool:
        """Only where a test asks for it: the product has no debug mode, and this is asked often."""
        return bool(self.force_debug_cursor)

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        self._line = Lock()
        self._has_turn = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._line = _LINES.setdefault(str(self.settings_dict["NAME"]), Lock())
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> CursorInLine:  # noqa: ARG002 - Django's
        cursor: CursorInLine = self.connection.cursor(factory=CursorInLine)
        cursor.line = self._line
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        _wait(self._line)
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._line.release()


@lru_cache(maxsize=512)
def _converted(query: str) -> str:
    """The statement with SQLite's marks for parameters in the place of Django's."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


@contextmanager
def _turn(line: Lock) -> Iterator[None]:
    _wait(line)
    try:
        yield
    finally:
        line.release()


def _wait(line: Lock) -> None:
    if line.acquire(blocking=False):
        return
    with TURNS.aside_for_a_lock():
        has_turn = line.acquire(timeout=_SECONDS_IN_LINE)
    if not has_turn:
        raise OperationalError("database is locked: another thread has been writing for too long")
