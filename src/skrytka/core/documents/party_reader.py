"""Parties of a letter, read from either side of it."""

from skrytka.core.documents import letter_pattern as pattern
from skrytka.core.documents.letter_elements import children, only, required, string, text_of
from skrytka.core.documents.letter_facts import (
    Address,
    InstitutionParty,
    LetterDirection,
    LetterFault,
    LetterParty,
    LetterUnreadable,
    OrganisationParty,
    PersonParty,
)
from skrytka.core.documents.xml import Element

_STR = f"{{{pattern.STRUCTURE}}}"
_META = f"{{{pattern.META}}}"
_ADR = f"{{{pattern.ADDRESS}}}"
_OSO = f"{{{pattern.PERSON}}}"
_INST = f"{{{pattern.INSTITUTION}}}"
_KIND = f"{{{pattern.OFFICE_PATTERN}}}{pattern.ENTITY_KIND}"
_ADDRESSEES, _SENDERS = "Adresaci", "Nadawcy"


def addressee_of(data: Element, direction: LetterDirection) -> LetterParty:
    """This will read whom the letter is for: an institution, unless an institution writes.

    Raises `LetterUnreadable`.
    """
    party = _named(data, _ADDRESSEES)
    if direction is LetterDirection.OUTGOING:
        return _party(party)
    if party.tag != f"{_INST}Instytucja":
        raise LetterUnreadable(LetterFault.MISSING, "Instytucja")
    _refuse_kind(party, _ADDRESSEES)
    return _institution(party)


def sender_of(data: Element, direction: LetterDirection) -> LetterParty:
    """This will read who writes: an institution in its own pattern and nobody else there.

    Raises `LetterUnreadable`.
    """
    party = _named(data, _SENDERS)
    if direction is LetterDirection.OUTGOING:
        sender = _party(party)
        if not isinstance(sender, InstitutionParty):
            raise LetterUnreadable(LetterFault.DIRECTION, _SENDERS)
        return sender
    _refuse_kind(party, _SENDERS)
    return _person(party) if party.tag == f"{_OSO}Osoba" else _organisation(party)


def _named(data: Element, side: str) -> Element:
    """This will return the one person or institution named on that side of the letter."""
    subject = required(required(data, f"{_STR}{side}"), f"{_META}Podmiot")
    named = [*children(subject, f"{_INST}Instytucja"), *children(subject, f"{_OSO}Osoba")]
    if len(named) != 1:
        raise LetterUnreadable(LetterFault.REPEATED if named else LetterFault.MISSING, side)
    return named[0]


def _refuse_kind(party: Element, side: str) -> None:
    """The central pattern knows no such mark: with it the letter would be of either direction."""
    if _KIND in party.attrib:
        raise LetterUnreadable(LetterFault.DIRECTION, side)


def _party(party: Element) -> LetterParty:
    """This will read a party of an institution's letter, where each entity says what it is."""
    if party.tag == f"{_OSO}Osoba":
        return _person(party)
    match party.get(_KIND):
        case pattern.PUBLIC_ENTITY:
            return _institution(party)
        case pattern.ORGANISATION:
            return _organisation(party)
    raise LetterUnreadable(LetterFault.MISSING, pattern.ENTITY_KIND)


def _institution(party: Element) -> InstitutionParty:
    return InstitutionParty(
        name=string(required(party, f"{_INST}NazwaInstytucji")),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        nip=_registered(party, "IdInstytucji", "NIP"),
        regon=_registered(party, "IdInstytucji", "REGON"),
        email=_contact(party, "Email"),
    )


def _organisation(party: Element) -> OrganisationParty:
    return OrganisationParty(
        name=string(required(party, f"{_INST}NazwaInstytucji")),
        nip=_registered(party, "IdInstytucji", "NIP"),
        regon=_registered(party, "IdInstytucji", "REGON"),
        krs=_registered(party, "IdInstytucji", "KRS"),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        email=_contact(party, "Email"),
    )


def _person(party: Element) -> PersonParty:
    second = text_of(party, f"{_OSO}ImieDrugie")
    first = string(required(party, f"{_OSO}Imie"))
    return PersonParty(
        given_name=f"{first} {second}" if second else first,
        family_name=string(required(party, f"{_OSO}Nazwisko")),
        pesel=_registered(party, "IdOsoby", "PESEL"),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        email=_contact(party, "Email"),
    )


def _registered(party: Element, group: str, number: str) -> str | None:
    """This will read a number of the party; its namespace is not settled by any known sample."""
    numbers = only(party, f"{{*}}{group}")
    return None if numbers is None else text_of(numbers, f"{{*}}{number}")


def _contact(party: Element, way: str) -> str | None:
    """This will read the first of the ways to reach the party; several are allowed."""
    contact = only(party, f"{_ADR}Kontakt")
    found = None if contact is None else next(contact.iterchildren(f"{_ADR}{way}"), None)
    return None if found is None else string(found)


def _address(party: Element) -> Address | None:
    address = only(party, f"{_ADR}Adres")
    if address is None:
        return None
    return Address(
        town=text_of(address, f"{_ADR}Miejscowosc"),
        postal_code=text_of(address, f"{_ADR}KodPocztowy"),
        street=text_of(address, f"{_ADR}Ulica"),
        building=text_of(address, f"{_ADR}Budynek"),
        flat=text_of(address, f"{_ADR}Lokal"),
        country=text_of(address, f"{_ADR}Kraj"),
        post_office=text_of(address, f"{_ADR}Poczta"),
        voivodeship=text_of(address, f"{_ADR}Wojewodztwo"),
        county=text_of(address, f"{_ADR}Powiat"),
        commune=text_of(address, f"{_ADR}Gmina"),
    )
