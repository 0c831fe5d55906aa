"""One SignerInfo: whether its value and its digest hold, and with which certificate."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

from skrytka.core.signatures.algorithms import ValueCheck
from skrytka.core.signatures.cms.ber import (
    SET,
    CannotRead,
    Node,
    encode,
    octets,
    oid,
    read_whole,
    to_der,
)
from skrytka.core.signatures.cms.certificates import (
    CERTIFICATE_ATTRIBUTES,
    Held,
    NamedCertificate,
    find_signer,
    read_named,
)
from skrytka.core.signatures.cms.digests import Octets, digest_name
from skrytka.core.signatures.cms.methods import ValueMethod, check_value, read_method
from skrytka.core.signatures.cms.structure import (
    CONTENT_TYPE,
    ID_DATA,
    MESSAGE_DIGEST,
    SIGNING_TIME,
    Algorithm,
    Attribute,
    SignerInfo,
    read_algorithm,
)
from skrytka.core.signatures.evidence import AlgorithmUse, Use
from skrytka.core.signatures.reasons import ReasonCode

ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52"
CONTENT_TIMESTAMP = "1.2.840.113549.1.9.16.2.20"
_SINGLE_VALUED = frozenset({CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME, ALGORITHM_PROTECTION})

# Any of these cuts the tie between key, value and content.
BREAKING = frozenset(
    {
        ReasonCode.CMS_SYNTAX,
        ReasonCode.CMS_DUP_ATTR,
        ReasonCode.CMS_ALG_DISAGREE,
        ReasonCode.CMS_CONTENT_TYPE,
        ReasonCode.ALG_UNKNOWN,
        ReasonCode.ALG_MISMATCH,
        ReasonCode.SIG_VALUE,
        ReasonCode.REF_DIGEST,
        ReasonCode.REF_EXTERNAL,
        ReasonCode.REF_NOT_FOUND,
        ReasonCode.KEY_MISSING,
    }
)


@dataclass(frozen=True)
class Checked:
    """What was found about one signer.

    ``is_named``: the signed attributes name a certificate; ``ref_match``: it is the chosen one,
    None where none was named or none chosen. ``message`` are the signed attributes in the form
    that the value is over, where that was looked at.
    """

    held: Held | None
    is_named: bool
    ref_match: bool | None
    codes: tuple[ReasonCode, ...]
    algorithms: tuple[AlgorithmUse, ...]
    message: bytes | None = None

    @property
    def intact(self) -> bool:
        return not BREAKING.intersection(self.codes)

    @property
    def certificate(self) -> x509.Certificate | None:
        return self.held.certificate if self.held else None


@dataclass(frozen=True)
class Signed:
    """What a signer signs: the content and its type; a counter-signature's has no type."""

    content: Octets
    content_type: str | None


class _Findings:
    def __init__(self) -> None:
        self.codes: list[ReasonCode] = []
        self.algorithms: list[AlgorithmUse] = []
        self.message: bytes | None = None


def check_signer(signer: SignerInfo, signed: Signed, pool: Iterable[Held]) -> Checked:
    """This will verify one signer over what it signs (RFC 5652 §5.4, §5.6). Never raises."""
    found = _Findings()
    is_named = any(one.oid in CERTIFICATE_ATTRIBUTES for one in signer.signed)
    held, ref_match = _certificate(signer, tuple(pool), found)
    try:
        _check(signer, signed, held, found)
    except CannotRead as refusal:
        found.codes.append(refusal.code)
    codes = tuple(dict.fromkeys(found.codes))
    return Checked(held, is_named, ref_match, codes, tuple(found.algorithms), found.message)


def signed_message(signer: SignerInfo) -> tuple[bytes, bytes] | None:
    """This will return the signed attributes in DER, and in the order in which they came.

    None without signed attributes. Both carry the tag of SET OF (RFC 5652 §5.4). Raises
    `CannotRead`.
    """
    if signer.signed_node is None:
        return None
    received = encode(SET, b"".join(one.node.raw for one in signer.signed))
    return to_der(signer.signed_node, SET), received


def _certificate(
    signer: SignerInfo, pool: tuple[Held, ...], found: _Findings
) -> tuple[Held | None, bool | None]:
    named: tuple[NamedCertificate, ...] = ()
    held, ref_match = None, None
    try:
        named = read_named(signer.signed)
    except CannotRead as refusal:
        found.codes += [refusal.code, ReasonCode.CERT_REF]
        ref_match = False
    try:
        held = find_signer(signer, pool, named)
    except CannotRead as refusal:
        found.codes.append(refusal.code)
    if held is None:
        found.codes.append(ReasonCode.KEY_MISSING)
        return None, ref_match
    found.algorithms += [AlgorithmUse(Use.CERTIFICATE_REFERENCE, one.digest) for one in named]
    if named:
        ref_match = all(one.names(held) for one in named)
        found.codes += () if ref_match else (ReasonCode.CERT_REF,)
    return held, ref_match


