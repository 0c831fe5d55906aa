"""Which parties let institutions deliver to their accounts."""

from collections.abc import Iterable
from datetime import datetime

from skrytka.accounts.models import DeliveryResignation
from skrytka.accounts.queries.in_force import in_force


def accepts_delivery(party_id: int, *, at: datetime) -> bool:
    """This will tell whether letters may be delivered to the party's account at the instant."""
    return not DeliveryResignation.objects.filter(in_force(at), party_id=party_id).exists()


def resigned_among(party_ids: Iterable[int], *, at: datetime) -> frozenset[int]:
    """This will tell which of many parties let nothing be delivered to their accounts."""
    rows = DeliveryResignation.objects.filter(in_force(at), party_id__in=list(party_ids))
    return frozenset(rows.values_list("party_id", flat=True))
