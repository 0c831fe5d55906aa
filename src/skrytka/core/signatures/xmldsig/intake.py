"""A parsed file: its root, its signatures, and its identifiers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element
from lxml.etree import _ElementUnicodeResult as Identifier

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.names import SIGNATURE

_IDS = etree.XPath(" | ".join(f"//@{name}" for name in ("Id", "ID", "id", "xml:id")))
_POINTERS = etree.XPath("//@*[contains(., '#')]")
_QUOTED = re.compile(r"""['"]([^'"]*)['"]""")


@dataclass(frozen=True)
class SignedFile:
    """A parsed file. ``ambiguous_ids`` stand on more than one element and are pointed at.

    One that nothing points at cannot lead anybody astray: signing programs number their own
    time-stamps carelessly.
    """

    data: bytes
    root: Element
    signatures: tuple[Element, ...]
    ids: Mapping[str, Element]
    ambiguous_ids: frozenset[str]


def open_signed_file(data: bytes) -> SignedFile:
    """This will parse a file and index it. Raises `XmlRefused`."""
    root = parse_xml(data)
    ids, doubled = _index(root)
    ambiguous = doubled.intersection(_pointed_at(root)) if doubled else doubled
    return SignedFile(data, root, tuple(root.iter(SIGNATURE)), ids, ambiguous)


def _pointed_at(root: Element) -> Iterator[str]:
    """Every name that a reference of any kind may mean: by fragment, or by an XPointer."""
    for value in cast("list[str]", _POINTERS(root)):
        yield value.partition("#")[2]
        yield from _QUOTED.findall(value)


def _index(root: Element) -> tuple[Mapping[str, Element], frozenset[str]]:
    """This will map identifiers to elements over all four spellings taken together."""
    ids: dict[str, Element] = {}
    doubled = set()
    for name in cast("list[Identifier]", _IDS(root)):
        element = name.getparent()
        if name and element is not None and ids.setdefault(str(name), element) is not element:
            doubled.add(str(name))
    return ids, frozenset(doubled)
