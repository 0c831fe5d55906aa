"""The seal that receipts are checked by: what a reader needs to check them without this server."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from skrytka.core.signatures.trust import TrustStore
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealKeysUnusableError


@dataclass(frozen=True)
class SealView:
    """The certificate of the seal in PEM; `fingerprint` is the SHA-256 of its DER, hexadecimal."""

    valid_until: datetime
    fingerprint: str
    pem: bytes


def public_seal() -> SealView | None:
    """This will return the certificate by which this installation's own receipts are checked.

    None while the keys do not serve: that is the operator's to mend, and pages still open.
    """
    return _view(lambda trust: trust.institution_seals[0])


def public_trusted_seal() -> SealView | None:
    """This will return the certificate of the trusted signatures that are put on receipts here.

    None while the keys do not serve.
    """
    return _view(lambda trust: trust.trusted_profile_seals[0])


def _view(chosen: Callable[[TrustStore], Certificate]) -> SealView | None:
    try:
        certificate = chosen(installed().seal_keys.trust())
    except SealKeysUnusableError:
        return None
    return SealView(
        valid_until=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        pem=certificate.public_bytes(Encoding.PEM),
    )
