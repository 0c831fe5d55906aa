"""Whom a notice to a party goes to."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import Mandate, Representation, User
from skrytka.accounts.queries.in_force import in_force


@dataclass(frozen=True)
class Recipient:
    """A person to be told, at which address and in which language."""

    user_id: int
    email: str
    language: str


def recipients_of(party_id: int, *, at: datetime) -> tuple[Recipient, ...]:
    """This will list whom to tell: the party itself or who acts for it, then its proxies.

    The first one is the addressee of the notice in law: the person, or for an organisation the one
    who has represented it longest. Empty when nobody acts for the party any more.
    """
    own = User.objects.filter(party=party_id, is_active=True)
    acting = Representation.objects.filter(
        in_force(at), party_id=party_id, user__is_active=True
    ).order_by("since", "id")
    first = [*own, *(row.user for row in acting.select_related("user"))]
    if not first:
        return ()
    proxies = Mandate.objects.filter(in_force(at), party_id=party_id, proxy__is_active=True)
    users = [*first, *(row.proxy for row in proxies.select_related("proxy").order_by("id"))]
    return tuple(Recipient(user.pk, user.email, user.language) for user in dict.fromkeys(users))
