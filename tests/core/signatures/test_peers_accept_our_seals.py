"""Other programs, independent of ours, verify what we seal; and refuse it when it is altered."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from signxml.exceptions import InvalidInput, SignXMLException
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from skrytka.core.documents.xml import parse_xml
from skrytka.core.receipts import Information, ReceiptParty, UppFacts, render_upp
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import DetachedReference, SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from tests.world.pki import AT, certificate_of, make_pki

DOCUMENT = "<Pismo>treść</Pismo>".encode()
NAME = "DOK-2026-0001001"
FACTS = UppFacts(
    receipt_no="ESP-UPP-2026-0000001",
    addressee=ReceiptParty("Centrum Usług Wspólnych w Cieszynie", "ZOJO_Cieszyn"),
    sender=ReceiptParty("Anna & Syn <sp. z o.o.>", "anowak"),
    delivered_at=AT,
    produced_at=AT,
    document_id=NAME,
    information=(Information('Pouczenie „ważne” "tak"', "Wiersz\r\ndrugi\t& trzeci"),),
)
PERSON = ClaimedPerson("Anna", "Nowak & Kowalska", "44051401359", "anowak")


def _key(kind: str) -> MemoryKey:
    return make_pki().seal_rsa if kind == "RSA" else make_pki().seal


def _sealed(kind: str, role: ClaimedPerson | None = None) -> bytes:
    reference = DetachedReference("Ref-Dokument", NAME, hashlib.sha256(DOCUMENT).hexdigest())
    return SealTemplate(_key(kind), AT).seal(
        render_upp(FACTS), signing_time=AT, references=(reference,), role=role
    )


def _xmlsec_accepts(sealed: bytes, kind: str) -> bool:
    root = parse_xml(sealed)
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    pem = certificate_of(_key(kind)).public_bytes(Encoding.PEM)
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
    try:
        context.verify(root[-1])
    except xmlsec.Error:
        return False
    return True


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
@pytest.mark.parametrize("role", [None, PERSON])
def test_libxmlsec_accepts(
    kind: str, role: ClaimedPerson | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / NAME).write_bytes(DOCUMENT)
    sealed = _sealed(kind, role)
    assert _xmlsec_accepts(sealed, kind)
    assert not _xmlsec_accepts(sealed.replace(b"Anna", b"Olga", 1), kind)
    (tmp_path / NAME).write_bytes(DOCUMENT + b" ")
    assert not _xmlsec_accepts(sealed, kind)


def _signxml_accepts(sealed: bytes, kind: str) -> bool:
    certificate: x509.Certificate = certificate_of(_key(kind))
    try:
        XAdESVerifier().verify(
            sealed,
            x509_cert=certificate.public_bytes(Encoding.PEM).decode(),
            uri_resolver=lambda _uri: DOCUMENT,
            expect_references=3,
            expect_config=XAdESSignatureConfiguration(require_x509=True),
        )
    except (SignXMLException, InvalidInput):
        return False
    return True


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
@pytest.mark.parametrize("role", [None, PERSON])
def test_signxml_accepts_as_xades(kind: str, role: ClaimedPerson | None) -> None:
    sealed = _sealed(kind, role)
    assert _signxml_accepts(sealed, kind)
    assert not _signxml_accepts(sealed.replace(b"Anna", b"Olga", 1), kind)


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_the_xmlsec1_program_accepts_where_it_is_installed(kind: str, tmp_path: Path) -> None:
    program = shutil.which("xmlsec1")
    if program is None:  # the two peers above are always there; this one is a Debian package
        return
    (tmp_path / NAME).write_bytes(DOCUMENT)
    (tmp_path / "upo.xml").write_bytes(_sealed(kind))
    pem = certificate_of(_key(kind)).public_bytes(Encoding.PEM)
    (tmp_path / "pieczec.pem").write_bytes(pem)
    command = [program, "--verify", "--pubkey-cert-pem", "pieczec.pem"]
    ids = ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    ran = subprocess.run(
        [*command, *ids, "upo.xml"], cwd=tmp_path, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
