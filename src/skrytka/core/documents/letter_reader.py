"""Bytes -> facts: letters of our own and of others in the pattern "Pismo ogólne".

Read with tolerance for what the pattern leaves open (prefixes or a default namespace, absent
headings and identifiers, attachments inside the document) and with none for what would let a
document show one thing and mean another: a part that may stand once stands once, comments never
split a text, and an answer of a form says what its label announces.
"""

import base64
import binascii
import hashlib
import re
from datetime import UTC, date, datetime, time

from lxml import etree

from skrytka.core.calendar import WARSAW, civil_date, parse_xml_date, parse_xml_datetime
from skrytka.core.documents import letter_pattern as pattern
from skrytka.core.documents.letter_facts import (
    ActingPerson,
    Address,
    AttachmentRef,
    FormField,
    InstitutionParty,
    LetterFacts,
    LetterFault,
    LetterUnreadable,
    OrganisationParty,
    PersonParty,
)
from skrytka.core.documents.xml import Element, XmlRefused, parse_xml

_PATTERNS = frozenset({pattern.PATTERN, pattern.OLDER_PATTERN})
_DIGEST = re.compile(r"\s*SHA-256:?\s+([0-9A-Fa-f]{64})(?:;\s*([0-9]{1,18})\s*B)?\s*")

_STR = f"{{{pattern.STRUCTURE}}}"
_META = f"{{{pattern.META}}}"
_ADR = f"{{{pattern.ADDRESS}}}"
_OSO = f"{{{pattern.PERSON}}}"
_INST = f"{{{pattern.INSTITUTION}}}"
_FORM = f"{{{pattern.FORM}}}"


def read_letter(document: bytes) -> LetterFacts:
    """This will read a letter in the pattern 4566 or the older 1410.

    Only direct children of the root are read, so nothing inside a signature can pose as content;
    signatures are not checked here. Statements and additional information that others add follow
    the paragraphs.

    Raises `LetterUnreadable`, also when the XML parser refuses the document.
    """
    try:
        root = parse_xml(document)
    except XmlRefused as refusal:
        raise LetterUnreadable(LetterFault.XML, refusal.fault.value) from refusal
    name = etree.QName(root)
    if name.namespace not in _PATTERNS or name.localname != "Dokument":
        raise LetterUnreadable(LetterFault.PATTERN, "Dokument")
    return _facts(root, f"{{{name.namespace}}}")


def _facts(root: Element, wnio: str) -> LetterFacts:
    description = _required(root, f"{wnio}OpisDokumentu")
    data = _required(root, f"{wnio}DaneDokumentu")
    content = _required(root, f"{wnio}TrescDokumentu")
    created_at, written_on = _dates(description, data)
    kind = _only(content, f"{wnio}RodzajWnioskuRozszerzony")
    information = _all(content, f"{wnio}Informacje", f"{wnio}Informacja")
    return LetterFacts(
        cid=_text(description, f"{_STR}CID") or "",
        created_at=created_at,
        written_on=written_on,
        place=_text(content, f"{wnio}MiejscowoscDokumentu") or "",
        title=_string(_required(content, f"{wnio}Tytul")),
        kind="" if kind is None else kind.get("rodzaj", ""),
        other_kind=None if kind is None else kind.get("jakiInny"),
        service_code=_identifier(description, pattern.FORM_ID),
        form_version=_identifier(description, pattern.FORM_VERSION),
        addressee=_addressee(_party(data, f"{_STR}Adresaci")),
        sender=_sender(_party(data, f"{_STR}Nadawcy")),
        acting=_acting(_only(content, f"{wnio}Podpis"), wnio),
        paragraphs=(
            *(_string(one) for one in information if f"{_FORM}pole" not in one.attrib),
            *(_string(one) for one in _all(content, f"{wnio}Oswiadczenia", f"{wnio}Oswiadczenie")),
            *(_string(one) for one in _children(content, f"{wnio}InformacjeDodatkowe")),
        ),
        fields=tuple(_field(one) for one in information if f"{_FORM}pole" in one.attrib),
        attachments=tuple(
            _attachment(one) for one in _all(content, f"{_STR}Zalaczniki", f"{_STR}Zalacznik")
        ),
    )


