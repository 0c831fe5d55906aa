"""Seal keys that stay in a token or a hardware module, used over PKCS#11.

The key never leaves the token: what goes in is the text to sign (RSA) or its digest (elliptic
curves), what comes out is the value. One session is kept for the process; it is opened anew in a
process that was forked, and once more when the token was reset under it.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.signatures.signing import KeyDoesNotSign, SignatureAlgorithm
from skrytka.gateways.seal import SealKeysUnusableError

if TYPE_CHECKING:
    from pkcs11 import Session
    from pkcs11.types import SignMixin


@dataclass
class Token:
    """A token by its label, and the library that speaks to it. May be used from any thread.

    ``pin_file`` holds the PIN and nothing else; it is read each time a session is opened.
    """

    library: str
    label: str
    pin_file: Path
    _session: "Session | None" = None
    _refused_pin: str = ""
    _process: int = 0
    _lock: Lock = field(default_factory=Lock)

    def sign(self, name: str, data: bytes, *, is_rsa: bool) -> bytes:
        """This will sign with the key of a label: PKCS#1 v1.5 with SHA-256, or raw r and s.

        Raises `KeyDoesNotSign` when the token is not there, refuses the PIN or has no such key.
        """
        from pkcs11 import PKCS11Error  # noqa: PLC0415 - loaded only where a token is used

        with self._lock:
            if self._session is not None:
                try:
                    return self._signed(name, data, is_rsa=is_rsa)
                except PKCS11Error:
                    self._forget()  # the token may have been reset since the session was opened
            try:
                return self._signed(name, data, is_rsa=is_rsa)
            except PKCS11Error as error:
                self._forget()
                raise KeyDoesNotSign(f"{self.label}/{name}: {type(error).__name__}") from error

    def _signed(self, name: str, data: bytes, *, is_rsa: bool) -> bytes:
        from pkcs11 import Mechanism  # noqa: PLC0415

        key = self._key(name)
        if is_rsa:
            return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        # Few tokens hash by themselves for elliptic curves, and all sign a digest.
        return bytes(key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA))

    def _key(self, name: str) -> "SignMixin":
        from pkcs11 import ObjectClass  # noqa: PLC0415

        found: SignMixin = self._open().get_key(ObjectClass.PRIVATE_KEY, label=name)  # type: ignore[assignment]
        return found

    def _open(self) -> "Session":
        import pkcs11  # noqa: PLC0415

        if self._session is not None and self._process == os.getpid():
            return self._session
        library = pkcs11.lib(self.library)
        if self._session is not None:
            library.reinitialize()  # what a fork took over belongs to the parent
        try:
            pin = self.pin_file.read_text().strip()
        except OSError as error:
            raise KeyDoesNotSign(f"{self.pin_file.name}: {error.strerror}") from error
        if pin == self._refused_pin:
            raise KeyDoesNotSign(f"{self.pin_file.name}: refused before, not tried again")
        try:
            self._session = library.get_token(token_label=self.label).open(user_pin=pin)
        except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinLocked):
            self._refused_pin = pin  # a token locks itself after a few wrong ones
            raise
        self._process = os.getpid()
        return self._session

    def _forget(self) -> None:
        from pkcs11 import PKCS11Error  # noqa: PLC0415

        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except PKCS11Error:
                return  # it is gone already


@dataclass(frozen=True)
class TokenKey:
    """A key on a token with its certificate, which stands in a file."""

    token: Token
    name: str
    certificate_der: bytes
    algorithm: SignatureAlgorithm

    @classmethod
    def of(cls, token: Token, name: str, certificate: x509.Certificate) -> "TokenKey":
        """This will join them. Raises `SealKeysUnusableError` for a key that is not sealed with."""
        algorithm = _algorithm(name, certificate)
        return cls(token, name, certificate.public_bytes(Encoding.DER), algorithm)

    def sign(self, data: bytes) -> bytes:
        """This will return the value in its XML form. Raises `KeyDoesNotSign`."""
        is_rsa = self.algorithm is SignatureAlgorithm.RSA_SHA256
        return self.token.sign(self.name, data, is_rsa=is_rsa)


def _algorithm(name: str, certificate: x509.Certificate) -> SignatureAlgorithm:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return SignatureAlgorithm.RSA_SHA256
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return SignatureAlgorithm.ECDSA_SHA256
    raise SealKeysUnusableError(f"{name}.crt.pem: neither RSA nor P-256")
