"""The CRLs and OCSP responses that came in a CMS structure, in whatever place."""

from collections.abc import Iterable
from dataclasses import dataclass

from skrytka.core.signatures.cms.ber import OCTETS, SEQUENCE, CannotRead, Node, oid, read_whole
from skrytka.core.signatures.cms.structure import Attribute

CERTIFICATE_VALUES = "1.2.840.113549.1.9.16.2.23"
REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24"
ADOBE_REVOCATION = "1.2.840.113583.1.1.8"  # ISO 32000-1 §12.8.3.3.2

_OTHER = 0xA1
_OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2"  # RFC 5940 §2.1
_OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1"
_RESPONSE_BYTES = 0xA0


@dataclass(frozen=True)
class Revocations:
    """CRLs and basic OCSP responses in DER."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    @classmethod
    def joined(cls, several: "Iterable[Revocations]") -> "Revocations":
        """This will join several, each value once."""
        found = tuple(several)
        return cls(
            tuple(dict.fromkeys(one for each in found for one in each.crls)),
            tuple(dict.fromkeys(one for each in found for one in each.ocsps)),
        )

    @property
    def all(self) -> tuple[bytes, ...]:
        return (*self.crls, *self.ocsps)


def read_revocations(nodes: Iterable[Node]) -> Revocations:
    """This will read RevocationInfoChoices (RFC 5652 §10.2.1); what is unreadable is left out."""
    return Revocations.joined(_choice(node) for node in nodes)


def read_revocation_values(attribute: Attribute) -> Revocations:
    """This will read revocation-values (EN 319 122-1 §A.1.2.3) or the attribute of Adobe."""
    found = []
    for value in attribute.values:
        try:
            found += [_tagged(field) for field in value.expect(SEQUENCE).children]
        except CannotRead:
            continue
    return Revocations.joined(found)


def certificate_nodes(attribute: Attribute) -> tuple[Node, ...]:
    """This will list the certificates of a certificate-values attribute."""
    try:
        return tuple(node for value in attribute.values for node in value.children)
    except CannotRead:
        return ()


def unwrapped(response: bytes) -> bytes | None:
    """This will take the basic response, which alone is signed, out of an OCSPResponse.

    None where it cannot be read (RFC 6960 §4.2.1).
    """
    try:
        return basic_response(read_whole(response))
    except CannotRead:
        return None


def basic_response(node: Node) -> bytes | None:
    """This will take the basic response out of an OCSPResponse, or return what is one already."""
    try:
        parts = node.expect(SEQUENCE).children
        if parts[0].tag == SEQUENCE:
            return node.raw
        kind, response = parts[1].expect(_RESPONSE_BYTES).children[0].children
        return response.expect(OCTETS).content if oid(kind) == _OCSP_BASIC else None
    except (CannotRead, IndexError, ValueError):
        return None


def _choice(node: Node) -> Revocations:
    if node.tag == SEQUENCE:
        return Revocations(crls=(node.raw,))
    try:
        kind, value = node.expect(_OTHER).children
        known = oid(kind) in {_OCSP_RESPONSE, _OCSP_BASIC}
    except (CannotRead, ValueError):
        return Revocations()
    basic = basic_response(value) if known else None
    return Revocations(ocsps=(basic,)) if basic else Revocations()


def _tagged(field: Node) -> Revocations:
    """[0] EXPLICIT SEQUENCE OF CRL, [1] EXPLICIT SEQUENCE OF OCSP response."""
    values = tuple(node for each in field.children for node in each.children)
    if field.tag == 0xA0:
        return Revocations(crls=tuple(node.raw for node in values))
    if field.tag == 0xA1:
        basics = (basic_response(node) for node in values)
        return Revocations(ocsps=tuple(one for one in basics if one))
    return Revocations()
