"""On which day a letter counts as delivered."""

from datetime import date

from skrytka.core.calendar import civil_date
from skrytka.core.delivery import DeliveryState, Standing


def day_of_delivery(state: DeliveryState) -> date | None:
    """This will return the day of law in Warsaw; None before the end.

    It is the day of the act, or for a letter nobody collected the one that the rules compute,
    whenever the system came to seal it.
    """
    if state.ended_at is None:
        return None
    if state.standing is Standing.DEEMED and state.dates is not None:
        return state.dates.deemed_delivered_on
    return civil_date(state.ended_at)
