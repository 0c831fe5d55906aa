"""Facts -> bytes: a letter to an institution in CRD 4566, a letter of an institution in our own.

The text is built line by line: the same facts always give the same bytes, and a typical letter
takes a small fraction of a millisecond.
"""

import re

from skrytka.core.calendar import xml_datetime
from skrytka.core.documents import letter_pattern as pattern
from skrytka.core.documents.letter_facts import (
    ActingPerson,
    AttachmentRef,
    FormField,
    LetterDirection,
    LetterFacts,
    LetterParty,
    LetterUnwritable,
)
from skrytka.core.documents.letter_lines import (
    element,
    escaped,
    escaped_attribute,
    leaf,
    optional,
)
from skrytka.core.documents.party_writer import party_lines

_SHA256 = re.compile(r"[0-9a-f]{64}")

_PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The stylesheet is the central pattern's; a letter in our own pattern points to none.
_STYLESHEET = f'<?xml-stylesheet type="text/xsl" href="{pattern.STYLESHEET}"?>\n'
_ROOT = f"""<wnio:Dokument xmlns:wnio="%s"
               xmlns:str="{pattern.STRUCTURE}"
               xmlns:meta="{pattern.META}"
               xmlns:adr="{pattern.ADDRESS}"
               xmlns:oso="{pattern.PERSON}"
               xmlns:inst="{pattern.INSTITUTION}"
               xmlns:form="{pattern.FORM}">
"""
_HEADS = {
    LetterDirection.INCOMING: f"{_PROLOG}{_STYLESHEET}{_ROOT % pattern.PATTERN}",
    LetterDirection.OUTGOING: f"{_PROLOG}{_ROOT % pattern.OFFICE_PATTERN}",
}
_FIXED_DESCRIPTION = """    <meta:RodzajDokumentu>
      <meta:Kategoria>Pismo</meta:Kategoria>
    </meta:RodzajDokumentu>
    <meta:Jezyk kodJezyka="pol">polski</meta:Jezyk>
    <meta:OpisDokumentu>%s</meta:OpisDokumentu>
"""
_DESCRIPTIONS = {
    LetterDirection.INCOMING: _FIXED_DESCRIPTION % "Wzór pisma ogólnego",
    LetterDirection.OUTGOING: _FIXED_DESCRIPTION % "Pismo podmiotu publicznego",
}


def render_letter(facts: LetterFacts) -> bytes:
    """This will write the letter as UTF-8 XML; `read_letter` gives the same facts back.

    Attachments are bound by digest and stand beside the document (``kodowanie="URI"``); a signature
    over the document therefore covers them. Each answer of a form is a readable paragraph that also
    carries its path and label in a namespace of our own.

    Raises `LetterUnwritable` naming the fact that XML cannot carry.
    """
    return "".join(
        (
            _HEADS[facts.direction],
            _description(facts),
            _data(facts),
            _content(facts),
            "</wnio:Dokument>\n",
        )
    ).encode()


def _description(facts: LetterFacts) -> str:
    return element(
        "wnio:OpisDokumentu",
        1,
        leaf("str:CID", 2, facts.cid, "cid"),
        _date(xml_datetime(facts.created_at)),
        _identifier(pattern.FORM_ID, facts.service_code, "service_code"),
        _identifier(pattern.FORM_VERSION, facts.form_version, "form_version"),
        _identifier(pattern.CASE_MARK, facts.case_mark, "case_mark"),
        _identifier(pattern.IN_REPLY_TO, facts.in_reply_to, "in_reply_to"),
        _DESCRIPTIONS[facts.direction],
    )


def _date(moment: str) -> str:
    created = pattern.CREATED
    return f'    <meta:Data typDaty="{created}"><meta:Czas>{moment}</meta:Czas></meta:Data>\n'


def _identifier(kind: str, value: str | None, name: str) -> str:
    if value is None:
        return ""
    return (
        f'    <meta:Identyfikator typIdentyfikatora="{kind}">'
        f"<meta:Wartosc>{escaped(value, name)}</meta:Wartosc></meta:Identyfikator>\n"
    )


