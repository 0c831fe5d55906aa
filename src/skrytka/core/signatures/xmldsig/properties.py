"""XAdES qualifying properties of one signature (ETSI EN 319 132-1), bound to that signature.

The wrapping attack on XAdES puts a second SignedProperties beside the signed one. So: exactly one
QualifyingProperties, a direct child of an Object of this signature, with a Target that names it;
exactly one SignedProperties in it; and the reference must lead to that very node. All names are of
one namespace: XAdES 1.3.2, or 1.1.1 and 1.2.2 of old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import Comment, ProcessingInstruction
from lxml.etree import _Element as Element

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.evidence import ClaimedRole
from skrytka.core.signatures.names import SIGNED_PROPERTIES_TYPES, XADES_ALL, ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.xmldsig.references import NodeSet, Resolved
from skrytka.core.signatures.xmldsig.roles import (
    SIGNER_ROLES,
    claimed_roles,
    read_person,
    read_words,
)
from skrytka.core.signatures.xmldsig.structure import (
    Refused,
    SignatureParts,
    elements,
    from_base64,
    leaf_text,
    namespace_of,
    small_number,
)
from skrytka.core.signatures.xmldsig.transforms import StepKind

_QUALIFYING = frozenset(f"{{{namespace}}}QualifyingProperties" for namespace in XADES_ALL)
_SIGNED = frozenset(f"{{{namespace}}}SignedProperties" for namespace in XADES_ALL)
_ALLOWED_STEPS = frozenset({StepKind.CANONICAL, StepKind.ONLY_PROPERTIES})


@dataclass(frozen=True)
class CertificateName:
    """The signed word on which certificate signed: its digest, perhaps its issuer and serial."""

    digest_uri: str
    digest: bytes
    serial: int | None = None
    issuer_serial_der: bytes | None = None


@dataclass(frozen=True)
class SignedProperties:
    """What the verified SignedProperties say, and the element around them."""

    qualifying: Element
    signing_time: datetime | None
    certificate: CertificateName
    role: ClaimedRole
    policy_id: str | None = None
    claimed_roles: tuple[str, ...] = ()


def is_about_properties(reference: Resolved) -> bool:
    """This will tell whether a reference presents itself as the one to SignedProperties."""
    at = reference.nodes
    return reference.parts.type in SIGNED_PROPERTIES_TYPES or (
        at is not None and at.apex.tag in _SIGNED
    )


def read_properties(
    parts: SignatureParts, references: tuple[Resolved, ...], ids: Mapping[str, Element]
) -> SignedProperties | None:
    """This will read the signed properties, or nothing when the signature is plain XML-DSig.

    Everything is read from the very nodes that were digested. Raises `Refused`.
    """
    claims = [reference for reference in references if is_about_properties(reference)]
    qualifying = [
        child for box in parts.objects for child in elements(box) if child.tag in _QUALIFYING
    ]
    if not qualifying and not claims:
        return None
    if len(qualifying) > 1 or len(claims) > 1:
        raise Refused(ReasonCode.PROP_DUP)
    if not qualifying or not claims:
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    if not _is_targeted(parts, qualifying[0].get("Target", ""), ids):
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    _check_binding(qualifying[0], claims[0])
    if claims[0].octets is None or not claims[0].intact:
        return None
    return _decode(qualifying[0], _as_digested(claims[0].nodes, claims[0].octets))


def _as_digested(nodes: NodeSet | None, octets: bytes) -> Element:
    """The canonical form says what the nodes say, but for comments and instructions."""
    if nodes is None or next(nodes.apex.iter(Comment, ProcessingInstruction), None) is not None:
        return parse_xml(octets)
    return nodes.apex


def _is_targeted(parts: SignatureParts, target: str, ids: Mapping[str, Element]) -> bool:
    """This will tell whether the properties name this signature.

    A signature without an identifier cannot be named, so nothing may be. Some signers change the
    letter case of the name; it passes where it could not mean another element.
    """
    name = target.removeprefix("#")
    if not parts.id:
        return not name
    alike = target.casefold() == f"#{parts.id}".casefold()
    return alike and ids.get(name, parts.node) is parts.node


def _check_binding(qualifying: Element, claim: Resolved) -> None:
    name = f"{{{namespace_of(qualifying)}}}SignedProperties"
    signed = [child for child in elements(qualifying) if child.tag == name]
    if len(signed) > 1:
        raise Refused(ReasonCode.PROP_DUP)
    if any(step.kind not in _ALLOWED_STEPS for step in claim.steps):
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)
    target = [claim.nodes.apex] if claim.nodes else []
    if target != signed and not claim.codes:
        raise Refused(ReasonCode.XSW_SIGNEDPROPS)


def _decode(qualifying: Element, root: Element) -> SignedProperties:
    at = f"{{{namespace_of(root)}}}"
    of_signature = list(root.iterchildren(f"{at}SignedSignatureProperties"))
    if len(of_signature) != 1:
        raise Refused(ReasonCode.SIG_STRUCTURE)
    children = list(elements(of_signature[0]))
    named = {child.tag: child for child in children}
    if len(named) != len(children):
        raise Refused(ReasonCode.PROP_DUP)
    signer_roles = [named[at + name] for name in SIGNER_ROLES if at + name in named]
    claimed = claimed_roles(signer_roles, at[1:-1])
    return SignedProperties(
        qualifying,
        _signing_time(named.get(f"{at}SigningTime")),
        _certificate_name(named, at),
        read_person(claimed),
        _policy_id(named.get(f"{at}SignaturePolicyIdentifier"), at),
        read_words(claimed),
    )


def _signing_time(found: Element | None) -> datetime | None:
    """This will read the claimed time; one without an offset is no instant."""
    if found is None:
        return None
    try:
        claimed = datetime.fromisoformat(leaf_text(found).strip())
    except ValueError:
        return None
    return claimed if claimed.tzinfo else None


def _policy_id(policy: Element | None, at: str) -> str | None:
    """This will read the identifier of the signature policy (EN 319 132-1 §5.2.9)."""
    path = f"{at}SignaturePolicyId/{at}SigPolicyId/{at}Identifier"
    found = None if policy is None else policy.find(path)
    return None if found is None else leaf_text(found).strip()


def _certificate_name(named: Mapping[str, Element], at: str) -> CertificateName:
    """This will read the first Cert: by EN 319 132-1 §5.2.2 it is the signing certificate."""
    for name in ("SigningCertificateV2", "SigningCertificate"):
        certificates = named.get(at + name)
        cert = None if certificates is None else next(certificates.iterchildren(f"{at}Cert"), None)
        if cert is not None:
            return _read_cert(cert, at)
    raise Refused(ReasonCode.NOT_XADES)


def _read_cert(cert: Element, at: str) -> CertificateName:
    """This will read a Cert; before 1.3.2 the digest was in the namespace of XAdES itself."""
    named = {child.tag: child for child in reversed(list(elements(cert)))}
    digest = named.get(f"{at}CertDigest")
    parts = [] if digest is None else list(elements(digest))
    names = [part.tag for part in parts]
    own = [f"{at}DigestMethod", f"{at}DigestValue"]
    if names not in ([ds("DigestMethod"), ds("DigestValue")], own):
        raise Refused(ReasonCode.SIG_STRUCTURE)
    apart, combined = named.get(f"{at}IssuerSerial"), named.get(f"{at}IssuerSerialV2")
    serial = None if apart is None else apart.find(ds("X509SerialNumber"))
    return CertificateName(
        digest_uri=parts[0].get("Algorithm", ""),
        digest=from_base64(leaf_text(parts[1])),
        serial=None if serial is None else small_number(leaf_text(serial)),
        issuer_serial_der=None if combined is None else from_base64(leaf_text(combined)),
    )
