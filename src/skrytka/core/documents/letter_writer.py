"""Facts -> bytes: a letter in the pattern "Pismo ogólne do podmiotu publicznego" (CRD 4566).

The text is built line by line: the same facts always give the same bytes, and a typical letter
takes a small fraction of a millisecond. Every value passes `_text` or `_attribute`, which escape
what XML would change on the way back (a carriage return, a line break in an attribute) and refuse
what XML 1.0, production 2, cannot carry at all.
"""

import re

from skrytka.core.calendar import xml_datetime
from skrytka.core.documents import letter_pattern as pattern
from skrytka.core.documents.letter_facts import (
    ActingPerson,
    Address,
    AttachmentRef,
    FormField,
    InstitutionParty,
    LetterFacts,
    LetterUnwritable,
    OrganisationParty,
    PersonParty,
)

_BEYOND_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_IN_TEXT = re.compile(f"[&<>\r{_BEYOND_XML}]")
_IN_ATTRIBUTE = re.compile(f'[&<>"\t\n\r{_BEYOND_XML}]')
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PADS = tuple("  " * depth for depth in range(9))

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="{pattern.STYLESHEET}"?>
<wnio:Dokument xmlns:wnio="{pattern.PATTERN}"
               xmlns:str="{pattern.STRUCTURE}"
               xmlns:meta="{pattern.META}"
               xmlns:adr="{pattern.ADDRESS}"
               xmlns:oso="{pattern.PERSON}"
               xmlns:inst="{pattern.INSTITUTION}"
               xmlns:form="{pattern.FORM}">
"""
_FIXED_DESCRIPTION = """    <meta:RodzajDokumentu>
      <meta:Kategoria>Pismo</meta:Kategoria>
    </meta:RodzajDokumentu>
    <meta:Jezyk kodJezyka="pol">polski</meta:Jezyk>
    <meta:OpisDokumentu>Wzór pisma ogólnego</meta:OpisDokumentu>
