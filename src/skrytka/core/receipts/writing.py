"""The pieces of receipt XML, written in canonical form so that sealing hashes what is stored."""

from datetime import datetime
from functools import lru_cache

from skrytka.core.calendar import xml_datetime
from skrytka.core.receipts.facts import Information, ReceiptParty, ReceiptUnwritable
from skrytka.core.signatures.canonical import HEADER, CanonicalDocument
from skrytka.core.signatures.seal_text import Unwritable, attribute_text, element_text

POS = "http://crd.gov.pl/xml/schematy/UPO/2008/05/09/"


def document(kind: str, lines: list[str]) -> CanonicalDocument:
    """This will write the whole receipt: the declaration, the root, one receipt element."""
    body = "\n    ".join(lines)
    root = (
        f'<pos:Dokument xmlns:pos="{POS}">\n  <pos:{kind}>\n    {body}\n  </pos:{kind}>\n'
        "</pos:Dokument>"
    )
    return CanonicalDocument(HEADER + root.encode())


def text_line(name: str, text: str) -> str:
    """This will write an element with text. Raises `ReceiptUnwritable`."""
    return f"<pos:{name}>{_safe(name, text)}</pos:{name}>"


def date_line(name: str, at: datetime) -> str:
    return f"<pos:{name}>{xml_datetime(at)}</pos:{name}>"


@lru_cache(maxsize=256)  # a night's receipts name few issuers
def party_line(name: str, party: ReceiptParty) -> str:
    """This will write a party; the attribute is unqualified, as the stylesheet reads it."""
    kind = _safe_attribute(name, party.identifier_type)
    return (
        f"<pos:{name}>\n      {text_line('Nazwa', party.name)}\n      "
        f'<pos:IdentyfikatorPodmiotu TypIdentyfikatora="{kind}">'
        f"{_safe(name, party.identifier)}</pos:IdentyfikatorPodmiotu>\n    </pos:{name}>"
    )


@lru_cache(maxsize=2048)  # the reasons of a date are the same for all that share it
def information_line(item: Information) -> str:
    kind = _safe_attribute("InformacjaUzupelniajaca", item.kind)
    text = _safe("InformacjaUzupelniajaca", item.text)
    head = f'<pos:InformacjaUzupelniajaca TypInformacjiUzupelniajacej="{kind}">'
    return f"{head}{text}</pos:InformacjaUzupelniajaca>"


def attributed_line(name: str, attributes: tuple[tuple[str, str | None], ...], text: str) -> str:
    """This will write an element with attributes in canonical (alphabetical) order."""
    written = "".join(
        f' {key}="{_safe_attribute(name, value)}"'
        for key, value in sorted(attributes)
        if value is not None
    )
    return f"<pos:{name}{written}>{_safe(name, text)}</pos:{name}>"


def _safe(field: str, text: str) -> str:
    try:
        return element_text(text)
    except Unwritable:
        raise ReceiptUnwritable(field) from None


def _safe_attribute(field: str, text: str) -> str:
    try:
        return attribute_text(text)
    except Unwritable:
        raise ReceiptUnwritable(field) from None
