"""The algorithms that are known here, by identifier; anything else is refused, never guessed.

Sources: XML-DSig 1.1 §6, RFC 6931 and RFC 9231 (identifiers).
Whether one was strong enough at its time is not for this module.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property
from typing import TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_DSIG = "http://www.w3.org/2000/09/xmldsig#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
_MORE_2021 = "http://www.w3.org/2021/04/xmldsig-more#"
_DSIG_11 = "http://www.w3.org/2009/xmldsig11#"


# Asking for a digest by its name costs as much again as digesting a receipt.
_CONSTRUCTORS = {name: getattr(hashlib, name) for name in ("sha1", "sha256", "sha384", "sha512")}


class Family(StrEnum):
    RSA = "RSA"
    RSA_PSS = "RSA-PSS"
    ECDSA = "ECDSA"
    DSA = "DSA"
    EDDSA = "EdDSA"
    HMAC = "HMAC"


@dataclass(frozen=True)
class DigestMethod:
    """A digest algorithm by its name in hashlib."""

    name: str

    def digest(self, data: bytes) -> bytes:
        """This will digest data."""
        named = _CONSTRUCTORS.get(self.name)
        if named is None:
            return hashlib.new(self.name, data, usedforsecurity=False).digest()
        return bytes(named(data, usedforsecurity=False).digest())


@dataclass(frozen=True)
class SignatureMethod:
    """A signature algorithm: its family and its digest; with RSA-PSS perhaps other parameters.

    ``mask`` is the digest of the mask generation, ``salt`` the length of the salt in bytes; None
    stands for the digest of the method and for its length.
    """

    family: Family
    digest: hashes.HashAlgorithm
    mask: hashes.HashAlgorithm | None = None
    salt: int | None = None

    @property
    def digest_name(self) -> str:
        """This will return the name of the digest in hashlib."""
        return self.digest.name.replace("-", "_")

    @cached_property
    def ecdsa(self) -> ec.ECDSA:
        """This will return the method as the library wants it for elliptic curves."""
        return ec.ECDSA(self.digest)


class ValueCheck(Enum):
    """What the raw signature value says."""

    INTACT = "INTACT"
    BROKEN = "BROKEN"
    KEY_MISMATCH = "KEY_MISMATCH"


DIGESTS = {
    f"{_MORE}md5": DigestMethod("md5"),
    f"{_DSIG}sha1": DigestMethod("sha1"),
    f"{_ENC}ripemd160": DigestMethod("ripemd160"),
    f"{_MORE}sha224": DigestMethod("sha224"),
    f"{_ENC}sha256": DigestMethod("sha256"),
    f"{_MORE}sha384": DigestMethod("sha384"),
    f"{_ENC}sha512": DigestMethod("sha512"),
    f"{_MORE_2007}sha3-224": DigestMethod("sha3_224"),
    f"{_MORE_2007}sha3-256": DigestMethod("sha3_256"),
    f"{_MORE_2007}sha3-384": DigestMethod("sha3_384"),
    f"{_MORE_2007}sha3-512": DigestMethod("sha3_512"),
}
SHA256 = f"{_ENC}sha256"
RSA_SHA256 = f"{_MORE}rsa-sha256"
ECDSA_SHA256 = f"{_MORE}ecdsa-sha256"
RSA_PSS = f"{_MORE_2007}rsa-pss"

_MD5, _SHA1 = hashes.MD5(), hashes.SHA1()  # noqa: S303  # read, never written
HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": _MD5,
    "sha1": _SHA1,
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_224": hashes.SHA3_224(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}


def _family(pattern: str, family: Family, digests: str) -> dict[str, SignatureMethod]:
    """This will name a family of methods that differ in the digest alone."""
    names = digests.split()
    return {
        pattern.format(name): SignatureMethod(family, HASHES[name.replace("-", "_")])
        for name in names
    }


SIGNATURES = {
    **_family(_DSIG + "rsa-{}", Family.RSA, "sha1"),
    **_family(_MORE + "rsa-{}", Family.RSA, "md5 sha224 sha256 sha384 sha512"),
    **_family(
        _MORE_2007 + "{}-rsa-MGF1",
        Family.RSA_PSS,
        "sha1 sha224 sha256 sha384 sha512 sha3-224 sha3-256 sha3-384 sha3-512",
    ),
    **_family(_MORE + "ecdsa-{}", Family.ECDSA, "sha1 sha224 sha256 sha384 sha512"),
    **_family(_MORE_2021 + "ecdsa-{}", Family.ECDSA, "sha3-224 sha3-256 sha3-384 sha3-512"),
    **_family(_DSIG + "dsa-{}", Family.DSA, "sha1"),
    **_family(_DSIG_11 + "dsa-{}", Family.DSA, "sha256"),
    **_family(_DSIG + "hmac-{}", Family.HMAC, "sha1"),  # HMAC is named to be refused
    **_family(_MORE + "hmac-{}", Family.HMAC, "sha256 sha384 sha512"),
    f"{_MORE_2021}eddsa-ed25519": SignatureMethod(Family.EDDSA, hashes.SHA512()),
    f"{_MORE_2021}eddsa-ed448": SignatureMethod(Family.EDDSA, hashes.SHAKE256(114)),
}
_OF_RSA = frozenset({Family.RSA, Family.RSA_PSS})
_EdKey: TypeAlias = type[ed25519.Ed25519PublicKey] | type[ed448.Ed448PublicKey]
_ED_KEYS: dict[str, _EdKey] = {
    "sha512": ed25519.Ed25519PublicKey,
    "shake256": ed448.Ed448PublicKey,
}


def check_value(
    key: CertificatePublicKeyTypes, method: SignatureMethod, data: bytes, value: bytes
) -> ValueCheck:
    """This will verify a signature value in its XML form: raw r and s for DSA and elliptic curves.

    A key that does not fit the method is named as such and never tried: a public key must not
    become an HMAC secret.
    """
    try:
        fits = _verify(key, method, data, value)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return ValueCheck.BROKEN
    return ValueCheck.INTACT if fits else ValueCheck.KEY_MISMATCH


def key_bits(key: CertificatePublicKeyTypes) -> int | None:
    """This will return how long a key is, in bits as the algorithm tables count them."""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.curve.key_size
    return getattr(key, "key_size", None)


def _verify(
    key: CertificatePublicKeyTypes, method: SignatureMethod, data: bytes, value: bytes
) -> bool:
    """This will tell whether the key fits the method. Raises when the value does not verify."""
    family = method.family
    if family in _OF_RSA and isinstance(key, rsa.RSAPublicKey):
        key.verify(value, data, _padding(method), method.digest)
    elif family is Family.ECDSA and isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(der_pair(key.curve.key_size, value), data, method.ecdsa)
    elif family is Family.DSA and isinstance(key, dsa.DSAPublicKey):
        order = key.public_numbers().parameter_numbers.q.bit_length()
        key.verify(der_pair(order, value), data, method.digest)
    elif family is Family.EDDSA and isinstance(key, _ED_KEYS[method.digest.name]):
        key.verify(value, data)
    else:
        return False
    return True


def _padding(method: SignatureMethod) -> padding.AsymmetricPadding:
    if method.family is Family.RSA:
        return padding.PKCS1v15()
    salt = method.digest.digest_size if method.salt is None else method.salt
    return padding.PSS(padding.MGF1(method.mask or method.digest), salt)


def der_pair(bits: int, value: bytes) -> bytes:
    """This will write r and s in DER, which stand one behind the other, each as long as the order.

    ``bits`` is the length of the order. Raises ValueError for another length.
    """
    size = (bits + 7) // 8
    if len(value) != 2 * size:
        raise ValueError("r and s have a fixed length")  # RFC 9231 §2.3.6
    return encode_dss_signature(int.from_bytes(value[:size]), int.from_bytes(value[size:]))
