"""Power of attorney: another person may read and collect a party's letters."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from skrytka.accounts.models import Mandate, Party
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event


class MandateFault(StrEnum):
    NOBODY_THERE = "NOBODY_THERE"
    ONESELF = "ONESELF"
    ALREADY_GIVEN = "ALREADY_GIVEN"


class CannotGiveMandate(Exception):
    def __init__(self, reason: MandateFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@transaction.atomic
def give_mandate(party_id: int, proxy_party_id: int, *, at: datetime, actor: Actor) -> int:
    """This will let a person read and collect the letters of a party; returns the mandate's id.

    The proxy is a natural person (art. 33 § 1 of the Code of Administrative Procedure), named by
    their own party. Raises CannotGiveMandate.
    """
    proxy = Party.objects.filter(id=proxy_party_id, user__isnull=False).first()
    if proxy is None or proxy.user_id is None:
        raise CannotGiveMandate(MandateFault.NOBODY_THERE)
    if str(proxy.user_id) == actor.id or proxy_party_id == party_id:
        raise CannotGiveMandate(MandateFault.ONESELF)
    if Mandate.objects.filter(party_id=party_id, proxy_id=proxy.user_id, until=None).exists():
        raise CannotGiveMandate(MandateFault.ALREADY_GIVEN)
    mandate = Mandate.objects.create(party_id=party_id, proxy_id=proxy.user_id, since=at)
    _record(EventKind.MANDATE_GIVEN, mandate, at, actor)
    return mandate.pk


@transaction.atomic
def end_mandate(mandate_id: int, *, at: datetime, actor: Actor) -> None:
    """This will end a mandate; a second time nothing happens."""
    if Mandate.objects.filter(id=mandate_id, until=None).update(until=at):
        _record(EventKind.MANDATE_ENDED, Mandate.objects.get(id=mandate_id), at, actor)


def _record(kind: EventKind, mandate: Mandate, at: datetime, actor: Actor) -> None:
    record_event(
        kind,
        Subject("PARTY", str(mandate.party_id)),
        at=at,
        actor=actor,
        data={"mandate": mandate.pk, "proxy": mandate.proxy_id},
    )
