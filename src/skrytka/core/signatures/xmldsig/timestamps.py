"""The time-stamps of a signature, in the order in which they stand, and what each protects."""

from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml.etree import _Element as Element

from skrytka.core.signatures.evidence import TimestampEvidence, TimestampKind
from skrytka.core.signatures.names import ds
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.timestamps import examine_token
from skrytka.core.signatures.xmldsig.stamped import KINDS, Signed, stamped_octets
from skrytka.core.signatures.xmldsig.structure import Refused, elements, namespace_of
from skrytka.core.signatures.xmldsig.unsigned import (
    COUNTER_SIGNATURE,
    Values,
    local_name,
    read_values,
    tolerant_base64,
)


def read_timestamps(
    signed: Signed,
    qualifying: Element,
    properties: tuple[Element, ...],
    pool: tuple[x509.Certificate, ...],
) -> tuple[TimestampEvidence, ...]:
    """This will decode the tokens in the signed and in the unsigned properties.

    ``pool`` are the certificates that came with the signature. Raises `Refused` when there are too
    many tokens or they cost too much.
    """
    stamps = [node for node in _content_stamps(qualifying) if local_name(node) in KINDS]
    if not stamps and not properties:
        return ()
    found = [one for stamp in stamps for one in _tokens(signed, stamp, (), frozenset(), pool)]
    protected = {signed.parts.value_sha256, *_in_key_info(signed)}
    for number, node in enumerate(properties):
        if local_name(node) in KINDS:
            kept = _protected(node, protected, signed, found)
            found += _tokens(signed, node, properties[:number], kept, pool)
        protected |= _held(node)
    return tuple(found)


def _content_stamps(qualifying: Element) -> list[Element]:
    at = f"{{{namespace_of(qualifying)}}}"
    return [
        child
        for signed in qualifying.iterchildren(f"{at}SignedProperties")
        for about in signed.iterchildren(f"{at}SignedDataObjectProperties")
        for child in elements(about)
    ]


def _tokens(
    signed: Signed,
    stamp: Element,
    earlier: tuple[Element, ...],
    protects: frozenset[str],
    pool: tuple[x509.Certificate, ...],
) -> list[TimestampEvidence]:
    encapsulated = [node for node in elements(stamp) if local_name(node) == "EncapsulatedTimeStamp"]
    signed.resolver.budget.tokens -= len(encapsulated)
    if signed.resolver.budget.tokens < 0:
        raise Refused(ReasonCode.RES_COUNT)
    if not encapsulated:
        return []
    stamped = stamped_octets(signed, stamp, earlier)
    kind = KINDS[local_name(stamp)]
    return [
        examine_token(
            tolerant_base64(node) or b"", stamped, kind=kind, protects=protects, others=pool
        )
        for node in encapsulated
    ]


def _protected(
    stamp: Element,
    protected: set[str],
    signed: Signed,
    found: list[TimestampEvidence],
) -> frozenset[str]:
    """What a time-stamp proves: the value; with the references, the tokens; at last everything."""
    value = frozenset({signed.parts.value_sha256})
    kind = KINDS[local_name(stamp)]
    if kind is TimestampKind.SIGNATURE:
        return value
    tokens = frozenset(one.sha256 for one in found)
    if kind is TimestampKind.REFERENCES:
        named = local_name(stamp).startswith("SigAndRefs")
        return value | tokens if named else frozenset()
    inside = frozenset(one for token in found for one in _inside(token))
    return frozenset(protected) | tokens | inside


def _in_key_info(signed: Signed) -> set[str]:
    key_info = signed.parts.key_info
    nodes = () if key_info is None else key_info.iter(ds("X509Certificate"))
    certificates = (tolerant_base64(node) for node in nodes)
    return {sha256(der).hexdigest() for der in certificates if der}


def _inside(token: TimestampEvidence) -> set[str]:
    certificates = (one.public_bytes(Encoding.DER) for one in token.pool)
    return {sha256(der).hexdigest() for der in (*certificates, *token.crls, *token.ocsps)}


def _held(node: Element) -> set[str]:
    """What stands in one property, each by its digest; of a counter-signature its value."""
    if node.tag in COUNTER_SIGNATURE:
        path = f"{ds('Signature')}/{ds('SignatureValue')}"
        values = (tolerant_base64(value) for value in node.iterfind(path))
        return {sha256(value).hexdigest() for value in values if value}
    held: Values = read_values((node,))
    certificates = (one.public_bytes(Encoding.DER) for one in held.certificates)
    return {sha256(der).hexdigest() for der in (*certificates, *held.crls, *held.ocsps)}
