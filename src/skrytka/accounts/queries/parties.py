"""Who a party is and where its answers go."""

from dataclasses import dataclass

from skrytka.accounts.models import Party, PartyKind
from skrytka.accounts.models.parties import PostalAddress
from skrytka.core.identifiers import BoxAddress, InvalidIdentifier

PARTY_BOX = "domyslna"


@dataclass(frozen=True)
class Address:
    """A postal address by the parts that the document patterns name; empty means not given."""

    street: str = ""
    building: str = ""
    flat: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = "PL"

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as one writes it on an envelope."""
        house = f"{self.building}/{self.flat}" if self.flat else self.building
        first = f"{self.street or self.town if house else self.street} {house}".strip()
        second = f"{self.postal_code} {self.town}".strip()
        return tuple(line for line in (first, second) if line)


@dataclass(frozen=True)
class PartyView:
    """A party as pages and policies see it."""

    id: int
    kind: PartyKind
    name: str
    box_address: str


@dataclass(frozen=True)
class PartyDetails(PartyView):
    """A party with what a letter says about its sender. Names are empty for organisations."""

    given_name: str
    family_name: str
    email: str
    address: Address
    nip: str
    regon: str
    krs: str


def party_view(party: Party) -> PartyView:
    return PartyView(party.pk, PartyKind(party.kind), party.name, party.box_address)


def address_of(holder: PostalAddress) -> Address:
    return Address(
        holder.street,
        holder.building,
        holder.flat,
        holder.postal_code,
        holder.town,
        holder.country,
    )


def party_details(party_id: int) -> PartyDetails | None:
    """This will return all that a letter may say about a party, or None when there is none."""
    party = Party.objects.select_related("user").filter(id=party_id).first()
    if party is None:
        return None
    user = party.user
    return PartyDetails(
        id=party.pk,
        kind=PartyKind(party.kind),
        name=party.name,
        box_address=party.box_address,
        given_name=user.given_name if user else "",
        family_name=user.family_name if user else "",
        email=user.email if user else "",
        address=address_of(party),
        nip=party.nip,
        regon=party.regon,
        krs=party.krs,
    )


def party_of_box_address(text: str) -> PartyView | None:
    """This will find the party whose box has this address (`/akowalska/domyslna`)."""
    try:
        address = BoxAddress.parse(text)
    except InvalidIdentifier:
        return None
    if address.box != PARTY_BOX:
        return None
    party = Party.objects.filter(box_entity=address.owner).first()
    return party_view(party) if party else None


def has_party(user_id: int) -> bool:
    """This will tell whether the person has given their data, so that they can write letters."""
    return Party.objects.filter(user_id=user_id).exists()