def _dates(description: Element, data: Element) -> tuple[datetime, date]:
    """This will return when the letter was made and the date it bears; one stands in for both."""
    created, written = _created(description), _created(data)
    try:
        if created is not None:
            created_at = _instant(created)
            return created_at, parse_xml_date(written) if written else civil_date(created_at)
        if written is not None:
            return _instant(written), parse_xml_date(written)
    except ValueError as error:
        raise LetterUnreadable(LetterFault.DATE, "Data") from error
    raise LetterUnreadable(LetterFault.MISSING, "Data")


def _created(parent: Element) -> str | None:
    dates = _children(parent, f"{_META}Data")
    chosen = [one for one in dates if one.get("typDaty") == pattern.CREATED] or dates
    if len(chosen) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, "Data")
    return _text(chosen[0], f"{_META}Czas") if chosen else None


def _instant(text: str) -> datetime:
    if "T" in text:
        return parse_xml_datetime(text)
    return datetime.combine(parse_xml_date(text), time(), WARSAW).astimezone(UTC)


def _identifier(description: Element, kind: str) -> str | None:
    found = [
        one
        for one in _children(description, f"{_META}Identyfikator")
        if one.get("typIdentyfikatora") == kind
    ]
    if len(found) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, kind)
    return _text(found[0], f"{_META}Wartosc") if found else None


def _party(data: Element, side: str) -> Element:
    """This will return the one person or institution named on that side of the letter."""
    subject = _required(_required(data, side), f"{_META}Podmiot")
    named = [*_children(subject, f"{_INST}Instytucja"), *_children(subject, f"{_OSO}Osoba")]
    if len(named) != 1:
        reason = LetterFault.REPEATED if named else LetterFault.MISSING
        raise LetterUnreadable(reason, etree.QName(side).localname)
    return named[0]


def _addressee(party: Element) -> InstitutionParty:
    if party.tag != f"{_INST}Instytucja":
        raise LetterUnreadable(LetterFault.MISSING, "Instytucja")
    return InstitutionParty(
        name=_string(_required(party, f"{_INST}NazwaInstytucji")),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        nip=_registered(party, "IdInstytucji", "NIP"),
        regon=_registered(party, "IdInstytucji", "REGON"),
    )


def _sender(party: Element) -> PersonParty | OrganisationParty:
    if party.tag == f"{_OSO}Osoba":
        return _person(party)
    return OrganisationParty(
        name=_string(_required(party, f"{_INST}NazwaInstytucji")),
        nip=_registered(party, "IdInstytucji", "NIP"),
        regon=_registered(party, "IdInstytucji", "REGON"),
        krs=_registered(party, "IdInstytucji", "KRS"),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        email=_contact(party, "Email"),
    )


def _person(party: Element) -> PersonParty:
    second = _text(party, f"{_OSO}ImieDrugie")
    first = _string(_required(party, f"{_OSO}Imie"))
    return PersonParty(
        given_name=f"{first} {second}" if second else first,
        family_name=_string(_required(party, f"{_OSO}Nazwisko")),
        pesel=_registered(party, "IdOsoby", "PESEL"),
        box_address=_contact(party, "URIKontakt") or "",
        address=_address(party),
        email=_contact(party, "Email"),
    )


def _registered(party: Element, group: str, number: str) -> str | None:
    """This will read a number of the party; its namespace is not settled by any known sample."""
    numbers = _only(party, f"{{*}}{group}")
    return None if numbers is None else _text(numbers, f"{{*}}{number}")


