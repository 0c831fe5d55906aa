"""Whoever waits for something slow lends the connection to others, but never in a transaction."""

from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from skrytka.ledger import resting
from skrytka.ledger.resting import give_connection_back


@pytest.mark.django_db
def test_inside_a_transaction_nothing_changes() -> None:
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    before = connection.connection
    give_connection_back()
    assert connection.connection is before


@pytest.mark.django_db
def test_outside_of_one_it_is_lent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "own.sqlite3"}
    handler = ConnectionHandler({**connections.settings, "default": own})
    monkeypatch.setattr(resting, "connection", handler["default"])
    with handler["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    give_connection_back()
    assert handler["default"].connection is None
    with handler["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    handler["default"].close()
