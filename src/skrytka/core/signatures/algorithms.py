"""The algorithms that are known here, by identifier; anything else is refused, never guessed.

Sources: XML-DSig 1.1 §6, RFC 6931 and RFC 9231 (identifiers), ETSI TS 119 312 (strength).
"""

from dataclasses import dataclass
from enum import Enum, StrEnum

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
_WEAK_RSA_BITS = 1900  # ETSI TS 119 312: shorter moduli are past their date


class Strength(Enum):
    SOUND = "SOUND"
    WEAK = "WEAK"


class Family(StrEnum):
    RSA = "RSA"
    RSA_PSS = "RSA-PSS"
    ECDSA = "ECDSA"
    DSA = "DSA"
    EDDSA = "EdDSA"
    HMAC = "HMAC"


@dataclass(frozen=True)
class DigestMethod:
    """A digest algorithm: its name in hashlib and how strong it is."""

    name: str
    strength: Strength = Strength.SOUND


@dataclass(frozen=True)
class SignatureMethod:
    """A signature algorithm: its family, its digest and how strong it is."""

    family: Family
    digest: hashes.HashAlgorithm
    strength: Strength = Strength.SOUND


class ValueCheck(Enum):
    """What the raw signature value says."""

    INTACT = "INTACT"
    BROKEN = "BROKEN"
    KEY_MISMATCH = "KEY_MISMATCH"


DIGESTS = {
    f"{_DSIG}sha1": DigestMethod("sha1", Strength.WEAK),
    f"{_MORE}sha224": DigestMethod("sha224"),
    f"{_ENC}sha256": DigestMethod("sha256"),
    f"{_MORE}sha384": DigestMethod("sha384"),
    f"{_ENC}sha512": DigestMethod("sha512"),
    f"{_MORE_2007}sha3-256": DigestMethod("sha3_256"),
    f"{_MORE_2007}sha3-384": DigestMethod("sha3_384"),
    f"{_MORE_2007}sha3-512": DigestMethod("sha3_512"),
}
SHA256 = f"{_ENC}sha256"
RSA_SHA256 = f"{_MORE}rsa-sha256"
ECDSA_SHA256 = f"{_MORE}ecdsa-sha256"

SIGNATURES = {
    f"{_DSIG}rsa-sha1": SignatureMethod(Family.RSA, hashes.SHA1(), Strength.WEAK),  # noqa: S303  # read, never written
    RSA_SHA256: SignatureMethod(Family.RSA, hashes.SHA256()),
    f"{_MORE}rsa-sha384": SignatureMethod(Family.RSA, hashes.SHA384()),
    f"{_MORE}rsa-sha512": SignatureMethod(Family.RSA, hashes.SHA512()),
    f"{_MORE_2007}sha256-rsa-MGF1": SignatureMethod(Family.RSA_PSS, hashes.SHA256()),
    f"{_MORE_2007}sha384-rsa-MGF1": SignatureMethod(Family.RSA_PSS, hashes.SHA384()),
    f"{_MORE_2007}sha512-rsa-MGF1": SignatureMethod(Family.RSA_PSS, hashes.SHA512()),
    f"{_MORE}ecdsa-sha1": SignatureMethod(Family.ECDSA, hashes.SHA1(), Strength.WEAK),  # noqa: S303  # read, never written
    ECDSA_SHA256: SignatureMethod(Family.ECDSA, hashes.SHA256()),
    f"{_MORE}ecdsa-sha384": SignatureMethod(Family.ECDSA, hashes.SHA384()),
    f"{_MORE}ecdsa-sha512": SignatureMethod(Family.ECDSA, hashes.SHA512()),
    f"{_DSIG}hmac-sha1": SignatureMethod(Family.HMAC, hashes.SHA1(), Strength.WEAK),  # noqa: S303  # named to be refused
    f"{_MORE}hmac-sha256": SignatureMethod(Family.HMAC, hashes.SHA256()),
    f"{_MORE}hmac-sha384": SignatureMethod(Family.HMAC, hashes.SHA384()),
    f"{_MORE}hmac-sha512": SignatureMethod(Family.HMAC, hashes.SHA512()),
}


def check_value(
    key: CertificatePublicKeyTypes, method: SignatureMethod, data: bytes, value: bytes
) -> ValueCheck:
    """This will verify a signature value in its XML form: raw r and s for elliptic curves.

    A key that does not fit the method is named as such and never tried: a public key must not
    become an HMAC secret.
    """
    try:
        if isinstance(key, rsa.RSAPublicKey) and method.family in {Family.RSA, Family.RSA_PSS}:
            key.verify(value, data, _padding(method), method.digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and method.family is Family.ECDSA:
            key.verify(_der_pair(key, value), data, ec.ECDSA(method.digest))
        else:
            return ValueCheck.KEY_MISMATCH
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return ValueCheck.BROKEN
    return ValueCheck.INTACT


def key_strength(key: CertificatePublicKeyTypes) -> Strength:
    """This will tell whether a key is long enough (ETSI TS 119 312)."""
    short_rsa = isinstance(key, rsa.RSAPublicKey) and key.key_size < _WEAK_RSA_BITS
    short_ec = isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size < 256
    return Strength.WEAK if short_rsa or short_ec else Strength.SOUND


def _padding(method: SignatureMethod) -> padding.AsymmetricPadding:
    if method.family is Family.RSA:
        return padding.PKCS1v15()
    return padding.PSS(padding.MGF1(method.digest), method.digest.digest_size)


def _der_pair(key: ec.EllipticCurvePublicKey, value: bytes) -> bytes:
    size = (key.curve.key_size + 7) // 8
    if len(value) != 2 * size:
        raise ValueError("r and s have a fixed length")  # RFC 9231 §2.3.6
    return encode_dss_signature(int.from_bytes(value[:size]), int.from_bytes(value[size:]))
