"""A real token in software (SoftHSM2), made for the run with keys of both kinds in it."""

import os
import subprocess
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skrytka.core.signatures.signing import MemoryKey
from skrytka.gateways.token_keys import Token
from tests.world.pki import make_pki

LIBRARY = "/usr/lib/softhsm/libsofthsm2.so"
LABEL, PIN, OFFICERS_PIN = "skrytka", "482915", "771204"
RSA, P256 = "institution-seal", "trusted-profile-seal"
STRANGER = "stranger"


@cache
def soft_token() -> Token:
    """This will make the token once; its library reads where it is when it is loaded first."""
    folder = Path(os.environ["SKRYTKA_TEST_DATA"]) / f"token-{os.getpid()}"
    (folder / "tokens").mkdir(parents=True)
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    _softhsm("--init-token", "--free", "--label", LABEL, "--so-pin", OFFICERS_PIN)
    keys = {RSA: make_pki().seal_rsa, P256: make_pki().seal, STRANGER: make_pki().person}
    for number, (name, key) in enumerate(keys.items(), 1):
        path = folder / f"{name}.pem"
        path.write_bytes(
            key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        _softhsm("--import", str(path), "--token", LABEL, "--label", name, "--id", f"A{number}")
        path.unlink()
    return Token(LIBRARY, LABEL, pin_file(PIN))


def certificate_for(name: str) -> x509.Certificate:
    key: MemoryKey = make_pki().seal_rsa if name == RSA else make_pki().seal
    return x509.load_der_x509_certificate(key.certificate_der)


def pin_file(pin: str) -> Path:
    path = Path(os.environ["SKRYTKA_TEST_DATA"]) / f"pin-{pin}"
    path.write_text(f"{pin}\n")
    return path


def _softhsm(*arguments: str) -> None:
    subprocess.run(
        ["softhsm2-util", *arguments, "--pin", PIN], check=True, capture_output=True, text=True
    )