def _data(facts: LetterFacts) -> str:
    return element(
        "wnio:DaneDokumentu",
        1,
        _date(facts.written_on.isoformat()),
        _side("str:Adresaci", facts.addressee, "addressee", facts.direction),
        _side("str:Nadawcy", facts.sender, "sender", facts.direction),
    )


def _side(tag: str, party: LetterParty, name: str, direction: LetterDirection) -> str:
    return element(tag, 2, element("meta:Podmiot", 3, party_lines(party, name, direction)))


def _content(facts: LetterFacts) -> str:
    return "".join(
        (
            '  <wnio:TrescDokumentu format="text/xml" kodowanie="XML">\n',
            leaf("wnio:MiejscowoscDokumentu", 2, facts.place, "place"),
            leaf("wnio:Tytul", 2, facts.title, "title"),
            _kind(facts),
            element("wnio:Informacje", 2, *_paragraphs(facts), *_fields(facts)),
            _acting(facts.acting),
            _attachments(facts.attachments),
            "  </wnio:TrescDokumentu>\n",
        )
    )


def _kind(facts: LetterFacts) -> str:
    other = ""
    if facts.other_kind is not None:
        other = f' jakiInny="{escaped_attribute(facts.other_kind, "other_kind")}"'
    kind = escaped_attribute(facts.kind, "kind")
    return f'    <wnio:RodzajWnioskuRozszerzony rodzaj="{kind}"{other}/>\n'


def _paragraphs(facts: LetterFacts) -> list[str]:
    return [
        leaf("wnio:Informacja", 3, text, f"paragraphs[{number}]")
        for number, text in enumerate(facts.paragraphs)
    ]


def _fields(facts: LetterFacts) -> list[str]:
    return [_field(answer, f"fields[{number}]") for number, answer in enumerate(facts.fields)]


def _field(answer: FormField, name: str) -> str:
    path = escaped_attribute(answer.path, f"{name}.path")
    label = escaped_attribute(answer.label, f"{name}.label")
    text = escaped(f"{answer.label}: {answer.value}", f"{name}.value")
    return (
        f'      <wnio:Informacja form:pole="{path}" form:etykieta="{label}">'
        f"{text}</wnio:Informacja>\n"
    )


def _acting(person: ActingPerson | None) -> str:
    if person is None:
        return ""
    return element(
        "wnio:Podpis",
        2,
        optional("wnio:ZUpowaznienia", 3, person.authority, "acting.authority"),
        leaf("oso:Imie", 3, person.given_name, "acting.given_name"),
        leaf("oso:Nazwisko", 3, person.family_name, "acting.family_name"),
        optional("wnio:Stanowisko", 3, person.position, "acting.position"),
    )


def _attachments(attachments: tuple[AttachmentRef, ...]) -> str:
    if not attachments:
        return ""
    lines = (_attachment(one, f"attachments[{no}]") for no, one in enumerate(attachments))
    return element("str:Zalaczniki", 2, *lines)


def _attachment(attachment: AttachmentRef, name: str) -> str:
    media_type = escaped_attribute(attachment.media_type, f"{name}.media_type")
    file_name = escaped_attribute(attachment.file_name, f"{name}.file_name")
    return (
        f'      <str:Zalacznik format="{media_type}" kodowanie="URI" nazwaPliku="{file_name}">\n'
        f"{leaf('str:DaneZalacznika', 4, attachment.uri, f'{name}.uri')}"
        f"        <str:OpisZalacznika>{_digest(attachment, name)}</str:OpisZalacznika>\n"
        "      </str:Zalacznik>\n"
    )


def _digest(attachment: AttachmentRef, name: str) -> str:
    if attachment.sha256 is None or not _SHA256.fullmatch(attachment.sha256):
        raise LetterUnwritable(f"{name}.sha256")
    if attachment.size is None or attachment.size < 0:
        raise LetterUnwritable(f"{name}.size")
    return f"SHA-256 {attachment.sha256}; {attachment.size} B"
