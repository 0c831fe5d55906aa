"""Names, usages and algorithms of the certificates that sign revocation data."""

from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import SignatureAlgorithmOID

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.process.facts import Algorithm


def digest_of(data: bytes) -> str:
    """This will name data by their SHA-256, as time-stamps name what they protect."""
    return sha256(data).hexdigest()


def name_of(certificate: x509.Certificate) -> str:
    return digest_of(certificate.public_bytes(Encoding.DER))


def digest_in(certificate: x509.Certificate) -> hashes.HashAlgorithm | None:
    """This will tell the digest of a certificate's own signature, None where it is not known."""
    try:
        return certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return None


def may(certificate: x509.Certificate, usage: str) -> bool:
    """This will tell whether the key usage, where stated, allows something (RFC 5280 §4.2.1.3)."""
    try:
        stated = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(getattr(stated, usage))


def algorithm_of(
    oid: x509.ObjectIdentifier, digest: hashes.HashAlgorithm | None, issuer: x509.Certificate | None
) -> Algorithm:
    """This will describe a signature by its algorithm and the key that made it."""
    name = None if digest is None else digest.name.replace("-", "_")
    key = None if issuer is None else issuer.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        pss = oid == SignatureAlgorithmOID.RSASSA_PSS
        return Algorithm(name, Family.RSA_PSS if pss else Family.RSA, key.key_size)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return Algorithm(name, Family.ECDSA, key.curve.key_size)
    return (
        Algorithm(name, Family.DSA, key.key_size)
        if isinstance(key, dsa.DSAPublicKey)
        else Algorithm(name)
    )
