"""What the unsigned properties hold: certificates, revocation values, tokens (EN 319 132-1 §5.4).

Nobody signed them, so nothing here is refused for being odd: what cannot be read is left out. Only
the number of things is limited (``RES-COUNT``).
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509
from lxml import etree
from lxml.etree import _Element as Element

from skrytka.core.signatures.certificates import load_certificate
from skrytka.core.signatures.cms.revocations import unwrapped
from skrytka.core.signatures.names import XADES_141, XADES_ALL
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import SignatureLevel
from skrytka.core.signatures.xmldsig.certificates import MOST_CERTIFICATES
from skrytka.core.signatures.xmldsig.structure import Refused, elements, namespace_of

_MOST_REVOCATIONS = 512
_MOST_PROPERTIES = 1_000
_NAMESPACES = frozenset({*XADES_ALL, XADES_141})
COUNTER_SIGNATURE = frozenset(f"{{{namespace}}}CounterSignature" for namespace in XADES_ALL)


def _anywhere(local: str) -> tuple[str, ...]:
    return tuple(f"{{{namespace}}}{local}" for namespace in XADES_ALL)


_CERTIFICATE = _anywhere("EncapsulatedX509Certificate")
_CRL = _anywhere("EncapsulatedCRLValue")
_OCSP = _anywhere("EncapsulatedOCSPValue")
_VALIDATION = frozenset(
    {"CertificateValues", "RevocationValues", "TimeStampValidationData", "AnyValidationData"}
)


@dataclass(frozen=True)
class Values:
    """Certificates, CRLs in DER and basic OCSP responses in DER."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


def unsigned_properties(qualifying: Element) -> tuple[Element, ...]:
    """This will list the unsigned properties in their order. Raises `Refused` for too many."""
    at = f"{{{namespace_of(qualifying)}}}"
    found = tuple(
        child
        for unsigned in qualifying.iterchildren(f"{at}UnsignedProperties")
        for of_signature in unsigned.iterchildren(f"{at}UnsignedSignatureProperties")
        for child in elements(of_signature)
    )
    if len(found) > _MOST_PROPERTIES:
        raise Refused(ReasonCode.RES_COUNT)
    return found


def read_values(properties: tuple[Element, ...]) -> Values:
    """This will read the values among the properties. Raises `Refused` when they are too many.

    What stands in a counter-signature is of that signature.
    """
    own = [one for one in properties if one.tag not in COUNTER_SIGNATURE]
    certificates = _octets(own, _CERTIFICATE, MOST_CERTIFICATES)
    crls = _octets(own, _CRL, _MOST_REVOCATIONS)
    responses = _octets(own, _OCSP, _MOST_REVOCATIONS)
    loaded = map(load_certificate, certificates)
    basics = map(unwrapped, responses)
    return Values(
        tuple(certificate for certificate in loaded if certificate),
        tuple(crls),
        tuple(dict.fromkeys(basic for basic in basics if basic)),
    )


def level_of(properties: tuple[Element, ...]) -> SignatureLevel:
    """This will tell the level by what is there (EN 319 132-1 §6.3), whatever it is worth."""
    present = {local_name(one) for one in properties}
    if "SignatureTimeStamp" not in present:
        return SignatureLevel.B_B
    if not present & _VALIDATION:
        return SignatureLevel.B_T
    return SignatureLevel.B_LTA if "ArchiveTimeStamp" in present else SignatureLevel.B_LT


def local_name(node: Element) -> str:
    """This will return the name of an element of XAdES without its namespace, else nothing."""
    name = etree.QName(node)
    return name.localname if name.namespace in _NAMESPACES else ""


def tolerant_base64(node: Element) -> bytes | None:
    """This will decode what nobody signed; None for what is not base64."""
    try:
        return base64.b64decode("".join((node.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _octets(properties: list[Element], names: tuple[str, ...], most: int) -> Iterator[bytes]:
    nodes = [node for each in properties for node in each.iter(*names)]
    if len(nodes) > most:
        raise Refused(ReasonCode.RES_COUNT)
    decoded = map(tolerant_base64, nodes)
    return iter(dict.fromkeys(data for data in decoded if data))
