"""Delivery to a party: the legal clock."""

from skrytka.core.delivery.dates import DeliveryDates, Reason, delivery_dates
from skrytka.core.delivery.policies import (
    POLICIES,
    ClockStart,
    DeemedDay,
    DeliveryPolicy,
    LastDay,
)

__all__ = [
    "POLICIES",
    "ClockStart",
    "DeemedDay",
    "DeliveryDates",
    "DeliveryPolicy",
    "LastDay",
    "Reason",
    "delivery_dates",
]