def _contact(party: Element, way: str) -> str | None:
    """This will read the first of the ways to reach the party; several are allowed."""
    contact = _only(party, f"{_ADR}Kontakt")
    found = None if contact is None else next(contact.iterchildren(f"{_ADR}{way}"), None)
    return None if found is None else _string(found)


def _address(party: Element) -> Address | None:
    address = _only(party, f"{_ADR}Adres")
    if address is None:
        return None
    return Address(
        town=_text(address, f"{_ADR}Miejscowosc"),
        postal_code=_text(address, f"{_ADR}KodPocztowy"),
        street=_text(address, f"{_ADR}Ulica"),
        building=_text(address, f"{_ADR}Budynek"),
        flat=_text(address, f"{_ADR}Lokal"),
        country=_text(address, f"{_ADR}Kraj"),
        post_office=_text(address, f"{_ADR}Poczta"),
        voivodeship=_text(address, f"{_ADR}Wojewodztwo"),
        county=_text(address, f"{_ADR}Powiat"),
        commune=_text(address, f"{_ADR}Gmina"),
    )


def _acting(signature: Element | None, wnio: str) -> ActingPerson | None:
    if signature is None:
        return None
    return ActingPerson(
        given_name=_text(signature, f"{_OSO}Imie") or "",
        family_name=_text(signature, f"{_OSO}Nazwisko") or "",
        position=_text(signature, f"{wnio}Stanowisko"),
        authority=_text(signature, f"{wnio}ZUpowaznienia"),
    )


def _field(information: Element) -> FormField:
    label = information.get(f"{_FORM}etykieta", "")
    text = _string(information)
    if not text.startswith(f"{label}: "):
        raise LetterUnreadable(LetterFault.FIELD, "Informacja")
    path = information.get(f"{_FORM}pole", "")
    return FormField(path=path, label=label, value=text.removeprefix(f"{label}: "))


def _attachment(attachment: Element) -> AttachmentRef:
    content = _text(attachment, f"{_STR}DaneZalacznika") or ""
    inside = attachment.get("kodowanie") == "base64"
    size, sha256 = _measured(content) if inside else _described(attachment)
    return AttachmentRef(
        file_name=attachment.get("nazwaPliku", ""),
        media_type=attachment.get("format", ""),
        size=size,
        sha256=sha256,
        uri="" if inside else content,
    )


def _measured(content: str) -> tuple[int | None, str | None]:
    """This will measure a file that stands inside the document."""
    try:
        data = base64.b64decode("".join(content.split()), validate=True)
    except binascii.Error:
        return None, None
    return len(data), hashlib.sha256(data).hexdigest()


def _described(attachment: Element) -> tuple[int | None, str | None]:
    """This will read size and digest as the sender stated them when attaching."""
    found = _DIGEST.fullmatch(_text(attachment, f"{_STR}OpisZalacznika") or "")
    if found is None:
        return None, None
    return int(found[2]) if found[2] else None, found[1].lower()


def _all(parent: Element, group: str, tag: str) -> list[Element]:
    found = _only(parent, group)
    return [] if found is None else _children(found, tag)


def _children(parent: Element, tag: str) -> list[Element]:
    return list(parent.iterchildren(tag))  # several times faster than findall


def _required(parent: Element, tag: str) -> Element:
    found = _only(parent, tag)
    if found is None:
        raise LetterUnreadable(LetterFault.MISSING, etree.QName(tag).localname)
    return found


def _only(parent: Element, tag: str) -> Element | None:
    found = _children(parent, tag)
    if len(found) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, tag.rpartition("}")[2])
    return found[0] if found else None


def _text(parent: Element, tag: str) -> str | None:
    found = _only(parent, tag)
    return None if found is None else _string(found)


def _string(element: Element) -> str:
    """This will return the text as XPath sees it: whole, across comments and without them."""
    if len(element):
        return str(element.xpath("string()"))
    return element.text or ""
