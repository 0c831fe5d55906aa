"""The algorithms of CMS by object identifier, and the check of one signature value.

Sources: RFC 3279, RFC 3370, RFC 4055, RFC 4056, RFC 5754, RFC 8419, NIST CSOR (SHA-3), BSI
TR-03111 §5.2.1 (r and s of German signature cards, without DER). What is not listed is refused,
never guessed.
"""

import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from skrytka.core.signatures.algorithms import Family, ValueCheck, der_pair
from skrytka.core.signatures.cms.ber import (
    OCTETS,
    SEQUENCE,
    CannotRead,
    Node,
    encode,
    integer,
)
from skrytka.core.signatures.cms.digests import Octets, digest_name, encoded_oid
from skrytka.core.signatures.cms.structure import Algorithm, read_algorithm
from skrytka.core.signatures.reasons import ReasonCode

_NIST = "2.16.840.1.101.3.4"
_PKCS1 = "1.2.840.113549.1.1"
_MGF1 = f"{_PKCS1}.8"
_PSS = f"{_PKCS1}.10"
_PLAIN = "0.4.0.127.0.7.1.1.4.1"

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),  # noqa: S303  # read, never written
    "sha1": hashes.SHA1(),  # noqa: S303  # read, never written
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha512_224": hashes.SHA512_224(),
    "sha512_256": hashes.SHA512_256(),
    "sha3_224": hashes.SHA3_224(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_384": hashes.SHA3_384(),
    "sha3_512": hashes.SHA3_512(),
}


@dataclass(frozen=True)
class ValueMethod:
    """How a value was made. ``digest`` None: the identifier does not say, the signer does.

    ``is_plain``: r and s stand one behind the other.
    """

    family: Family
    digest: str | None = None
    mask_digest: str | None = None
    salt: int = 0
    is_plain: bool = False


_METHODS = {
    f"{_PKCS1}.1": ValueMethod(Family.RSA),
    f"{_PKCS1}.4": ValueMethod(Family.RSA, "md5"),
    f"{_PKCS1}.5": ValueMethod(Family.RSA, "sha1"),
    "1.3.14.3.2.29": ValueMethod(Family.RSA, "sha1"),
    "1.3.36.3.3.1.2": ValueMethod(Family.RSA, "ripemd160"),
    f"{_PKCS1}.14": ValueMethod(Family.RSA, "sha224"),
    f"{_PKCS1}.11": ValueMethod(Family.RSA, "sha256"),
    f"{_PKCS1}.12": ValueMethod(Family.RSA, "sha384"),
    f"{_PKCS1}.13": ValueMethod(Family.RSA, "sha512"),
    f"{_PKCS1}.15": ValueMethod(Family.RSA, "sha512_224"),
    f"{_PKCS1}.16": ValueMethod(Family.RSA, "sha512_256"),
    f"{_NIST}.3.13": ValueMethod(Family.RSA, "sha3_224"),
    f"{_NIST}.3.14": ValueMethod(Family.RSA, "sha3_256"),
    f"{_NIST}.3.15": ValueMethod(Family.RSA, "sha3_384"),
    f"{_NIST}.3.16": ValueMethod(Family.RSA, "sha3_512"),
    "1.2.840.10045.2.1": ValueMethod(Family.ECDSA),
    "1.2.840.10045.4.1": ValueMethod(Family.ECDSA, "sha1"),
    "1.2.840.10045.4.3.1": ValueMethod(Family.ECDSA, "sha224"),
    "1.2.840.10045.4.3.2": ValueMethod(Family.ECDSA, "sha256"),
    "1.2.840.10045.4.3.3": ValueMethod(Family.ECDSA, "sha384"),
    "1.2.840.10045.4.3.4": ValueMethod(Family.ECDSA, "sha512"),
    f"{_NIST}.3.9": ValueMethod(Family.ECDSA, "sha3_224"),
    f"{_NIST}.3.10": ValueMethod(Family.ECDSA, "sha3_256"),
    f"{_NIST}.3.11": ValueMethod(Family.ECDSA, "sha3_384"),
    f"{_NIST}.3.12": ValueMethod(Family.ECDSA, "sha3_512"),
    f"{_PLAIN}.1": ValueMethod(Family.ECDSA, "sha1", is_plain=True),
    f"{_PLAIN}.2": ValueMethod(Family.ECDSA, "sha224", is_plain=True),
    f"{_PLAIN}.3": ValueMethod(Family.ECDSA, "sha256", is_plain=True),
    f"{_PLAIN}.4": ValueMethod(Family.ECDSA, "sha384", is_plain=True),
    f"{_PLAIN}.5": ValueMethod(Family.ECDSA, "sha512", is_plain=True),
    f"{_PLAIN}.8": ValueMethod(Family.ECDSA, "sha3_224", is_plain=True),
    f"{_PLAIN}.9": ValueMethod(Family.ECDSA, "sha3_256", is_plain=True),
    f"{_PLAIN}.10": ValueMethod(Family.ECDSA, "sha3_384", is_plain=True),
    f"{_PLAIN}.11": ValueMethod(Family.ECDSA, "sha3_512", is_plain=True),
    "1.2.840.10040.4.1": ValueMethod(Family.DSA),
    "1.2.840.10040.4.3": ValueMethod(Family.DSA, "sha1"),
    f"{_NIST}.3.1": ValueMethod(Family.DSA, "sha224"),
    f"{_NIST}.3.2": ValueMethod(Family.DSA, "sha256"),
    f"{_NIST}.3.3": ValueMethod(Family.DSA, "sha384"),
    f"{_NIST}.3.4": ValueMethod(Family.DSA, "sha512"),
    "1.3.101.112": ValueMethod(Family.EDDSA),
    "1.3.101.113": ValueMethod(Family.EDDSA),
}


