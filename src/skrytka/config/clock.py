"""The only clock of the house.

Edges ask it once per request and hand the instant down as ``at``; nothing below an edge does.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """This will return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may
