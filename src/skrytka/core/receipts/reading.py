"""The pieces of receipt XML, read strictly: one meaning or none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from skrytka.core.calendar import parse_xml_datetime
from skrytka.core.documents.xml import XmlRefused, parse_xml
from skrytka.core.receipts.facts import (
    Information,
    ReceiptParty,
    ReceiptUnreadable,
    UnreadableReason,
)
from skrytka.core.receipts.writing import POS
from skrytka.core.signatures.names import SIGNATURE

_ROOT = f"{{{POS}}}Dokument"


def open_receipt(data: bytes) -> "Fields":
    """This will open a receipt of any kind. Raises `ReceiptUnreadable`."""
    try:
        root = parse_xml(data)
    except XmlRefused:
        raise ReceiptUnreadable(UnreadableReason.NOT_XML) from None
    inside = [child for child in root.iterchildren("*") if child.tag != SIGNATURE]
    if root.tag != _ROOT or len(inside) != 1:
        raise ReceiptUnreadable(UnreadableReason.NOT_A_RECEIPT)
    return Fields(inside[0])


@dataclass(frozen=True)
class Fields:
    """The child elements of a receipt element, by name."""

    element: Element

    def is_kind(self, kind: str) -> bool:
        return self.element.tag == f"{{{POS}}}{kind}"

    def require_kind(self, kind: str) -> None:
        """This will refuse a receipt of another kind."""
        if not self.is_kind(kind):
            raise ReceiptUnreadable(UnreadableReason.NOT_A_RECEIPT)

    def refuse_unknown(self, *names: str) -> None:
        """This will refuse what this reader has no place for."""
        known = {f"{{{POS}}}{name}" for name in names}
        if any(child.tag not in known for child in self.element.iterchildren("*")):
            raise ReceiptUnreadable(UnreadableReason.STRUCTURE)

    def text(self, name: str) -> str:
        return leaf(self._only(name))

    def text_or_empty(self, name: str) -> str:
        """This will read an element that may be left out, once at most."""
        return self.text(name) if any(True for _ in self.every(name)) else ""

    def instant(self, name: str) -> datetime:
        try:
            return parse_xml_datetime(self.text(name))
        except ValueError:
            raise ReceiptUnreadable(UnreadableReason.DATE) from None

    def party(self, name: str) -> ReceiptParty:
        inner = Fields(self._only(name))
        inner.refuse_unknown("Nazwa", "IdentyfikatorPodmiotu")
        identifier = inner._only("IdentyfikatorPodmiotu")  # the same class
        kind = attribute(identifier, "TypIdentyfikatora")
        return ReceiptParty(inner.text("Nazwa"), leaf(identifier), kind or "")

    def information(self) -> tuple[Information, ...]:
        return tuple(
            Information(attribute(item, "TypInformacjiUzupelniajacej") or "", leaf(item))
            for item in self.every("InformacjaUzupelniajaca")
        )

    def every(self, name: str) -> Iterator[Element]:
        return self.element.iterchildren(f"{{{POS}}}{name}")

    def _only(self, name: str) -> Element:
        found = list(self.every(name))
        if len(found) != 1:
            raise ReceiptUnreadable(UnreadableReason.STRUCTURE)
        return found[0]


def leaf(element: Element) -> str:
    """This will return the text of an element with nothing else inside, not even a comment."""
    if len(element):
        raise ReceiptUnreadable(UnreadableReason.STRUCTURE)
    return element.text or ""


def attribute(element: Element, name: str) -> str | None:
    """This will read an attribute, qualified or not: both are seen in use."""
    return element.get(name, element.get(f"{{{POS}}}{name}"))
