"""Certificates made by OpenSSL, and trusted lists that name their issuers, signed by libxmlsec."""

import secrets
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skrytka.core.signatures.lists.names import FOR_SEALS, FOR_SIGNATURES, QTST
from skrytka.core.signatures.lists.snapshot import ListBytes, Snapshot, build_snapshot
from skrytka.core.signatures.signing import MemoryKey
from tests.core.signatures.cms.crafting import authority as stamper
from tests.core.signatures.lists.making import (
    PL_KEY,
    Draft,
    State,
    by_certificate,
    moment,
    service,
)
from tests.world.pki import AT, certificate_of

BOTH = (FOR_SIGNATURES, FOR_SEALS)
COMPLIANT = "30080606 04008e460101"
DEVICE = "30080606 04008e460104"
TO_SIGN = "30130606 04008e460106 3009 0607 04008e46010601"
TO_SEAL = "30130606 04008e460106 3009 0607 04008e46010602"
_CONFIG = """
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
countryName = optional
commonName = optional
givenName = optional
surname = optional
serialNumber = optional
organizationName = optional
organizationIdentifier = optional
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[holder]
basicConstraints = CA:false
keyUsage = critical,digitalSignature,nonRepudiation
authorityKeyIdentifier = keyid
{statements}
"""
PERSON = "/C=PL/CN=Anna Nowak/GN=Anna/SN=Nowak/serialNumber=PNOPL-44051401359"
OFFICE = "/C=PL/CN=Urzad/O=Urzad/organizationIdentifier=VATPL-5480018504"


@dataclass(frozen=True)
class Made:
    """A key and its certificate, as OpenSSL wrote them, in a folder of their own."""

    folder: Path

    @property
    def key(self) -> MemoryKey:
        private = load_pem_private_key((self.folder / "key.pem").read_bytes(), None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        return MemoryKey.of(private, self.certificate)

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.folder / "crt.pem").read_bytes())


@cache
def _kept_until_the_end() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="skrytka-pki-")


@cache
def issuer(name: str = "Kwalifikowany wystawca", country: str = "PL") -> Made:
    """This will make an authority, in force from 2018 to 2030."""
    return _made(f"/C={country}/CN={name}", "authority", None, "")


@cache
def holder(
    *statements: str,
    subject: str = PERSON,
    by: Made | None = None,
    until: str = "20290101000000Z",
) -> Made:
    """This will have a certificate issued in 2024 with these QC statements."""
    value = bytes.fromhex("".join(statements))
    written = f"1.3.6.1.5.5.7.1.3 = DER:30{len(value):02x}{value.hex()}" if value else ""
    return _made(subject, "holder", by or issuer(), written, until)


def _made(
    subject: str, section: str, by: Made | None, statements: str, until: str = "20300101000000Z"
) -> Made:
    folder = Path(_kept_until_the_end().name) / secrets.token_hex(8)
    folder.mkdir()
    (folder / "index.txt").touch()
    config = folder / "ca.cnf"
    config.write_text(_CONFIG.format(folder=folder, statements=statements))
    key, request, out = folder / "key.pem", folder / "req.pem", folder / "crt.pem"
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
    _openssl("req", "-new", "-utf8", "-key", key, "-subj", subject, "-out", request)
    above = (
        ("-selfsign", "-keyfile", key)
        if by is None
        else ("-keyfile", by.folder / "key.pem", "-cert", by.folder / "crt.pem")
    )
    since = "20180101000000Z" if by is None else "20240101000000Z"
    _openssl(
        *("ca", "-batch", "-notext", "-utf8", "-config", config, *above, "-in", request),
        *("-extensions", section, "-startdate", since, "-enddate", until, "-out", out),
    )
    return Made(folder)


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def listed(*states: State, by: Made | None = None) -> str:
    """The service of an issuer, in these states."""
    given = states or (State(purposes=BOTH),)
    return service(by_certificate((by or issuer()).certificate), *given)


def stamping(*states: State) -> str:
    """The service of the unit that makes the tokens of the tests."""
    given = states or (State(type=QTST, since=moment(2020)),)
    return service(by_certificate(stamper().certificate), *given)


def snapshot(
    *services: str, at: datetime = AT, draft: Draft | None = None, territory: str = "PL"
) -> Snapshot:
    """This will verify one national list with these services."""
    chosen = draft or Draft(territory=territory, services=services)
    given = ListBytes(None, {territory: chosen.signed()})
    return build_snapshot(given, pinned=(certificate_of(PL_KEY),), at=at)
