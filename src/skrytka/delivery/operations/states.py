"""A delivery's row as a state of the law's machine, and back."""

from datetime import date, datetime

from skrytka.core.delivery import (
    DeliveryState,
    Standing,
    StopCause,
    policy_from,
)
from skrytka.delivery.models import Delivery

Fields = dict[str, str | int | date | datetime | None]


def state_of(row: Delivery) -> DeliveryState:
    """This will read the state that a row holds."""
    return DeliveryState(
        policy=policy_from(row.policy),
        standing=Standing(row.standing),
        attempt=row.attempt,
        started_at=row.started_at,
        first_notice_at=row.first_notice_at,
        repeat_notice_at=row.repeat_notice_at,
        stop=StopCause(row.stop_cause) if row.stop_cause else None,
        ended_at=row.ended_at,
    )


def fields_of(state: DeliveryState) -> Fields:
    """This will return what a row holds of a state, the dates of law among it.

    `due_at` is the next instant at which the system has something to do by itself.
    """
    dates = state.dates
    return {
        "standing": state.standing,
        "attempt": state.attempt,
        "started_at": state.started_at,
        "first_notice_at": state.first_notice_at,
        "repeat_notice_at": state.repeat_notice_at,
        "stop_cause": state.stop or "",
        "ended_at": state.ended_at,
        "second_notice_on": dates.second_notice_on if dates else None,
        "last_day_on": dates.last_day_on if dates else None,
        "deemed_on": dates.deemed_delivered_on if dates else None,
        "access_until": dates.access_until if dates else None,
        "due_at": due_at(state),
    }


def due_at(state: DeliveryState) -> datetime | None:
    """This will tell when the sweep has to look: for the repeated notice, or for the term's end."""
    if state.standing is Standing.NOTIFIED and state.policy.second_notice_days is not None:
        return state.repeat_due_at
    if state.standing in {Standing.NOTIFIED, Standing.REMINDED}:
        return state.lapses_at
    return None
