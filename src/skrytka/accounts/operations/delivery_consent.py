"""Whether a party lets institutions deliver letters to its account.

Who opens an account lets them; who has resigned gets letters on paper. Source: KPA art. 39, and the
right to resign of the former art. 39¹ section 1d, kept here because no present rule takes it away.
"""

from datetime import datetime

from django.db import transaction

from skrytka.accounts.models import DeliveryResignation, Party
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


@transaction.atomic
def resign_from_delivery(party_id: int, *, at: datetime, actor: Actor) -> None:
    """This will keep letters of institutions away from the party's account; once is enough.

    Deliveries that have begun go on: the party was told of them.
    """
    Party.objects.select_for_update().get(id=party_id)
    if DeliveryResignation.objects.filter(party_id=party_id, until=None).exists():
        return
    DeliveryResignation.objects.create(party_id=party_id, since=at)
    _record(EventKind.DELIVERY_RESIGNED, party_id, at, actor)


@transaction.atomic
def accept_delivery_again(party_id: int, *, at: datetime, actor: Actor) -> None:
    """This will let institutions deliver to the account again; a second time nothing happens."""
    if DeliveryResignation.objects.filter(party_id=party_id, until=None).update(until=at):
        _record(EventKind.DELIVERY_ACCEPTED, party_id, at, actor)


def _record(kind: EventKind, party_id: int, at: datetime, actor: Actor) -> None:
    record_event(kind, Subject("PARTY", str(party_id)), at=at, actor=actor)
