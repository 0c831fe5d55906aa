"""What the sweep should have done by now; above zero for long means that nobody sweeps."""

from datetime import datetime, timedelta

from skrytka.delivery.models import Delivery

PATIENCE = timedelta(hours=1)


def overdue_deliveries(*, at: datetime) -> int:
    """This will count deliveries that have been due for more than an hour."""
    return Delivery.objects.filter(due_at__lte=at - PATIENCE).count()