def read_method(algorithm: Algorithm) -> ValueMethod:
    """This will tell how a value was made. Raises `CannotRead` with ALG_UNKNOWN."""
    if algorithm.oid == _PSS:
        return _pss(algorithm.parameters)
    if algorithm.oid not in _METHODS:
        raise CannotRead(ReasonCode.ALG_UNKNOWN)
    return _METHODS[algorithm.oid]


def check_value(
    key: CertificatePublicKeyTypes, method: ValueMethod, name: str, message: Octets, value: bytes
) -> ValueCheck | None:
    """This will verify a value in its CMS form; None when the message is not at hand.

    ``name`` is the digest. A key that does not fit the method is named so, and never tried.
    Raises `CannotRead` with ALG_UNKNOWN when the digest cannot be used with the method.
    """
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        return _edwards(key, method, message, value)
    hashed = message.digest(name)
    if hashed is None:
        return None
    try:
        return _hashed(key, method, name, hashed, value)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return ValueCheck.BROKEN


def _hashed(
    key: CertificatePublicKeyTypes, method: ValueMethod, name: str, hashed: bytes, value: bytes
) -> ValueCheck:
    if isinstance(key, rsa.RSAPublicKey) and method.family is Family.RSA:
        return _pkcs1(key, name, hashed, value)
    used = Prehashed(_hash(name))
    if isinstance(key, rsa.RSAPublicKey) and method.family is Family.RSA_PSS:
        mask = padding.MGF1(_hash(method.mask_digest or name))
        key.verify(value, hashed, padding.PSS(mask, method.salt), used)
    elif isinstance(key, ec.EllipticCurvePublicKey) and method.family is Family.ECDSA:
        pair = der_pair(key.curve.key_size, value) if method.is_plain else value
        key.verify(pair, hashed, ec.ECDSA(used))
    elif isinstance(key, dsa.DSAPublicKey) and method.family is Family.DSA:
        key.verify(value, hashed, used)
    else:
        return ValueCheck.KEY_MISMATCH
    return ValueCheck.INTACT


def _pkcs1(key: rsa.RSAPublicKey, name: str, hashed: bytes, value: bytes) -> ValueCheck:
    """RFC 8017 §8.2.2: what was signed must be the one DigestInfo, octet by octet.

    Its parameters may be NULL or absent (RFC 8017 §9.2 note 1).
    """
    signed = key.recover_data_from_signature(value, padding.PKCS1v15(), None)
    identifier = encoded_oid(name)
    expected = (
        encode(SEQUENCE, encode(SEQUENCE, identifier + ending) + encode(OCTETS, hashed))
        for ending in (b"\x05\x00", b"")
    )
    found = any(hmac.compare_digest(signed, one) for one in expected)
    return ValueCheck.INTACT if found else ValueCheck.BROKEN


def _edwards(
    key: ed25519.Ed25519PublicKey | ed448.Ed448PublicKey,
    method: ValueMethod,
    message: Octets,
    value: bytes,
) -> ValueCheck | None:
    if method.family is not Family.EDDSA:
        return ValueCheck.KEY_MISMATCH
    if message.octets is None:
        return None
    try:
        key.verify(value, message.octets)
    except InvalidSignature:
        return ValueCheck.BROKEN
    return ValueCheck.INTACT


def _hash(name: str) -> hashes.HashAlgorithm:
    if name not in _HASHES:
        raise CannotRead(ReasonCode.ALG_UNKNOWN)
    return _HASHES[name]


def _pss(parameters: Node | None) -> ValueMethod:
    """RFC 4055 §3.1; what is left out has its default there."""
    parts = parameters.expect(SEQUENCE).children if parameters else ()
    fields = {node.tag: node for node in parts}
    if len(fields) != len(parts) or fields.keys() - {0xA0, 0xA1, 0xA2, 0xA3}:
        raise CannotRead
    hashed, mask = "sha1", "sha1"
    if 0xA0 in fields:
        hashed = digest_name(read_algorithm(_only(fields[0xA0])))
    if 0xA1 in fields:
        mask = _mask_digest(read_algorithm(_only(fields[0xA1])))
    salt = integer(_only(fields[0xA2])) if 0xA2 in fields else 20
    trailer = integer(_only(fields[0xA3])) if 0xA3 in fields else 1
    if trailer != 1 or not 0 <= salt <= 1024:
        raise CannotRead(ReasonCode.ALG_UNKNOWN)
    return ValueMethod(Family.RSA_PSS, hashed, mask, salt)


def _mask_digest(algorithm: Algorithm) -> str:
    if algorithm.oid != _MGF1 or algorithm.parameters is None:
        raise CannotRead(ReasonCode.ALG_UNKNOWN)
    return digest_name(read_algorithm(algorithm.parameters))


def _only(node: Node) -> Node:
    if len(node.children) != 1:
        raise CannotRead
    return node.children[0]
