"""Who may read and collect whose letters by power of attorney."""

from dataclasses import dataclass
from datetime import datetime

from skrytka.accounts.models import Mandate, Party
from skrytka.accounts.queries.in_force import in_force


@dataclass(frozen=True)
class MandateView:
    id: int
    party_id: int
    party_name: str
    proxy_id: int
    proxy_name: str
    proxy_box_address: str
    since: datetime


def mandates_given_by(party_id: int, at: datetime) -> tuple[MandateView, ...]:
    """This will list the mandates of a party that are in force, newest first."""
    rows = Mandate.objects.filter(in_force(at), party_id=party_id).order_by("-since")
    return tuple(map(_view, rows.select_related("party", "proxy")))


def mandates_held_by(user_id: int, at: datetime) -> tuple[MandateView, ...]:
    rows = Mandate.objects.filter(in_force(at), proxy_id=user_id).order_by("-since")
    return tuple(map(_view, rows.select_related("party", "proxy")))


def mandate_of_id(mandate_id: int, at: datetime) -> MandateView | None:
    row = (
        Mandate.objects.filter(in_force(at), id=mandate_id).select_related("party", "proxy").first()
    )
    return _view(row) if row else None


def _view(row: Mandate) -> MandateView:
    own = Party.objects.filter(user_id=row.proxy_id).first()
    return MandateView(
        id=row.pk,
        party_id=row.party_id,
        party_name=row.party.name,
        proxy_id=row.proxy_id,
        proxy_name=row.proxy.full_name,
        proxy_box_address=own.box_address if own else "",
        since=row.since,
    )
