"""A few connections to SQLite serve all threads, and never a file that is gone."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from skrytka.config.databases import database_settings
from skrytka.gateways.sqlite_in_line.base import DatabaseWrapper
from skrytka.gateways.sqlite_pool import MOST_IDLE, POOL, Pool, key_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.sqlite3"
    sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close()
    return path


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, check_same_thread=False)


def test_what_was_given_back_last_is_taken_first(file: Path) -> None:
    pool, name = Pool(), str(file)
    cold, warm = opened(file), opened(file)
    assert pool.take(name) is None
    pool.give_back(key_of(name), cold)
    pool.give_back(key_of(name), warm)
    assert pool.take(name) is warm
    assert pool.take(name) is cold


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_a_file_that_was_put_in_its_place_gets_new_connections(file: Path) -> None:
    pool, name, before = Pool(), str(file), opened(file)
    pool.give_back(key_of(name), before)
    other = file.with_name("restored")
    sqlite3.connect(other).close()
    other.touch()
    other.replace(file)
    assert pool.take(name) is None
    assert not is_open(before)


def test_a_file_that_is_gone_has_none(tmp_path: Path) -> None:
    assert Pool().take(str(tmp_path / "none")) is None
    assert key_of(str(tmp_path / "none")) is None


def test_in_the_middle_of_something_it_is_closed(file: Path) -> None:
    pool, name, connection = Pool(), str(file), opened(file)
    connection.execute("BEGIN")
    connection.execute("INSERT INTO t VALUES (1)")
    pool.give_back(key_of(name), connection)
    assert pool.take(name) is None
    assert not is_open(connection)
    assert opened(file).execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_only_a_few_are_kept(file: Path) -> None:
    pool, name = Pool(), str(file)
    connections = [opened(file) for _ in range(MOST_IDLE + 3)]
    for connection in connections:
        pool.give_back(key_of(name), connection)
    assert sum(map(is_open, connections)) == MOST_IDLE


def test_a_connection_of_the_process_before_a_fork_is_not_used(file: Path) -> None:
    pool, connection = Pool(), opened(file)
    _pid, name, device, inode = key_of(str(file)) or (0, "", 0, 0)
    pool.give_back((os.getppid(), name, device, inode), connection)
    assert pool.take(name) is None
    assert is_open(connection), "closing it would drop the locks of the other process"


def wrapper(path: Path) -> DatabaseWrapper:
    defaults = {"TIME_ZONE": None, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False}
    return DatabaseWrapper({**database_settings(f"sqlite://{path}"), **defaults}, "pooled")


@pytest.mark.django_db
def test_threads_of_django_hand_one_connection_on(file: Path) -> None:
    used: list[object] = []

    def work() -> None:
        database = wrapper(file)
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM t")
        used.append(database.connection)
        database.close()

    for _ in range(5):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert len(used) == 5
    assert len({id(connection) for connection in used}) == 1
    left = POOL.take(str(file))
    assert left is not None
    left.close()