def _check(signer: SignerInfo, signed: Signed, held: Held | None, found: _Findings) -> None:
    name = digest_name(signer.digest)
    found.algorithms.append(AlgorithmUse(Use.REFERENCE, name))
    if signer.signed_node is None:
        _check_bare(signed, found)
    else:
        _check_attributes(signer, signed, name, found)
    method = read_method(signer.algorithm)
    if method.digest not in {None, name} or _protection_differs(signer):
        found.codes.append(ReasonCode.CMS_ALG_DISAGREE)
    if held is not None:
        _check_value(signer, signed, method, held, found)


def _check_bare(signed: Signed, found: _Findings) -> None:
    """Without signed attributes the value is over the content itself.

    The content must be plain data, and must not be signed attributes of somebody's other
    signature (RFC 5652 §5.3, RFC 8933 §5).
    """
    if signed.content_type not in {None, ID_DATA} or _is_attributes(signed.content.octets):
        found.codes.append(ReasonCode.CMS_CONTENT_TYPE)


def _is_attributes(content: bytes | None) -> bool:
    if content is None or content[:1] != bytes((SET,)):
        return False
    try:
        kinds = {oid(one.children[0]) for one in read_whole(content).children if one.children}
    except CannotRead:
        return False
    return MESSAGE_DIGEST in kinds


def _check_attributes(signer: SignerInfo, signed: Signed, name: str, found: _Findings) -> None:
    _check_repetition(signer.signed, found)
    _check_content_type(signer, signed, found)
    expected = signer.signed_attributes(MESSAGE_DIGEST)
    if not expected:
        raise CannotRead
    actual = signed.content.digest(name)
    if actual is None:
        found.codes.append(ReasonCode.REF_EXTERNAL)
    elif not hmac.compare_digest(actual, octets(expected[0].single)):
        found.codes.append(ReasonCode.REF_DIGEST)


def _check_repetition(attributes: tuple[Attribute, ...], found: _Findings) -> None:
    """Only a content time-stamp may stand more than once (EN 319 122-1 §5.2.8)."""
    counts = Counter(one.oid for one in attributes if one.oid != CONTENT_TIMESTAMP)
    several = any(len(one.values) != 1 for one in attributes if one.oid in _SINGLE_VALUED)
    if several or any(count > 1 for count in counts.values()):
        found.codes.append(ReasonCode.CMS_DUP_ATTR)


def _check_content_type(signer: SignerInfo, signed: Signed, found: _Findings) -> None:
    kinds = signer.signed_attributes(CONTENT_TYPE)
    if signed.content_type is None:  # RFC 5652 §11.4: a counter-signature has none
        return
    if not kinds or any(oid(one) != signed.content_type for one in kinds[0].values):
        found.codes.append(ReasonCode.CMS_CONTENT_TYPE)


def _protection_differs(signer: SignerInfo) -> bool:
    """RFC 6211 §2: the protected identifiers must be those of the signer."""
    for attribute in signer.signed_attributes(ALGORITHM_PROTECTION):
        for value in attribute.values:
            if _protected(value) != (signer.digest.identity, signer.algorithm.identity):
                return True
    return False


def _protected(value: Node) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    parts = value.children
    if len(parts) != 2:
        raise CannotRead
    algorithm: Algorithm = read_algorithm(parts[1], 0xA1)
    return read_algorithm(parts[0]).identity, algorithm.identity


def _check_value(
    signer: SignerInfo, signed: Signed, method: ValueMethod, held: Held, found: _Findings
) -> None:
    name = method.digest or digest_name(signer.digest)
    try:
        key = held.certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        found.codes.append(ReasonCode.ALG_UNKNOWN)
        return
    found.algorithms.append(AlgorithmUse(Use.SIGNATURE, name, method.family, key_bits(key)))
    messages = signed_message(signer)
    if messages is None:
        result = check_value(key, method, name, signed.content, signer.value)
    else:
        first, *others = dict.fromkeys(messages)
        found.message = first
        result = check_value(key, method, name, Octets(first), signer.value)
        for other in others:  # what stood in another order than DER asks for
            found.codes.append(ReasonCode.CMS_ORDER)
            if result is ValueCheck.BROKEN:
                result = check_value(key, method, name, Octets(other), signer.value)
                found.message = other
    found.codes += _RESULTS[result]


_RESULTS = {
    ValueCheck.INTACT: (),
    ValueCheck.BROKEN: (ReasonCode.SIG_VALUE,),
    ValueCheck.KEY_MISMATCH: (ReasonCode.ALG_MISMATCH,),
    None: (ReasonCode.REF_EXTERNAL,),
}


def key_bits(key: CertificatePublicKeyTypes) -> int | None:
    """This will tell a key's length in bits; of an Edwards curve that of its field."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return 256
    if isinstance(key, ed448.Ed448PublicKey):
        return 456
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey | dsa.DSAPublicKey):
        return key.key_size
    return None


def sha256(data: bytes) -> str:
    """This will name octets by their SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
