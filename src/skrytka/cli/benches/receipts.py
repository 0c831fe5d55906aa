"""Receipts of three kilobytes and keys to seal them, made for a bench."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from skrytka.core.receipts.facts import Information, InformationKind, ReceiptParty, UppFacts
from skrytka.core.receipts.upp import render_upp
from skrytka.core.signatures.canonical import CanonicalDocument
from skrytka.core.signatures.sealing import SealTemplate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore

BYTES = 3000
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def p256_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def template_of(key: PrivateKey, at: datetime) -> SealTemplate:
    """This will prepare the seal of a key under a certificate of its own."""
    return SealTemplate(MemoryKey.of(key, _certificate(key, at)), at)


def trust_in(template: SealTemplate) -> TrustStore:
    return TrustStore(institution_seals=(template.certificate,))


def receipts(at: datetime) -> Iterator[CanonicalDocument]:
    """This will render receipts of 3 kB without end, no two alike."""
    for number in count(1):
        yield render_upp(_facts(number, at))


def _facts(number: int, at: datetime) -> UppFacts:
    """Attachments fill the receipt up to its length."""
    digest = f"{number:064x}"
    information = [Information(InformationKind.DOCUMENT_SHA256.value, digest)]
    while sum(len(item.text) for item in information) < BYTES // 4:
        name = f"zalacznik-{len(information)}.pdf"
        text = f"{name}; 100000 B; SHA-256 {digest}"
        information.append(Information(InformationKind.ATTACHMENT.value, text))
    return UppFacts(
        receipt_no=f"UPP-{number}",
        addressee=ReceiptParty("Zespół Obsługi Jednostek Oświatowych", "ZOJO_Cieszyn"),
        sender=ReceiptParty("Anna Nowak", "anna"),
        delivered_at=at,
        produced_at=at,
        document_id=f"dokument-{number}",
        information=tuple(information),
    )


def _certificate(key: PrivateKey, at: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pieczęć do pomiaru")])
    day = timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    return builder.not_valid_before(at - day).not_valid_after(at + day).sign(key, hashes.SHA256())
