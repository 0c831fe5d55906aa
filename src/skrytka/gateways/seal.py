"""The keys that seal: the institution's receipts and this installation's trusted signatures."""

from enum import StrEnum
from typing import Protocol

from cryptography import x509

from skrytka.core.signatures.signing import SigningKey
from skrytka.core.signatures.trust import TrustStore


class SealPurpose(StrEnum):
    """What a key is for; the two never stand in for each other."""

    RECEIPT = "RECEIPT"
    TRUSTED_PROFILE = "TRUSTED_PROFILE"


class SealKeysUnusableError(Exception):
    """A key or certificate is missing, unreadable or of another kind; names the file and why."""


class SealKeys(Protocol):
    """The keys of this installation and whom it trusts."""

    def key(self, purpose: SealPurpose) -> SigningKey: ...

    def certificate(self, purpose: SealPurpose) -> x509.Certificate: ...

    def trust(self) -> TrustStore: ...
