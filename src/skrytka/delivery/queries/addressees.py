"""Whom a clerk may write to, so that nobody can leaf through all citizens.

A party is found by the exact address of its box, or by its name once it has written to this very
institution. Institutions are public: they are found by name, place or address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from skrytka.accounts.models import Box, Party
from skrytka.accounts.queries import (
    PartyKind,
    SenderKind,
    box_of_address,
    institution_of_id,
    party_of_box_address,
)
from skrytka.catalogue.addressees import AddresseeLine, addressees_matching, choose_box
from skrytka.core.identifiers import BoxAddress, InvalidIdentifier
from skrytka.letters.models import IntakeState, Letter
from skrytka.letters.operations.arrivals import sender_key

SHORTEST_TEXT = 2
MOST_LISTED = 20


class AddresseeKind(StrEnum):
    PARTY = "PARTY"
    INSTITUTION = "INSTITUTION"


@dataclass(frozen=True)
class AddresseeFound:
    """One that can be written to: a party by its id, or a box of another institution by its id."""

    kind: AddresseeKind
    id: int
    name: str
    address: str


def addressees_for(institution_id: int, text: str) -> tuple[AddresseeFound, ...]:
    """This will list whom a clerk of the institution may mean by what they typed."""
    wanted = text.replace("\0", "").strip()
    exact = addressee_of_address(institution_id, wanted)
    if exact is not None:
        return (exact,)
    if len(wanted) < SHORTEST_TEXT or wanted.startswith("/"):
        return ()
    found = (*_senders(institution_id, wanted), *_institutions(institution_id, wanted))
    return found[:MOST_LISTED]


def addressee_of_address(institution_id: int, address: str) -> AddresseeFound | None:
    """This will find by the exact address: a party, or an open box of another institution."""
    party = party_of_box_address(address)
    if party is not None and party.kind is not PartyKind.INSTITUTION:
        return AddresseeFound(AddresseeKind.PARTY, party.id, party.name, party.box_address)
    box = box_of_address(address)
    if box is None or not box.is_open or box.institution_id == institution_id:
        return None
    owner = institution_of_id(box.institution_id)
    name = owner.name if owner else box.title
    return AddresseeFound(AddresseeKind.INSTITUTION, box.id, name, box.address)


def addressees_of_addresses(
    institution_id: int, addresses: Iterable[str]
) -> dict[str, AddresseeFound]:
    """This will find the addressees of many exact addresses at once, by the address as given."""
    wanted = {text: parsed for text in addresses if (parsed := _parsed(text)) is not None}
    owners = {one.owner for one in wanted.values()}
    parties = {
        one.box_address: AddresseeFound(AddresseeKind.PARTY, one.pk, one.name, one.box_address)
        for one in Party.objects.filter(box_entity__in=owners).exclude(kind=PartyKind.INSTITUTION)
    }
    boxes = Box.objects.filter(
        institution__entity__in=owners, institution__is_active=True, is_open=True
    ).exclude(institution=institution_id)
    found = parties | {
        box.address: AddresseeFound(
            AddresseeKind.INSTITUTION, box.pk, box.institution.name, box.address
        )
        for box in boxes.select_related("institution")
    }
    return {text: found[one.value] for text, one in wanted.items() if one.value in found}


def _parsed(text: str) -> BoxAddress | None:
    try:
        return BoxAddress.parse(text)
    except InvalidIdentifier:
        return None


def _senders(institution_id: int, text: str) -> tuple[AddresseeFound, ...]:
    """Those who wrote to this institution, by every word of their name."""
    wrote = Letter.objects.filter(institution=institution_id, intake__state=IntakeState.ACCEPTED)
    for word in text.split():
        wrote = wrote.filter(handling__sender_key__contains=sender_key(word))
    letters = wrote.values("sender_id")
    rows = Party.objects.filter(id__in=letters).exclude(kind=PartyKind.INSTITUTION)
    return tuple(
        AddresseeFound(AddresseeKind.PARTY, row.pk, row.name, row.box_address)
        for row in rows.order_by("name")[:MOST_LISTED]
    )


def _institutions(institution_id: int, text: str) -> tuple[AddresseeFound, ...]:
    found = (
        _box_of(line)
        for line in addressees_matching(text, limit=MOST_LISTED).lines
        if line.institution_id != institution_id
    )
    return tuple(one for one in found if one is not None)


def _box_of(line: AddresseeLine) -> AddresseeFound | None:
    choice = choose_box(line.boxes, SenderKind.INSTITUTION)
    if choice is None:
        return None
    return AddresseeFound(AddresseeKind.INSTITUTION, choice.box.id, line.name, choice.box.address)
