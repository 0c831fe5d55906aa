"""The signed attributes that say something about the signer (ETSI EN 319 122-1 §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from skrytka.core.signatures.cms.ber import CONSTRUCTED, CannotRead, Node, oid
from skrytka.core.signatures.cms.structure import SIGNING_TIME, SignerInfo, read_time

SIGNATURE_POLICY = "1.2.840.113549.1.9.16.2.15"
SIGNER_ATTRIBUTES = "1.2.840.113549.1.9.16.2.18"
SIGNER_ATTRIBUTES_V2 = "0.4.0.19122.1.1"

_CLAIMED = 0xA0
_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x16: "ascii", 0x1E: "utf-16-be", 0x14: "latin-1"}


def read_signing_time(signer: SignerInfo) -> datetime | None:
    """This will return the claimed time, None where there is none that can be read."""
    try:
        return next((read_time(one.single) for one in signer.signed_attributes(SIGNING_TIME)), None)
    except CannotRead:
        return None


def read_policy(signer: SignerInfo) -> str | None:
    """This will return the identifier of the signature policy; an implied one has none."""
    try:
        for attribute in signer.signed_attributes(SIGNATURE_POLICY):
            return oid(attribute.single.children[0])
    except (CannotRead, IndexError):
        pass
    return None


def read_roles(signer: SignerInfo) -> tuple[str, ...]:
    """This will return the claimed roles of signer-attributes, v1 and v2, as texts."""
    found: list[str] = []
    for identifier in (SIGNER_ATTRIBUTES, SIGNER_ATTRIBUTES_V2):
        for attribute in signer.signed_attributes(identifier):
            try:
                found += _claimed(attribute.single)
            except CannotRead:
                continue
    return tuple(found)


def _claimed(value: Node) -> list[str]:
    """[0] is what was claimed; [1] and [2] carry certificates and assertions of others."""
    claimed = (field for field in value.children if field.tag == _CLAIMED)
    return [text for field in claimed for text in _texts(field)]


def _texts(node: Node) -> Iterator[str]:
    if node.tag in _TEXTS:
        yield node.content.decode(_TEXTS[node.tag], "replace")
    elif node.tag & CONSTRUCTED:
        for child in node.children:
            yield from _texts(child)
