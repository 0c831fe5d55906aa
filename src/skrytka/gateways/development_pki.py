"""A PKI for the first run, so that a newcomer holds a sealed receipt without buying anything.

Every certificate says in its subject that it is for development only, and `skrytka doctor`
refuses such an installation for production.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DEVELOPMENT_MARK = "TYLKO DO PRÓB"
YEARS = 10
ROOT = "root"
INSTITUTION_SEAL = "institution-seal"
TRUSTED_PROFILE_SEAL = "trusted-profile-seal"
TSA = "tsa"
COMMON_NAMES = {
    INSTITUTION_SEAL: f"Pieczęć instytucji ({DEVELOPMENT_MARK})",
    TRUSTED_PROFILE_SEAL: f"Pieczęć podpisu zaufanego tej instalacji ({DEVELOPMENT_MARK})",
    TSA: f"Znacznik czasu ({DEVELOPMENT_MARK})",
}

PrivateKey = ec.EllipticCurvePrivateKey


def create_development_pki(folder: Path, at: datetime) -> None:
    """This will make root, seals and timestamp key in `folder`, unless they stand there already."""
    if (folder / f"{ROOT}.crt.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "README.txt").write_text(
        "Klucze do prób. Nie używaj ich w prawdziwej instalacji.\n"
        "Development only. Never use these keys in production.\n"
    )
    root_key = ec.generate_private_key(ec.SECP256R1())
    root_name = _name(f"Skrytka Root ({DEVELOPMENT_MARK})")
    root = _root_certificate(root_key, root_name, at)
    for name, common_name in COMMON_NAMES.items():
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _leaf(key, common_name, root, root_key, is_tsa=name == TSA)
        _write(folder, name, key, certificate)
    # The root last: it is what says that the set is whole.
    _write(folder, ROOT, root_key, root)


def is_for_development(certificate: x509.Certificate) -> bool:
    """This will tell whether a certificate came from `create_development_pki`."""
    return DEVELOPMENT_MARK in certificate.subject.rfc4514_string()


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"Skrytka {DEVELOPMENT_MARK}"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
    )


def _root_certificate(key: PrivateKey, name: x509.Name, at: datetime) -> x509.Certificate:
    return (
        _builder(name, name, key, at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    key: PrivateKey,
    common_name: str,
    root: x509.Certificate,
    root_key: PrivateKey,
    *,
    is_tsa: bool,
) -> x509.Certificate:
    at = root.not_valid_before_utc + timedelta(hours=1)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    builder = (
        _builder(_name(common_name), root.subject, key, at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(authority, critical=False)
    )
    if is_tsa:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    return builder.sign(root_key, hashes.SHA256())


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write(folder: Path, name: str, key: PrivateKey, certificate: x509.Certificate) -> None:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / f"{name}.key.pem"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    (folder / f"{name}.crt.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
