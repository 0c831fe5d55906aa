"""The seal that receipts are checked by: what a reader needs to check them without this server."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from skrytka.core.signatures.trust import TrustStore
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose

# A new certificate takes weeks to order and to come.
SOON = timedelta(days=60)


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


@dataclass(frozen=True)
class EndingSeal:
    """A seal whose certificate ends soon, or has ended."""

    purpose: SealPurpose
    until: datetime


def ending_seals(*, at: datetime) -> tuple[EndingSeal, ...]:
    """This will list the seals whose certificates end within 60 days, the first to end in front.

    Keys that do not serve at all are the operator's to mend; `skrytka doctor` tells of them.
    """
    found = []
    for purpose in SealPurpose:
        with suppress(SealKeysUnusableError):
            until = installed().seal_keys.certificate(purpose).not_valid_after_utc
            found += [EndingSeal(purpose, until)] if until - at < SOON else []
    return tuple(sorted(found, key=lambda seal: seal.until))


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
