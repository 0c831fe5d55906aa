"""Seal keys keep one contract, in a file and on a token; the token is a real one in software."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from skrytka.core.documents.xml import parse_xml
from skrytka.core.signatures.sealing import CannotSeal, SealFault, SealTemplate
from skrytka.core.signatures.signing import KeyDoesNotSign, SigningKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication
from skrytka.core.signatures.xades import validate_xades
from skrytka.gateways.development_pki import INSTITUTION_SEAL, TRUSTED_PROFILE_SEAL
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose
from skrytka.gateways.token_keys import Token, TokenKey
from tests.world.pki import AT, make_pki
from tests.world.token import (
    LABEL,
    LIBRARY,
    P256,
    RSA,
    STRANGER,
    certificate_for,
    pin_file,
    soft_token,
)

LETTER = b"<Pismo><Tresc>Prosz\xc4\x99</Tresc></Pismo>"


def on_token(name: str) -> SigningKey:
    return TokenKey.of(soft_token(), name, certificate_for(name))


KEYS: dict[str, Callable[[], SigningKey]] = {
    "file RSA": lambda: make_pki().seal_rsa,
    "file P-256": lambda: make_pki().seal,
    "token RSA": lambda: on_token(RSA),
    "token P-256": lambda: on_token(P256),
}


def sealed(key: SigningKey) -> bytes:
    return SealTemplate(key, AT).seal(LETTER, signing_time=AT, references=(), role=None)


@pytest.mark.parametrize("kind", KEYS)
def test_a_seal_is_accepted_by_our_verifier_and_by_libxmlsec(kind: str) -> None:
    key = KEYS[kind]()
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    document = sealed(key)
    trust = TrustStore(institution_seals=(certificate,))
    report = validate_xades(document, detached={}, trust=trust, at=AT)
    assert report.indication is Indication.TOTAL_PASSED
    context = xmlsec.SignatureContext()
    pem = certificate.public_bytes(Encoding.PEM)
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
    root = parse_xml(document)
    xmlsec.tree.add_ids(root, ["Id"])
    context.verify(root[-1])


def test_one_session_serves_many_seals() -> None:
    key = on_token(P256)
    template = SealTemplate(key, AT)
    before = soft_token()._session
    for _ in range(20):
        template.seal(LETTER, signing_time=AT, references=(), role=None)
    assert soft_token()._session is before


def test_a_session_that_was_lost_is_opened_anew() -> None:
    key = on_token(P256)
    template = SealTemplate(key, AT)
    session = soft_token()._session
    assert session is not None
    session.close()
    template.seal(LETTER, signing_time=AT, references=(), role=None)


def test_a_forked_process_opens_a_session_of_its_own() -> None:
    key = on_token(P256)
    key.sign(b"przed")
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, b"%d" % len(key.sign(b"po")))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        assert answer.read() == b"64"
    os.waitpid(child, 0)
    assert len(key.sign(b"nadal")) == 64


@pytest.mark.parametrize(
    "token",
    [
        Token(LIBRARY, "inny", pin_file("482915")),
        Token(LIBRARY, LABEL, pin_file("000000")),
        Token(LIBRARY, LABEL, Path("/nie/ma")),
        Token("/nie/ma.so", LABEL, pin_file("482915")),
    ],
    ids=["label", "pin", "pin file", "library"],
)
def test_a_token_that_cannot_be_used_is_a_fault_that_is_told(token: Token) -> None:
    soft_token()._forget()
    key = TokenKey.of(token, P256, certificate_for(P256))
    with pytest.raises(KeyDoesNotSign) as told:
        key.sign(b"x")
    assert "482915" not in str(told.value)
    assert "000000" not in str(told.value)
    with pytest.raises(CannotSeal) as fault:
        SealTemplate(key, AT)
    assert fault.value.fault is SealFault.KEY_AWAY


def test_a_pin_that_was_refused_is_not_tried_again_until_it_is_another(tmp_path: Path) -> None:
    soft_token()._forget()
    pin = tmp_path / "pin"
    pin.write_text("111111")
    key = TokenKey.of(Token(LIBRARY, LABEL, pin), P256, certificate_for(P256))
    for told in ("PinIncorrect", "not tried again"):
        with pytest.raises(KeyDoesNotSign, match=told):
            key.sign(b"x")
    pin.write_text("482915")
    assert len(key.sign(b"x")) == 64
    key.token._forget()


def test_a_key_that_is_not_the_certificates_is_refused_at_once() -> None:
    key = TokenKey.of(soft_token(), STRANGER, certificate_for(P256))
    with pytest.raises(CannotSeal) as fault:
        SealTemplate(key, AT)
    assert fault.value.fault is SealFault.KEY


def test_a_label_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyDoesNotSign, match="nie-ma"):
        soft_token().sign("nie-ma", b"x", is_rsa=True)


def test_a_key_of_another_curve_is_not_sealed_with() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    builder = x509.CertificateBuilder().public_key(key.public_key()).serial_number(1)
    name = certificate_for(P256).subject
    builder = builder.subject_name(name).issuer_name(name)
    certificate = builder.not_valid_before(AT).not_valid_after(AT).sign(key, hashes.SHA256())
    with pytest.raises(SealKeysUnusableError):
        TokenKey.of(soft_token(), P256, certificate)


def test_a_key_without_a_file_is_looked_for_on_the_token(tmp_path: Path) -> None:
    for name in (INSTITUTION_SEAL, TRUSTED_PROFILE_SEAL):
        pem = certificate_for(name).public_bytes(Encoding.PEM)
        (tmp_path / f"{name}.crt.pem").write_bytes(pem)
    keys = FileSealKeys(tmp_path, soft_token())
    for purpose in SealPurpose:
        assert b"<ds:Signature " in sealed(keys.key(purpose))
    with pytest.raises(SealKeysUnusableError):
        FileSealKeys(tmp_path).key(SealPurpose.RECEIPT)
