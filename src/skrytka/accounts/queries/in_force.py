"""What holds at an instant."""

from datetime import datetime

from django.db.models import Q


def in_force(at: datetime) -> Q:
    """This will select rows in force at the instant: `until` is an exclusive bound."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))
