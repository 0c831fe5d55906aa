"""XAdES qualifying properties of one signature (ETSI EN 319 132-1), bound to that signature.

The wrapping attack on XAdES puts a second SignedProperties beside the signed one. So: exactly one
QualifyingProperties, a direct child of an Object of this signature, with a Target that names it;
exactly one SignedProperties in it; and the reference must lead to that very node.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.evidence import ClaimedRole
from skrytka.core.signatures.names import SIGNED_PROPERTIES_TYPE, ds, xades
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.references import Resolved
from skrytka.core.signatures.xmldsig.roles import read_role
from skrytka.core.signatures.xmldsig.structure import (
    Refused,
    SignatureParts,
    elements,
    from_base64,
    leaf_text,
)
from skrytka.core.signatures.xmldsig.transforms import StepKind

_QUALIFYING = xades("QualifyingProperties")
_SIGNED = xades("SignedProperties")
_OF_SIGNATURE = xades("SignedSignatureProperties")


@dataclass(frozen=True)
class CertificateName:
    """The signed word on which certificate signed: its digest, perhaps its issuer and serial."""

    digest_uri: str
    digest: bytes
    serial: int | None = None
    issuer_serial_der: bytes | None = None


@dataclass(frozen=True)
class SignedProperties:
    """What the verified SignedProperties say."""

    reference: Resolved
    signing_time: datetime | None
    certificate: CertificateName
    role: ClaimedRole


def is_about_properties(reference: Resolved) -> bool:
    """This will tell whether a reference presents itself as the one to SignedProperties."""
    at = reference.nodes
    return reference.parts.type == SIGNED_PROPERTIES_TYPE or (
        at is not None and at.apex.tag == _SIGNED
    )


def read_properties(
    parts: SignatureParts, references: tuple[Resolved, ...]
) -> SignedProperties | None:
    """This will read the signed properties, or nothing when the signature is plain XML-DSig.

    Everything is read from the bytes that were digested. Raises `Refused`.
    """
    claims = [reference for reference in references if is_about_properties(reference)]
    qualifying = [
        child for box in parts.objects for child in elements(box) if child.tag == _QUALIFYING
    ]
    if not qualifying and not claims:
        return None
    if len(qualifying) > 1 or len(claims) > 1:
        raise Refused(ReasonCode.PROP_DUP)
    if not qualifying or not claims:
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    _check_binding(parts, qualifying[0], claims[0])
    if claims[0].octets is None or not claims[0].intact:
        return None
    return _decode(claims[0], parse_xml(claims[0].octets))


def _check_binding(parts: SignatureParts, qualifying: Element, claim: Resolved) -> None:
    signed = [child for child in elements(qualifying) if child.tag == _SIGNED]
    if len(signed) > 1:
        raise Refused(ReasonCode.PROP_DUP)
    if not parts.id or qualifying.get("Target") != f"#{parts.id}":
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    if any(step.kind is not StepKind.CANONICAL for step in claim.steps):
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    target = [claim.nodes.apex] if claim.nodes else []
    if target != signed and not claim.codes:
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)


def _decode(reference: Resolved, root: Element) -> SignedProperties:
    of_signature = [child for child in elements(root) if child.tag == _OF_SIGNATURE]
    if len(of_signature) != 1:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    children = list(elements(of_signature[0]))
    if len({child.tag for child in children}) != len(children):
        raise Refused(ReasonCode.PROP_DUP)
    return SignedProperties(
        reference,
        _signing_time(of_signature[0]),
        _certificate_name(of_signature[0]),
        read_role(of_signature[0]),
    )


def _signing_time(properties: Element) -> datetime | None:
    """This will read the claimed time; one without an offset is no instant."""
    found = properties.find(xades("SigningTime"))
    if found is None:
        return None
    try:
        claimed = datetime.fromisoformat(leaf_text(found).strip())
    except ValueError:
        return None
    return claimed if claimed.tzinfo else None


def _certificate_name(properties: Element) -> CertificateName:
    """This will read the first Cert: by EN 319 132-1 §5.2.2 it is the signing certificate."""
    for name in ("SigningCertificateV2", "SigningCertificate"):
        cert = properties.find(f"{xades(name)}/{xades('Cert')}")
        if cert is not None:
            return _read_cert(cert)
    raise Refused(ReasonCode.NOT_XADES)


def _read_cert(cert: Element) -> CertificateName:
    method = cert.find(f"{xades('CertDigest')}/{ds('DigestMethod')}")
    value = cert.find(f"{xades('CertDigest')}/{ds('DigestValue')}")
    if method is None or value is None:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    serial = cert.find(f"{xades('IssuerSerial')}/{ds('X509SerialNumber')}")
    combined = cert.find(xades("IssuerSerialV2"))
    return CertificateName(
        digest_uri=method.get("Algorithm", ""),
        digest=from_base64(leaf_text(value)),
        serial=None if serial is None else _number(leaf_text(serial)),
        issuer_serial_der=None if combined is None else from_base64(leaf_text(combined)),
    )


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refused(ReasonCode.SIG_STRUCTURE) from None
