"""The key that signs, as the sealing sees it: a file, a token and a test key look alike."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures import algorithms

_P256_BYTES = 32
_ECDSA_SHA256 = ec.ECDSA(hashes.SHA256())


class SignatureAlgorithm(Enum):
    """What this product seals with, by identifier (RFC 9231)."""

    RSA_SHA256 = algorithms.RSA_SHA256
    ECDSA_SHA256 = algorithms.ECDSA_SHA256


class SigningKey(Protocol):
    """A private key together with its certificate."""

    @property
    def certificate_der(self) -> bytes: ...

    @property
    def algorithm(self) -> SignatureAlgorithm: ...

    def sign(self, data: bytes) -> bytes:
        """This will return the signature value in its XML form: raw r and s for ECDSA.

        Raises `KeyDoesNotSign` where the key is elsewhere and cannot be used now.
        """
        ...


class KeyDoesNotSign(Exception):
    """The key did not sign: its token is not there, or refuses. The message never holds a PIN."""


class UnusableKey(Exception):
    """The private key is of a kind that is not sealed with."""


@dataclass(frozen=True)
class MemoryKey:
    """A private key held in memory: an RSA key, or an elliptic key on P-256."""

    private_key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate_der: bytes

    @classmethod
    def of(
        cls,
        private_key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
    ) -> "MemoryKey":
        """This will join a key and its certificate. Raises `UnusableKey` for another curve."""
        if isinstance(private_key, ec.EllipticCurvePrivateKey) and not isinstance(
            private_key.curve, ec.SECP256R1
        ):
            raise UnusableKey(private_key.curve.name)
        return cls(private_key, certificate.public_bytes(Encoding.DER))

    @property
    def algorithm(self) -> SignatureAlgorithm:
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return SignatureAlgorithm.RSA_SHA256
        return SignatureAlgorithm.ECDSA_SHA256

    def sign(self, data: bytes) -> bytes:
        """This will sign with SHA-256 and return the XML form of the value."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self.private_key.sign(data, _ECDSA_SHA256))
        return r.to_bytes(_P256_BYTES) + s.to_bytes(_P256_BYTES)
