"""Delivery to a party: the legal clock."""

from skrytka.core.delivery.dates import DeliveryDates, Reason, delivery_dates
from skrytka.core.delivery.machine import (
    ENDS,
    Act,
    DeliveryFault,
    DeliveryState,
    Event,
    Loss,
    NoticeLost,
    NoticeRound,
    NoticeSent,
    Standing,
    StopCause,
    advance,
    dispatched,
    is_lapsed,
    why_not_deemed,
)
from skrytka.core.delivery.policies import (
    POLICIES,
    ClockStart,
    DeemedDay,
    DeliveryPolicy,
    LastDay,
)

__all__ = [
    "ENDS",
    "POLICIES",
    "Act",
    "ClockStart",
    "DeemedDay",
    "DeliveryDates",
    "DeliveryFault",
    "DeliveryPolicy",
    "DeliveryState",
    "Event",
    "LastDay",
    "Loss",
    "NoticeLost",
    "NoticeRound",
    "NoticeSent",
    "Reason",
    "Standing",
    "StopCause",
    "advance",
    "delivery_dates",
    "dispatched",
    "is_lapsed",
    "why_not_deemed",
]
