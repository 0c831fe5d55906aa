"""Bytes -> facts: letters of our own and of others in the pattern "Pismo ogólne", and answers.

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
from skrytka.core.documents.letter_elements import (
    children,
    grouped,
    only,
    required,
    string,
    text_of,
)
from skrytka.core.documents.letter_facts import (
    ActingPerson,
    AttachmentRef,
    FormField,
    LetterDirection,
    LetterFacts,
    LetterFault,
    LetterUnreadable,
)
from skrytka.core.documents.party_reader import addressee_of, sender_of
from skrytka.core.documents.xml import Element, XmlRefused, parse_xml

_DIRECTIONS = {
    pattern.PATTERN: LetterDirection.INCOMING,
    pattern.OLDER_PATTERN: LetterDirection.INCOMING,
    pattern.OFFICE_PATTERN: LetterDirection.OUTGOING,
}
_DIGEST = re.compile(r"\s*SHA-256:?\s+([0-9A-Fa-f]{64})(?:;\s*([0-9]{1,18})\s*B)?\s*")

_STR = f"{{{pattern.STRUCTURE}}}"
_META = f"{{{pattern.META}}}"
_OSO = f"{{{pattern.PERSON}}}"
_FORM = f"{{{pattern.FORM}}}"


def read_letter(document: bytes) -> LetterFacts:
    """This will read a letter in the pattern 4566, the older 1410, or our own of institutions.

    The pattern says the direction, and the parties have to agree with it.

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
    direction = _DIRECTIONS.get(name.namespace or "")
    if direction is None or name.localname != "Dokument":
        raise LetterUnreadable(LetterFault.PATTERN, "Dokument")
    return _facts(root, f"{{{name.namespace}}}", direction)


def _facts(root: Element, wnio: str, direction: LetterDirection) -> LetterFacts:
    description = required(root, f"{wnio}OpisDokumentu")
    data = required(root, f"{wnio}DaneDokumentu")
    content = required(root, f"{wnio}TrescDokumentu")
    created_at, written_on = _dates(description, data)
    kind = only(content, f"{wnio}RodzajWnioskuRozszerzony")
    information = grouped(content, f"{wnio}Informacje", f"{wnio}Informacja")
    return LetterFacts(
        cid=text_of(description, f"{_STR}CID") or "",
        created_at=created_at,
        written_on=written_on,
        place=text_of(content, f"{wnio}MiejscowoscDokumentu") or "",
        title=string(required(content, f"{wnio}Tytul")),
        kind="" if kind is None else kind.get("rodzaj", ""),
        other_kind=None if kind is None else kind.get("jakiInny"),
        service_code=_identifier(description, pattern.FORM_ID),
        form_version=_identifier(description, pattern.FORM_VERSION),
        case_mark=_identifier(description, pattern.CASE_MARK),
        in_reply_to=_identifier(description, pattern.IN_REPLY_TO),
        addressee=addressee_of(data, direction),
        sender=sender_of(data, direction),
        acting=_acting(content, wnio, direction),
        paragraphs=(
            *(string(one) for one in information if f"{_FORM}pole" not in one.attrib),
            *(
                string(one)
                for one in grouped(content, f"{wnio}Oswiadczenia", f"{wnio}Oswiadczenie")
            ),
            *(string(one) for one in children(content, f"{wnio}InformacjeDodatkowe")),
        ),
        fields=tuple(_field(one) for one in information if f"{_FORM}pole" in one.attrib),
        attachments=tuple(
            _attachment(one) for one in grouped(content, f"{_STR}Zalaczniki", f"{_STR}Zalacznik")
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
    dates = children(parent, f"{_META}Data")
    chosen = [one for one in dates if one.get("typDaty") == pattern.CREATED] or dates
    if len(chosen) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, "Data")
    return text_of(chosen[0], f"{_META}Czas") if chosen else None


def _instant(text: str) -> datetime:
    if "T" in text:
        return parse_xml_datetime(text)
    return datetime.combine(parse_xml_date(text), time(), WARSAW).astimezone(UTC)


def _identifier(description: Element, kind: str) -> str | None:
    found = [
        one
        for one in children(description, f"{_META}Identyfikator")
        if one.get("typIdentyfikatora") == kind
    ]
    if len(found) > 1:
        raise LetterUnreadable(LetterFault.REPEATED, kind)
    return text_of(found[0], f"{_META}Wartosc") if found else None


def _acting(content: Element, wnio: str, direction: LetterDirection) -> ActingPerson | None:
    """This will read who acts for the sender, which a letter of an institution always names."""
    signature = only(content, f"{wnio}Podpis")
    if direction is LetterDirection.OUTGOING:
        named = required(content, f"{wnio}Podpis")
        required(named, f"{_OSO}Imie")
        required(named, f"{_OSO}Nazwisko")
    if signature is None:
        return None
    return ActingPerson(
        given_name=text_of(signature, f"{_OSO}Imie") or "",
        family_name=text_of(signature, f"{_OSO}Nazwisko") or "",
        position=text_of(signature, f"{wnio}Stanowisko"),
        authority=text_of(signature, f"{wnio}ZUpowaznienia"),
    )


def _field(information: Element) -> FormField:
    label = information.get(f"{_FORM}etykieta", "")
    text = string(information)
    if not text.startswith(f"{label}: "):
        raise LetterUnreadable(LetterFault.FIELD, "Informacja")
    path = information.get(f"{_FORM}pole", "")
    return FormField(path=path, label=label, value=text.removeprefix(f"{label}: "))


def _attachment(attachment: Element) -> AttachmentRef:
    content = text_of(attachment, f"{_STR}DaneZalacznika") or ""
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
    found = _DIGEST.fullmatch(text_of(attachment, f"{_STR}OpisZalacznika") or "")
    if found is None:
        return None, None
    return int(found[2]) if found[2] else None, found[1].lower()
