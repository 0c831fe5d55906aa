"""Seal keys in files, `<name>.key.pem` and `<name>.crt.pem` in the keys folder, or on a token."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skrytka.core.signatures.signing import MemoryKey, SigningKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.gateways.development_pki import INSTITUTION_SEAL, ROOT, TRUSTED_PROFILE_SEAL
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose
from skrytka.gateways.token_keys import Token, TokenKey

FILES = {
    SealPurpose.RECEIPT: INSTITUTION_SEAL,
    SealPurpose.TRUSTED_PROFILE: TRUSTED_PROFILE_SEAL,
}


@dataclass(frozen=True)
class FileSealKeys:
    """The keys of this installation, read once on first use and kept.

    Certificates stand in files. A private key for which there is no file is on the ``token``,
    under the same name.
    """

    folder: Path
    token: Token | None = None

    def key(self, purpose: SealPurpose) -> SigningKey:
        return self._keys[purpose]

    def certificate(self, purpose: SealPurpose) -> x509.Certificate:
        return _certificate(self.folder, FILES[purpose])

    def trust(self) -> TrustStore:
        return self._trust

    @cached_property
    def _keys(self) -> dict[SealPurpose, SigningKey]:
        return {purpose: self._key(name) for purpose, name in FILES.items()}

    def _key(self, name: str) -> SigningKey:
        if self.token is None or (self.folder / f"{name}.key.pem").exists():
            return _load(self.folder, name)
        return TokenKey.of(self.token, name, _certificate(self.folder, name))

    @cached_property
    def _trust(self) -> TrustStore:
        """Our own root and seals, and whatever the operator put beside them.

        `anchors/*.pem` may issue; `tsa/*.pem` sign the time-stamps of our receipts.
        """
        named = (*_certificates(self.folder / "anchors"), *stamp_signers(self.folder))
        return TrustStore(
            anchors=(_certificate(self.folder, ROOT), *named),
            trusted_profile_seals=(self.certificate(SealPurpose.TRUSTED_PROFILE),),
            institution_seals=(self.certificate(SealPurpose.RECEIPT),),
        )


def stamp_signers(folder: Path) -> tuple[x509.Certificate, ...]:
    """This will read `tsa/*.pem`: the units that stamp time, or who issues to them.

    Raises SealKeysUnusableError.
    """
    return _certificates(folder / "tsa")


def _certificates(folder: Path) -> tuple[x509.Certificate, ...]:
    found = []
    for path in sorted(folder.glob("*.pem")):
        try:
            found += x509.load_pem_x509_certificates(path.read_bytes())
        except (OSError, ValueError) as error:
            raise SealKeysUnusableError(f"{folder.name}/{path.name}: {error}") from error
    return tuple(found)


def _certificate(folder: Path, name: str) -> x509.Certificate:
    path = folder / f"{name}.crt.pem"
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SealKeysUnusableError(f"{path.name}: {error}") from error


def _load(folder: Path, name: str) -> MemoryKey:
    path = folder / f"{name}.key.pem"
    certificate = _certificate(folder, name)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SealKeysUnusableError(f"{path.name}: {error}") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SealKeysUnusableError(f"{path.name}: neither RSA nor an elliptic key")
    if key.public_key() != certificate.public_key():
        raise SealKeysUnusableError(f"{path.name}: does not belong to the certificate beside it")
    return MemoryKey.of(key, certificate)
