"""The keys that seal: the institution's receipts and this installation's trusted signatures."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from cryptography import x509

from skrytka.core.signatures.signing import SigningKey
from skrytka.core.signatures.trust import TrustStore


class SealPurpose(StrEnum):
    RECEIPT = "RECEIPT"
    TRUSTED_PROFILE = "TRUSTED_PROFILE"


class SealKeys(Protocol):
    """The keys of this installation and whom it trusts."""

    def key(self, purpose: SealPurpose) -> SigningKey: ...

    def trust(self) -> TrustStore: ...


@dataclass(frozen=True)
class KeyFolder:
    """Where the file keys lie."""

    path: Path

    def certificate(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.path / f"{name}.crt.pem").read_bytes())
