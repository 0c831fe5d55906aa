"""A CRL and an OCSP answer say something only of the right certificate, by the right key."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID, ObjectIdentifier, SignatureAlgorithmOID

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.process.facts import Algorithm, Status
from skrytka.core.signatures.revocation.gathering import certificate_facts
from skrytka.core.signatures.revocation.keys import algorithm_of, digest_in, may
from skrytka.core.signatures.revocation.lists import read_list
from skrytka.core.signatures.revocation.responses import read_response
from tests.world.pki import AT, name_of, p256, rsa2048

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SHA256 = hashes.SHA256()
_ISSUER = name_of({NameOID.COMMON_NAME: "Wystawca"})
_SUBJECT = name_of({NameOID.COMMON_NAME: "Osoba"})
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey
Extension = tuple[x509.ExtensionType, bool]


def certificate(
    key: Key, by: Key, *extensions: Extension, subject: x509.Name = _SUBJECT
) -> x509.Certificate:
    builder = x509.CertificateBuilder(_ISSUER, subject, key.public_key(), 7)
    builder = builder.not_valid_before(AT - _DAY).not_valid_after(AT + _DAY)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(by, None if isinstance(by, ed25519.Ed25519PrivateKey) else _SHA256)


def own(key: Key, *extensions: Extension) -> x509.Certificate:
    return certificate(key, key, *extensions, subject=_ISSUER)


def crl(
    key: Key, *extensions: Extension, reason: x509.ReasonFlags | None = None, revoked: bool = True
) -> bytes:
    builder = x509.CertificateRevocationListBuilder(_ISSUER, AT - _HOUR, AT + _DAY)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    if revoked:
        entry = x509.RevokedCertificateBuilder(7, AT - _HOUR)
        if reason:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else _SHA256
    return builder.sign(key, hashed).public_bytes(Encoding.DER)


def test_a_crl_of_a_version_that_does_not_exist_says_nothing() -> None:
    key = p256()
    issuer = own(key)
    odd = crl(key).replace(b"\x02\x01\x01\x30", b"\x02\x01\x03\x30", 1)
    assert odd != crl(key)
    assert read_list(odd, certificate(p256(), key), issuer) is None


def test_a_crl_with_a_name_of_bits_says_nothing() -> None:
    key = p256()
    odd = crl(key).replace(b"\x55\x04\x03\x0c", b"\x55\x04\x0c\x03", 1)
    assert odd != crl(key)
    assert read_list(odd, certificate(p256(), key), own(key)) is None


def test_a_certificate_signed_in_an_unknown_way_has_no_known_digest() -> None:
    known = own(p256())
    der = known.public_bytes(Encoding.DER)
    odd = x509.load_der_x509_certificate(
        der.replace(bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a8648ce3d040377"))
    )
    assert (digest_in(known), digest_in(odd)) == (known.signature_hash_algorithm, None)
    assert certificate_facts(odd, own(p256()), ()).algorithm.digest is None


def answer(
    key: Key, responder: x509.Certificate, about: x509.Certificate, issuer: x509.Certificate
) -> bytes:
    """The basic response, named by the responder's name."""
    hashed = None if isinstance(key, ed25519.Ed25519PrivateKey) else _SHA256
    built = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            about, issuer, _SHA256, ocsp.OCSPCertStatus.GOOD, AT - _HOUR, AT + _DAY, None, None
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, responder)
        .sign(key, hashed)
        .public_bytes(Encoding.DER)
    )
    at = built.index(bytes.fromhex("06092b0601050507300101")) + 11
    size = built[at + 1]
    return built[at + (2 if size < 0x80 else 2 + size - 0x80) :]


def test_a_key_usage_that_is_not_stated_allows() -> None:
    key = p256()
    assert may(own(key), "crl_sign")


@pytest.mark.parametrize(
    ("key", "oid", "expected"),
    [
        (rsa2048(), SignatureAlgorithmOID.RSA_WITH_SHA256, Algorithm("sha256", Family.RSA, 2048)),
        (rsa2048(), SignatureAlgorithmOID.RSASSA_PSS, Algorithm("sha256", Family.RSA_PSS, 2048)),
        (p256(), SignatureAlgorithmOID.ECDSA_WITH_SHA256, Algorithm("sha256", Family.ECDSA, 256)),
        (
            dsa.generate_private_key(2048),
            SignatureAlgorithmOID.DSA_WITH_SHA256,
            Algorithm("sha256", Family.DSA, 2048),
        ),
    ],
)
def test_an_algorithm_is_told_by_its_name_and_the_issuers_key(
    key: Key, oid: ObjectIdentifier, expected: Algorithm
) -> None:
    assert algorithm_of(oid, _SHA256, own(key)) == expected


