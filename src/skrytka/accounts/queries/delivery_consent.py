"""Which parties let institutions deliver to their accounts."""

from datetime import datetime

from skrytka.accounts.models import DeliveryResignation
from skrytka.accounts.queries.in_force import in_force


def accepts_delivery(party_id: int, *, at: datetime) -> bool:
    """This will tell whether letters may be delivered to the party's account at the instant."""
    return not DeliveryResignation.objects.filter(in_force(at), party_id=party_id).exists()
