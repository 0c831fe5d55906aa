"""A connection is not held by somebody who waits: there are fewer of them than of threads."""

from django.db import connection


def give_connection_back() -> None:
    """This will lend this thread's connection to others; the next statement takes one again.

    Inside a transaction nothing changes.
    """
    if not connection.in_atomic_block:
        connection.close()
