"""What a basic OCSP response says about a certificate (RFC 6960)."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from skrytka.core.signatures.certificates import UNREADABLE
from skrytka.core.signatures.der import read_only, read_values
from skrytka.core.signatures.process.facts import RevocationFacts, Status
from skrytka.core.signatures.revocation.keys import algorithm_of, digest_of, name_of

_BASIC = bytes.fromhex("06092b0601050507300101")
_STATUS = {
    ocsp.OCSPCertStatus.GOOD: Status.GOOD,
    ocsp.OCSPCertStatus.REVOKED: Status.REVOKED,
    ocsp.OCSPCertStatus.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True)
class Answer:
    """What was answered, and the delegated responder where the issuer did not answer itself."""

    facts: RevocationFacts
    responder: x509.Certificate


def read_response(data: bytes, about: x509.Certificate, issuer: x509.Certificate) -> Answer | None:
    """This will tell what a response says of a certificate, or nothing when it is not about it.

    The signer is the issuer, or one to whom the issuer itself delegated it (RFC 6960 §4.2.2.2).
    """
    try:
        response = ocsp.load_der_ocsp_response(_wrapped(data))
        single = next((one for one in response.responses if _is_about(one, about, issuer)), None)
        responder = next(_responders(response, issuer), None)
        if single is None or responder is None:
            return None
        return Answer(_facts(data, response, single, responder), responder)
    except UNREADABLE:
        return None


def _facts(
    data: bytes,
    response: ocsp.OCSPResponse,
    single: ocsp.OCSPSingleResponse,
    responder: x509.Certificate,
) -> RevocationFacts:
    reason = single.revocation_reason
    digest = response.signature_hash_algorithm
    return RevocationFacts(
        id=digest_of(data),
        status=_STATUS[single.certificate_status],
        this_update=single.this_update_utc,
        next_update=single.next_update_utc,
        produced_at=response.produced_at_utc,
        intact=True,
        algorithm=algorithm_of(response.signature_algorithm_oid, digest, responder),
        signer=name_of(responder),
        reason=None if reason is None else reason.value,
        revoked_at=single.revocation_time_utc,
    )


def _wrapped(basic: bytes) -> bytes:
    """OCSPResponse ::= SEQUENCE { successful, [0] { id-pkix-ocsp-basic, OCTET STRING } }."""
    inner = _tlv(0x30, _BASIC + _tlv(0x04, basic))
    return _tlv(0x30, bytes.fromhex("0a0100") + _tlv(0xA0, inner))


def _tlv(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def _is_about(
    single: ocsp.OCSPSingleResponse, about: x509.Certificate, issuer: x509.Certificate
) -> bool:
    if single.serial_number != about.serial_number:
        return False
    names = _hash(single.hash_algorithm, issuer.subject.public_bytes())
    keys = _hash(single.hash_algorithm, _key_bits(issuer))
    return single.issuer_name_hash == names and single.issuer_key_hash == keys


def _hash(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()


def _key_bits(certificate: x509.Certificate) -> bytes:
    """The BIT STRING of the key without its tag, length and count of unused bits."""
    info = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return read_values(read_only(info).content)[1].content[1:]


def _responders(
    response: ocsp.OCSPResponse, issuer: x509.Certificate
) -> Iterator[x509.Certificate]:
    delegated = [one for one in response.certificates if _is_delegated(one, issuer)]
    for one in (issuer, *delegated):
        if _is_named(response, one) and _verifies(response, one):
            yield one


def _is_named(response: ocsp.OCSPResponse, one: x509.Certificate) -> bool:
    if response.responder_name is not None:
        return response.responder_name == one.subject
    return response.responder_key_hash == sha1(_key_bits(one), usedforsecurity=False).digest()


def _is_delegated(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        usages = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        one.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, *UNREADABLE):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usages


def _verifies(response: ocsp.OCSPResponse, one: x509.Certificate) -> bool:
    key, digest = one.public_key(), response.signature_hash_algorithm
    if digest is None:
        return False
    signature, signed = response.signature, response.tbs_response_bytes
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True
