"""From a file to the evidence of all its signatures."""

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from skrytka.core.documents.xml import XmlRefused
from skrytka.core.signatures.algorithms import (
    SIGNATURES,
    Strength,
    ValueCheck,
    check_value,
    key_strength,
)
from skrytka.core.signatures.c14n import CannotCanonicalize, canonicalize
from skrytka.core.signatures.evidence import (
    ClaimedRole,
    FileEvidence,
    SignatureEvidence,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.verdict import SignatureFormat, SignatureLevel
from skrytka.core.signatures.xmldsig.certificates import find_signing_certificate
from skrytka.core.signatures.xmldsig.coverage import measure_coverage
from skrytka.core.signatures.xmldsig.intake import SignedFile, open_signed_file
from skrytka.core.signatures.xmldsig.properties import SignedProperties, read_properties
from skrytka.core.signatures.xmldsig.references import (
    Budget,
    DetachedFiles,
    Resolved,
    Resolver,
)
from skrytka.core.signatures.xmldsig.structure import Refused, SignatureParts, read_signature
from skrytka.core.signatures.xmldsig.transforms import Step, read_steps

_MOST_SIGNATURES = 64
_MOST_TRANSFORMS = 128
# A reference that leads to the wrong place has not found its data, whatever its digest says.
_BREAKING = frozenset(
    {
        ReasonCode.SIG_VALUE,
        ReasonCode.ALG_MISMATCH,
        ReasonCode.ALG_UNKNOWN,
        ReasonCode.XSW_SIGNEDPROPS,
        ReasonCode.XSW_OBJECT,
    }
)


def examine_xml(data: bytes, detached: DetachedFiles) -> FileEvidence:
    """This will decode every signature of an XML file. Never raises for what the file holds."""
    try:
        signed_file = open_signed_file(data)
    except XmlRefused as refusal:
        return FileEvidence(refusal=ReasonCode(refusal.fault.value))
    return examine_file(signed_file, detached)


def examine_file(signed_file: SignedFile, detached: DetachedFiles) -> FileEvidence:
    """This will decode every signature of a file that is already parsed."""
    if not signed_file.signatures:
        return FileEvidence(refusal=ReasonCode.NO_SIGNATURE)
    if len(signed_file.signatures) > _MOST_SIGNATURES:
        return FileEvidence(refusal=ReasonCode.RES_COUNT)
    budget = Budget.for_file(signed_file)
    return FileEvidence(
        tuple(
            _examine(Resolver(signed_file, node, detached, budget))
            for node in signed_file.signatures
        )
    )


def _examine(resolver: Resolver) -> SignatureEvidence:
    """This will decode one signature; what cannot be evaluated becomes a code, never a guess."""
    signed_file = resolver.signed_file
    if signed_file.ambiguous_ids:
        return _unread(resolver, ReasonCode.XSW_DUP_ID)
    try:
        parts = read_signature(resolver.signature)
        steps = tuple(read_steps(reference.transforms) for reference in parts.references)
        if sum(map(len, steps)) > _MOST_TRANSFORMS:
            return _unread(resolver, ReasonCode.TR_COUNT)
        return _evidence(resolver, parts, _follow(resolver, parts, steps))
    except Refused as refusal:
        return _unread(resolver, refusal.code)
    except XmlRefused:  # an octet stream that was digested but is not the XML it should be
        return _unread(resolver, ReasonCode.TR_FAILED)


def _unread(resolver: Resolver, code: ReasonCode) -> SignatureEvidence:
    return SignatureEvidence(
        id=resolver.signature.get("Id"),
        format=SignatureFormat.XML_DSIG,
        level=SignatureLevel.NOT_ETSI,
        intact=False,
        security=(code,),
    )


def _follow(
    resolver: Resolver, parts: SignatureParts, steps: tuple[tuple[Step, ...], ...]
) -> tuple[Resolved, ...]:
    if sum(1 for reference in parts.references if reference.uri is None) > 1:
        raise Refused(ReasonCode.REF_NULL_URI)
    pairs = zip(parts.references, steps, strict=True)
    return tuple(resolver.resolve(reference, allowed) for reference, allowed in pairs)


def _evidence(
    resolver: Resolver, parts: SignatureParts, references: tuple[Resolved, ...]
) -> SignatureEvidence:
    properties, property_codes = _properties(parts, references)
    found = find_signing_certificate(parts.key_info, properties.certificate if properties else None)
    coverage = measure_coverage(resolver.signed_file.root, parts, references)
    value_codes = _value_codes(parts, found.chosen)
    of_references = tuple(code for reference in references for code in reference.codes)
    codes = (*property_codes, *found.codes, *value_codes, *of_references, *coverage.codes)
    referenced = all(reference.intact for reference in references)
    intact = found.chosen is not None and referenced and not _BREAKING.intersection(codes)
    return SignatureEvidence(
        id=parts.id,
        format=SignatureFormat.XADES if properties else SignatureFormat.XML_DSIG,
        level=SignatureLevel.B_B if properties else SignatureLevel.NOT_ETSI,
        intact=intact,
        certificate=found.chosen,
        pool=found.pool,
        claimed_signing_time=properties.signing_time if properties else None,
        role=properties.role if properties and intact else ClaimedRole(),
        covers=coverage.covers,
        content=coverage.content if intact else None,
        security=tuple(dict.fromkeys(codes)),
    )


def _properties(
    parts: SignatureParts, references: tuple[Resolved, ...]
) -> tuple[SignedProperties | None, tuple[ReasonCode, ...]]:
    try:
        properties = read_properties(parts, references)
    except Refused as refusal:
        return None, (refusal.code,)
    return properties, () if properties else (ReasonCode.NOT_XADES,)


def _value_codes(
    parts: SignatureParts, certificate: x509.Certificate | None
) -> tuple[ReasonCode, ...]:
    """This will verify the value over the canonical SignedInfo with the certificate's key."""
    method = SIGNATURES.get(parts.method_uri)
    if method is None:
        return (ReasonCode.ALG_UNKNOWN,)
    if certificate is None:
        return ()
    try:
        key = certificate.public_key()
        chosen = parts.canonicalization
        signed = canonicalize(parts.signed_info, chosen.method, prefixes=chosen.prefixes)
    except (CannotCanonicalize, UnsupportedAlgorithm, ValueError):
        return (ReasonCode.SIG_VALUE,)
    result = check_value(key, method, signed, parts.value)
    if result is ValueCheck.KEY_MISMATCH:
        return (ReasonCode.ALG_MISMATCH,)
    if result is ValueCheck.BROKEN:
        return (ReasonCode.SIG_VALUE,)
    weak = Strength.WEAK in {method.strength, key_strength(key)}
    return (ReasonCode.ALG_WEAK,) if weak else ()
