"""What pyHanko signs is intact here: Edwards curves, which OpenSSL 3.0 does not sign CMS with."""

import asyncio
import hashlib
from datetime import timedelta

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.cms.examine import examine_cms, examine_signed_data
from skrytka.core.signatures.evidence import Use
from skrytka.core.signatures.reasons import ReasonCode
from tests.core.signatures.cms.crafting import (
    ECDSA_SHA256,
    LETTER,
    Envelope,
    Holder,
    Shape,
    algorithm,
)
from tests.world.pki import AT, p256

KEYS: dict[str, ed25519.Ed25519PrivateKey | ed448.Ed448PrivateKey] = {
    "sha512": ed25519.Ed25519PrivateKey.generate(),
    "shake256": ed448.Ed448PrivateKey.generate(),
}


def certify(digest: str) -> x509.Certificate:
    key = KEYS[digest]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Anna")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(AT)
        .not_valid_after(AT + timedelta(days=9))
        .sign(key, None)
    )


def sign(digest: str) -> bytes:
    key, certificate = KEYS[digest], certify(digest)
    pkcs8 = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # theirs
    )
    made = asyncio.run(signer.async_sign_general_data(LETTER, digest, detached=False))
    dumped: bytes = made.dump()
    return dumped


@pytest.mark.parametrize(("digest", "bits"), [("sha512", 256), ("shake256", 456)])
def test_an_edwards_signature_is_verified(digest: str, bits: int) -> None:
    (signature,) = examine_cms(sign(digest), {}).signatures
    assert signature.intact
    (use,) = (use for use in signature.algorithms if use.use is Use.SIGNATURE)
    assert (use.family, use.key_bits) == (Family.EDDSA, bits)


def test_an_edwards_signature_over_another_content_is_broken() -> None:
    changed = sign("sha512").replace(LETTER, LETTER[::-1])
    (signature,) = examine_cms(changed, {}).signatures
    assert ReasonCode.REF_DIGEST in signature.security


def test_an_altered_edwards_value_is_broken() -> None:
    signed = sign("sha512")
    changed = signed[:-40] + bytes((signed[-40] ^ 1,)) + signed[-39:]
    (signature,) = examine_signed_data(changed).signatures
    assert ReasonCode.SIG_VALUE in signature.security
    assert not signature.intact


@pytest.mark.parametrize(
    ("identifier", "code"),
    [(ECDSA_SHA256, ReasonCode.ALG_MISMATCH), ("1.3.101.112", ReasonCode.REF_EXTERNAL)],
)
def test_an_edwards_key_needs_its_algorithm_and_the_octets_themselves(
    identifier: str, code: ReasonCode
) -> None:
    holder = Holder(p256(), certify("sha512"))
    info = Shape(holder, bare=True, algorithm=algorithm(identifier)).info()
    file = Envelope((info,), None, certificates=(holder.der,)).der()
    digest = hashlib.sha256(LETTER).digest()
    (signature,) = examine_signed_data(file, lambda _: digest).signatures
    assert code in signature.security
    assert not signature.intact