def test_an_algorithm_of_an_unknown_key_is_told_without_it() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    assert algorithm_of(SignatureAlgorithmOID.ED25519, None, own(key)) == Algorithm()


def test_an_entry_taken_back_says_nothing() -> None:
    key = p256()
    data = crl(key, reason=x509.ReasonFlags.remove_from_crl)
    assert read_list(data, certificate(p256(), key), own(key)) is None
    listed = read_list(crl(key), certificate(p256(), key), own(key))
    assert listed is not None
    assert (listed.status, listed.intact, listed.reason) == (Status.REVOKED, True, None)


def test_a_list_of_an_issuer_that_may_not_sign_lists_is_not_intact() -> None:
    key = p256()
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    read = read_list(crl(key), certificate(p256(), key), own(key, (usage, True)))
    assert read is not None
    assert not read.intact


def scope(**changes: bool) -> Extension:
    stated = {
        "only_contains_user_certs": False, "only_contains_ca_certs": False,
        "indirect_crl": False, "only_contains_attribute_certs": False, **changes,
    }  # fmt: skip
    named = None if any(changes.values()) else [x509.DNSName("lista.example")]
    return (
        x509.IssuingDistributionPoint(
            full_name=named, relative_name=None, only_some_reasons=None, **stated
        ),
        True,
    )


_CA = (x509.BasicConstraints(ca=True, path_length=None), True)


@pytest.mark.parametrize(
    ("point", "extensions"),
    [
        (scope(), ()),
        (scope(only_contains_user_certs=True), ()),
        (scope(only_contains_ca_certs=True), (_CA,)),
    ],
)
def test_a_list_counts_for_the_certificates_that_it_is_about(
    point: Extension, extensions: tuple[Extension, ...]
) -> None:
    key = p256()
    about = certificate(p256(), key, *extensions)
    assert read_list(crl(key, point), about, own(key)) is not None


@pytest.mark.parametrize(
    ("point", "extensions"),
    [
        (scope(only_contains_user_certs=True), (_CA,)),
        (scope(only_contains_ca_certs=True), ()),
        (scope(indirect_crl=True), ()),
        (scope(only_contains_attribute_certs=True), ()),
    ],
)
def test_a_list_says_nothing_of_certificates_that_it_is_not_about(
    point: Extension, extensions: tuple[Extension, ...]
) -> None:
    key = p256()
    about = certificate(p256(), key, *extensions)
    assert read_list(crl(key, point), about, own(key)) is None


@pytest.mark.parametrize("key", [p256(), rsa2048()])
def test_an_issuer_that_names_itself_answers(key: Key) -> None:
    issuer = own(key)
    about = certificate(p256(), key)
    read = read_response(answer(key, issuer, about, issuer), about, issuer)
    assert read is not None
    assert read.facts.status is Status.GOOD


def test_an_answer_of_another_key_under_the_same_name_is_none() -> None:
    key = p256()
    issuer, about = own(key), certificate(p256(), key)
    for other in (p256(), rsa2048(), ed25519.Ed25519PrivateKey.generate()):
        forged = answer(other, own(other), about, issuer)
        assert read_response(forged, about, issuer) is None


def test_an_issuer_whose_key_is_of_no_known_kind_answers_nothing() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    issuer, about = own(key), certificate(p256(), key)
    foreign = p256()
    assert read_response(answer(foreign, own(foreign), about, issuer), about, issuer) is None


def test_broken_extensions_break_the_constraints() -> None:
    key = p256()
    garbage = x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.37"), b"\x04\x01\x00")
    assert certificate_facts(own(key, (garbage, False)), None, ()).constraint_broken


def test_extensions_of_no_concern_change_nothing() -> None:
    key = p256()
    identifier = x509.SubjectKeyIdentifier(b"12345678901234567890")
    facts = certificate_facts(own(key, (identifier, False)), own(key), ("a",))
    assert (facts.constraint_broken, facts.exempt, facts.is_ca) == (False, False, None)
    exempt = certificate_facts(own(key, (x509.OCSPNoCheck(), False)), None, ())
    assert exempt.exempt
