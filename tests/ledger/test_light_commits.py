"""Notes that may go with the power do not wait for the disk; everything else does."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from skrytka.ledger.light_commits import light_commit


@pytest.fixture
def _outside_of_a_transaction(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connection.close()


def waits_for_the_disk() -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            return int(cursor.fetchone()[0]) >= 2
        cursor.execute("SHOW synchronous_commit")
        return bool(cursor.fetchone()[0] == "on")


def refuses() -> None:
    raise LookupError


@pytest.mark.usefixtures("_outside_of_a_transaction")
@pytest.mark.parametrize("ends", [lambda: None, refuses])
def test_only_the_block_does_not_wait(ends: Callable[[], None]) -> None:
    inside = []
    before = waits_for_the_disk()
    try:
        with light_commit():
            inside.append(waits_for_the_disk())
            ends()
    except LookupError:
        pass
    assert (before, inside, waits_for_the_disk()) == (True, [False], True)


@pytest.mark.usefixtures("_outside_of_a_transaction")
def test_a_transaction_waits_for_all_that_is_in_it() -> None:
    with transaction.atomic(), light_commit():
        inside = waits_for_the_disk()
    assert inside
