"""Certificates as they come from strangers: parsed whole, or not at all."""

from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

_READ_LATE = ("subject", "issuer", "not_valid_before_utc", "not_valid_after_utc")
# What the library raises for bent certificates, lists, answers and their extensions. A warning is
# an exception where the host makes it one.
UNREADABLE = (
    *(ValueError, TypeError, UserWarning, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)


@lru_cache(maxsize=256)  # the same few seals and issuers come again and again
def load_certificate(der: bytes) -> x509.Certificate | None:
    """This will parse a certificate, and the parts that the library would only parse on demand."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        for part in _READ_LATE:
            getattr(certificate, part)
    except UNREADABLE:
        return None
    return certificate


@lru_cache(maxsize=256)
def public_key_of(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """This will return the key of a certificate, None where it is of an unknown kind."""
    try:
        return certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return None