"""


def render_letter(facts: LetterFacts) -> bytes:
    """This will write the letter as UTF-8 XML; `read_letter` gives the same facts back.

    Attachments are bound by digest and stand beside the document (``kodowanie="URI"``); a signature
    over the document therefore covers them. Each answer of a form is a readable paragraph that also
    carries its path and label in a namespace of our own.

    Raises `LetterUnwritable` naming the fact that XML cannot carry.
    """
    return "".join(
        (_HEAD, _description(facts), _data(facts), _content(facts), "</wnio:Dokument>\n")
    ).encode()


def _description(facts: LetterFacts) -> str:
    return _element(
        "wnio:OpisDokumentu",
        1,
        _leaf("str:CID", 2, facts.cid, "cid"),
        _date(xml_datetime(facts.created_at)),
        _identifier(pattern.FORM_ID, facts.service_code, "service_code"),
        _identifier(pattern.FORM_VERSION, facts.form_version, "form_version"),
        _FIXED_DESCRIPTION,
    )


def _date(moment: str) -> str:
    created = pattern.CREATED
    return f'    <meta:Data typDaty="{created}"><meta:Czas>{moment}</meta:Czas></meta:Data>\n'


def _identifier(kind: str, value: str | None, name: str) -> str:
    if value is None:
        return ""
    return (
        f'    <meta:Identyfikator typIdentyfikatora="{kind}">'
        f"<meta:Wartosc>{_text(value, name)}</meta:Wartosc></meta:Identyfikator>\n"
    )


def _data(facts: LetterFacts) -> str:
    return _element(
        "wnio:DaneDokumentu",
        1,
        _date(facts.written_on.isoformat()),
        _element("str:Adresaci", 2, _element("meta:Podmiot", 3, _institution(facts.addressee))),
        _element("str:Nadawcy", 2, _element("meta:Podmiot", 3, _sender(facts.sender))),
    )


def _institution(party: InstitutionParty) -> str:
    return _element(
        "inst:Instytucja",
        4,
        _leaf("inst:NazwaInstytucji", 5, party.name, "addressee.name"),
        _address(party.address, "addressee.address"),
        _identifiers(
            _optional("inst:NIP", 6, party.nip, "addressee.nip"),
            _optional("inst:REGON", 6, party.regon, "addressee.regon"),
        ),
        _contact(None, party.box_address, "addressee"),
    )


def _sender(party: PersonParty | OrganisationParty) -> str:
    return _person(party) if isinstance(party, PersonParty) else _organisation(party)


def _person(party: PersonParty) -> str:
    pesel = _optional("oso:PESEL", 6, party.pesel, "sender.pesel")
    return _element(
        "oso:Osoba",
        4,
        _element("oso:IdOsoby", 5, pesel) if pesel else "",
        _leaf("oso:Imie", 5, party.given_name, "sender.given_name"),
        _leaf("oso:Nazwisko", 5, party.family_name, "sender.family_name"),
        _address(party.address, "sender.address"),
        _contact(party.email, party.box_address, "sender"),
    )


def _organisation(party: OrganisationParty) -> str:
    return _element(
        "inst:Instytucja",
        4,
        _leaf("inst:NazwaInstytucji", 5, party.name, "sender.name"),
        _address(party.address, "sender.address"),
        _identifiers(
            _optional("inst:KRS", 6, party.krs, "sender.krs"),
            _optional("inst:NIP", 6, party.nip, "sender.nip"),
            _optional("inst:REGON", 6, party.regon, "sender.regon"),
        ),
        _contact(party.email, party.box_address, "sender"),
    )


def _identifiers(*lines: str) -> str:
    return _element("inst:IdInstytucji", 5, *lines) if any(lines) else ""


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
    lines = (_optional(f"adr:{tag}", 6, text, f"{name}.{part}") for tag, text, part in parts)
    return _element("adr:Adres", 5, *lines)


def _contact(email: str | None, box_address: str, name: str) -> str:
    lines = (
        _optional("adr:Email", 6, email, f"{name}.email"),
        _optional("adr:URIKontakt", 6, box_address or None, f"{name}.box_address"),
    )
    return _element("adr:Kontakt", 5, *lines) if any(lines) else ""


def _content(facts: LetterFacts) -> str:
    return "".join(
        (
            '  <wnio:TrescDokumentu format="text/xml" kodowanie="XML">\n',
            _leaf("wnio:MiejscowoscDokumentu", 2, facts.place, "place"),
            _leaf("wnio:Tytul", 2, facts.title, "title"),
            _kind(facts),
            _element("wnio:Informacje", 2, *_paragraphs(facts), *_fields(facts)),
            _acting(facts.acting),
            _attachments(facts.attachments),
            "  </wnio:TrescDokumentu>\n",
        )
    )


def _kind(facts: LetterFacts) -> str:
    other = ""
    if facts.other_kind is not None:
        other = f' jakiInny="{_attribute(facts.other_kind, "other_kind")}"'
    kind = _attribute(facts.kind, "kind")
    return f'    <wnio:RodzajWnioskuRozszerzony rodzaj="{kind}"{other}/>\n'


def _paragraphs(facts: LetterFacts) -> list[str]:
    return [
        _leaf("wnio:Informacja", 3, text, f"paragraphs[{number}]")
        for number, text in enumerate(facts.paragraphs)
    ]


def _fields(facts: LetterFacts) -> list[str]:
    return [_field(answer, f"fields[{number}]") for number, answer in enumerate(facts.fields)]


def _field(answer: FormField, name: str) -> str:
    path = _attribute(answer.path, f"{name}.path")
    label = _attribute(answer.label, f"{name}.label")
    text = _text(f"{answer.label}: {answer.value}", f"{name}.value")
    return (
        f'      <wnio:Informacja form:pole="{path}" form:etykieta="{label}">'
        f"{text}</wnio:Informacja>\n"
    )


def _acting(person: ActingPerson | None) -> str:
    if person is None:
        return ""
    return _element(
        "wnio:Podpis",
        2,
        _optional("wnio:ZUpowaznienia", 3, person.authority, "acting.authority"),
        _leaf("oso:Imie", 3, person.given_name, "acting.given_name"),
        _leaf("oso:Nazwisko", 3, person.family_name, "acting.family_name"),
        _optional("wnio:Stanowisko", 3, person.position, "acting.position"),
    )


def _attachments(attachments: tuple[AttachmentRef, ...]) -> str:
    if not attachments:
        return ""
    lines = (_attachment(one, f"attachments[{no}]") for no, one in enumerate(attachments))
    return _element("str:Zalaczniki", 2, *lines)


def _attachment(attachment: AttachmentRef, name: str) -> str:
    media_type = _attribute(attachment.media_type, f"{name}.media_type")
    file_name = _attribute(attachment.file_name, f"{name}.file_name")
    return (
        f'      <str:Zalacznik format="{media_type}" kodowanie="URI" nazwaPliku="{file_name}">\n'
        f"{_leaf('str:DaneZalacznika', 4, attachment.uri, f'{name}.uri')}"
        f"        <str:OpisZalacznika>{_digest(attachment, name)}</str:OpisZalacznika>\n"
        "      </str:Zalacznik>\n"
    )


def _digest(attachment: AttachmentRef, name: str) -> str:
    if attachment.sha256 is None or not _SHA256.fullmatch(attachment.sha256):
        raise LetterUnwritable(f"{name}.sha256")
    if attachment.size is None or attachment.size < 0:
        raise LetterUnwritable(f"{name}.size")
    return f"SHA-256 {attachment.sha256}; {attachment.size} B"


def _element(tag: str, depth: int, *children: str) -> str:
    pad = _PADS[depth]
    return f"{pad}<{tag}>\n{''.join(children)}{pad}</{tag}>\n"


def _leaf(tag: str, depth: int, text: str, name: str) -> str:
    return f"{_PADS[depth]}<{tag}>{_text(text, name)}</{tag}>\n"


def _optional(tag: str, depth: int, text: str | None, name: str) -> str:
    return "" if text is None else _leaf(tag, depth, text, name)


def _text(text: str, name: str) -> str:
    return _escaped(text, _IN_TEXT, name)


def _attribute(text: str, name: str) -> str:
    return _escaped(text, _IN_ATTRIBUTE, name)


def _escaped(text: str, special: re.Pattern[str], name: str) -> str:
    try:
        return special.sub(lambda found: _ESCAPES[found[0]], text)
    except KeyError as error:
        raise LetterUnwritable(name) from error
