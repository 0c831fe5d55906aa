"""Parties of a letter as XML, alike on both sides."""

from skrytka.core.documents import letter_pattern as pattern
from skrytka.core.documents.letter_facts import (
    Address,
    InstitutionParty,
    LetterDirection,
    LetterParty,
    OrganisationParty,
    PersonParty,
)
from skrytka.core.documents.letter_lines import element, leaf, optional


def party_lines(party: LetterParty, side: str, direction: LetterDirection) -> str:
    """This will write a party; ``side`` is the name of the fact, ``sender`` or ``addressee``.

    In letters of institutions both public entities and organisations are written to and look alike
    in the shared schema, so there each says which it is.
    """
    if isinstance(party, PersonParty):
        return _person(party, side)
    return _entity(party, side, "" if direction is LetterDirection.INCOMING else _kind(party))


def _kind(party: InstitutionParty | OrganisationParty) -> str:
    is_public = isinstance(party, InstitutionParty)
    kind = pattern.PUBLIC_ENTITY if is_public else pattern.ORGANISATION
    return f' wnio:{pattern.ENTITY_KIND}="{kind}"'


def _person(party: PersonParty, side: str) -> str:
    pesel = optional("oso:PESEL", 6, party.pesel, f"{side}.pesel")
    return element(
        "oso:Osoba",
        4,
        element("oso:IdOsoby", 5, pesel) if pesel else "",
        leaf("oso:Imie", 5, party.given_name, f"{side}.given_name"),
        leaf("oso:Nazwisko", 5, party.family_name, f"{side}.family_name"),
        _address(party.address, f"{side}.address"),
        _contact(party.email, party.box_address, side),
    )


def _entity(party: InstitutionParty | OrganisationParty, side: str, mark: str) -> str:
    krs = party.krs if isinstance(party, OrganisationParty) else None
    return element(
        "inst:Instytucja",
        4,
        leaf("inst:NazwaInstytucji", 5, party.name, f"{side}.name"),
        _address(party.address, f"{side}.address"),
        _identifiers(
            optional("inst:KRS", 6, krs, f"{side}.krs"),
            optional("inst:NIP", 6, party.nip, f"{side}.nip"),
            optional("inst:REGON", 6, party.regon, f"{side}.regon"),
        ),
        _contact(party.email, party.box_address, side),
        mark=mark,
    )


def _identifiers(*lines: str) -> str:
    return element("inst:IdInstytucji", 5, *lines) if any(lines) else ""


def _address(address: Address | None, name: str) -> str:
    if address is None:
        return ""
    parts = (
        ("KodPocztowy", address.postal_code, "postal_code"),
        ("Poczta", address.post_office, "post_office"),
        ("Miejscowosc", address.town, "town"),
        ("Ulica", address.street, "street"),
        ("Budynek", address.building, "building"),
        ("Lokal", address.flat, "flat"),
        ("Wojewodztwo", address.voivodeship, "voivodeship"),
        ("Powiat", address.county, "county"),
        ("Gmina", address.commune, "commune"),
        ("Kraj", address.country, "country"),
    )
    lines = (optional(f"adr:{tag}", 6, text, f"{name}.{part}") for tag, text, part in parts)
    return element("adr:Adres", 5, *lines)


def _contact(email: str | None, box_address: str, name: str) -> str:
    lines = (
        optional("adr:Email", 6, email, f"{name}.email"),
        optional("adr:URIKontakt", 6, box_address or None, f"{name}.box_address"),
    )
    return element("adr:Kontakt", 5, *lines) if any(lines) else ""
