"""A commit that does not wait for the disk, for notes that may go with the power and harm nobody.

A killed process takes nothing back; a power cut may, what the system had not written out by itself
(half a minute at most). For how far a file on its way has come; never for what a person was told
has happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def light_commit() -> Iterator[None]:
    """This will commit the block without waiting; inside a transaction that one decides."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _set_aside("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"):
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            yield


@contextmanager
def _set_aside(during: str, after: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(during)
        try:
            yield
        finally:
            cursor.execute(after)
