"""Writers of one process wait for each other: nobody is refused, whatever SQLite's own patience."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import DatabaseError, OperationalError

from skrytka.gateways.sqlite_in_line import base
from skrytka.gateways.sqlite_in_line.base import DatabaseWrapper

Connect = Callable[[], DatabaseWrapper]
SECONDS = 10


@pytest.fixture
def connect(tmp_path: Path, db: None) -> Iterator[Connect]:
    opened: list[DatabaseWrapper] = []

    def connect() -> DatabaseWrapper:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 0}
        settings = {"NAME": str(tmp_path / "line.sqlite3"), "OPTIONS": options}
        defaults = {
            "TIME_ZONE": None,
            "CONN_MAX_AGE": 0,
            "AUTOCOMMIT": True,
            "CONN_HEALTH_CHECKS": False,
            "ATOMIC_REQUESTS": False,
        }
        opened.append(DatabaseWrapper({**defaults, **settings}))
        opened[-1].inc_thread_sharing()
        return opened[-1]

    first = connect()
    first.cursor().execute("PRAGMA journal_mode=WAL")
    first.cursor().execute("CREATE TABLE letter (no INTEGER UNIQUE)")
    yield connect
    for each in opened:
        each.close()


def begin(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database: DatabaseWrapper) -> None:
    database.commit()
    database.set_autocommit(True)


def insert(database: DatabaseWrapper, no: int) -> None:
    database.cursor().execute("INSERT INTO letter VALUES (%s)", [no])


class Other:
    """A second writer in a thread of its own; `faults` is what the database told it."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work, self._started = work, Event()
        self.faults: list[DatabaseError] = []
        self._thread = Thread(target=self._run)
        self._thread.start()
        assert self._started.wait(SECONDS)

    def _run(self) -> None:
        self._started.set()
        try:
            self._work()
        except DatabaseError as fault:
            self.faults.append(fault)

    def is_waiting(self) -> bool:
        self._thread.join(0.2)
        return self._thread.is_alive()

    def ends(self) -> list[DatabaseError]:
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()
        return self.faults


def written(database: DatabaseWrapper) -> list[int]:
    with database.cursor() as cursor:
        return [no for (no,) in cursor.execute("SELECT no FROM letter ORDER BY no")]


def test_a_transaction_waits_for_the_one_under_way(connect: Connect) -> None:
    one, two = connect(), connect()
    begin(one)
    insert(one, 1)

    def work() -> None:
        begin(two)
        insert(two, 2)
        end(two)

    other = Other(work)
    assert other.is_waiting()
    end(one)
    assert other.ends() == []
    assert written(one) == [1, 2]


def test_a_single_write_waits_and_a_reader_does_not(connect: Connect) -> None:
    one, two, reader = connect(), connect(), connect()
    begin(one)
    insert(one, 1)
    other = Other(lambda: insert(two, 2))
    assert written(reader) == []
    assert other.is_waiting()
    end(one)
    assert other.ends() == []
    many = connect().cursor()
    many.executemany("INSERT INTO letter VALUES (%s)", [(3,), (4,)])
    assert written(reader) == [1, 2, 3, 4]


def test_whatever_ends_a_transaction_lets_the_next_one_in(connect: Connect) -> None:
    rolled_back, closed, last = connect(), connect(), connect()
    begin(rolled_back)
    insert(rolled_back, 1)
    rolled_back.rollback()
    begin(closed)
    insert(closed, 2)
    closed.close()
    begin(last)
    with pytest.raises(DatabaseError):
        last.cursor().execute("INSERT INTO nowhere VALUES (1)")
    last.rollback()
    with pytest.raises(DatabaseError):
        last.cursor().execute("INSERT INTO nowhere VALUES (1)")
    insert(connect(), 3)
    assert written(last) == [3]


def test_a_transaction_that_cannot_begin_keeps_nobody_waiting(connect: Connect) -> None:
    one = connect()
    with closing(sqlite3.connect(one.settings_dict["NAME"], isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            begin(one)
    insert(connect(), 1)
    assert written(connect()) == [1]


def test_who_waits_too_long_is_told_so(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_SECONDS_IN_LINE", 0.05)
    one, two = connect(), connect()
    begin(one)
    insert(one, 1)
    (fault,) = Other(lambda: insert(two, 2)).ends()
    assert "another thread has been writing" in str(fault)
    end(one)
    insert(two, 2)
    assert written(one) == [1, 2]
