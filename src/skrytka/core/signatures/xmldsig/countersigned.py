"""Which signature of a file signs another one (EN 319 132-1 §5.2.7)."""

from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from skrytka.core.signatures.names import (
    COUNTERSIGNED_TYPE,
    SIGNATURE,
    SIGNED_PROPERTIES_TYPES,
    XADES_ALL,
    ds,
)
from skrytka.core.signatures.xmldsig.intake import SignedFile

_PLACE = ("CounterSignature", "UnsignedSignatureProperties", "UnsignedProperties")
_PATHS = frozenset(
    (
        *(f"{{{namespace}}}{name}" for name in (*_PLACE, "QualifyingProperties")),
        ds("Object"),
        SIGNATURE,
    )
    for namespace in XADES_ALL
)
_DEEP = 6


def countersigned(signed_file: SignedFile) -> Mapping[Element, Element]:
    """This will map each counter-signature to the signature that it signs.

    It stands in the unsigned properties of that one; or, wherever it stands, refers to its value
    and to nothing else by the type that is made for it. Signatures that sign each other in a ring
    are nobody's counter-signatures.
    """
    if len(signed_file.signatures) == 1:
        return {}
    found = {}
    for signature in signed_file.signatures:
        parent = _around(signature)
        if parent is None:
            parent = _referred(signed_file, signature)
        if parent is not None and parent is not signature:
            found[signature] = parent
    return {one: parent for one, parent in found.items() if not _in_ring(one, found)}


def _around(signature: Element) -> Element | None:
    above = [node for node, _ in zip(signature.iterancestors(), range(_DEEP), strict=False)]
    return above[-1] if tuple(node.tag for node in above) in _PATHS else None


def _referred(signed_file: SignedFile, signature: Element) -> Element | None:
    references = signature.findall(f"{ds('SignedInfo')}/{ds('Reference')}")
    content = [one for one in references if one.get("Type") not in SIGNED_PROPERTIES_TYPES]
    if len(content) != 1 or content[0].get("Type") != COUNTERSIGNED_TYPE:
        return None
    value = signed_file.ids.get((content[0].get("URI") or "")[1:])
    if value is None or value.tag != ds("SignatureValue"):
        return None
    parent = value.getparent()
    return parent if parent in signed_file.signatures else None


def _in_ring(start: Element, found: Mapping[Element, Element]) -> bool:
    return any(step is start for step in _way_up(start, found))


def _way_up(start: Element, found: Mapping[Element, Element]) -> Iterator[Element]:
    node = start
    for _ in found:
        if node not in found:
            return
        node = found[node]
        yield node
