"""The only clock of the house.

Edges ask it once per request and hand the instant down as ``at``; nothing below an edge does.
In a demonstration it may be moved (`skrytka up --at`): it then runs on from there, by the same
distance to the machine's clock in every process and after every restart of one.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cache

from skrytka.config.environment import clock_ahead_of


def now() -> datetime:
    """This will return the present instant, aware, in UTC."""
    return machine_now() + (ahead() or timedelta())


def shown_time() -> datetime | None:
    """This will return the present instant where the clock is moved, and None where it is not."""
    return None if ahead() is None else now()


def machine_now() -> datetime:
    """This will return the instant that the machine itself shows.

    It is for comparing with stamps that others write by the machine's clock: files, the object
    store, the engine. Whatever is law or on record asks `now`.
    """
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


@cache
def ahead() -> timedelta | None:
    """This will read, once, by how much this process's clock is moved; None where it is not.

    Raises EnvironmentFaultyError outside a demonstration.
    """
    return clock_ahead_of(os.environ)
