"""Certificate paths: who may issue, for how long, and who is trusted without an issuer."""

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from skrytka.core.signatures.paths import build_path
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.signers import kind_of_certificate
from skrytka.core.signatures.signing import MemoryKey
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import Indication, SignatureKind, SubIndication
from skrytka.core.signatures.xades import validate_xades
from tests.core.signatures.crafting import LETTER, Shape, codes, key_info, sign
from tests.world.pki import (
    AT,
    AUTHORITY,
    QC_STATEMENTS,
    QUALIFIED,
    USUAL,
    Issuer,
    Terms,
    authority,
    certificate_of,
    certify,
    key_usage,
    make_pki,
    natural_person,
    organisation,
    p256,
    signer,
)

ANNA = natural_person("Anna", "Nowak", "44051401359")


def _fault(key: MemoryKey, *pool: Issuer, trust: TrustStore | None = None) -> ReasonCode | None:
    chosen = trust or make_pki().trust
    certificates = tuple(issuer.certificate for issuer in pool)
    return build_path(certificate_of(key), certificates, chosen, AT).fault


def test_a_path_leads_over_an_intermediate_authority() -> None:
    middle = authority("Pośredni", make_pki().root)
    key = signer(ANNA, middle)
    assert _fault(key, middle) is None
    assert _fault(key) is ReasonCode.CHAIN_NONE


def test_an_unknown_issuer_never_passes() -> None:
    stranger = authority("Obcy")
    key = signer(ANNA, stranger)
    report = validate_xades(
        sign(LETTER, Shape(key=key)), detached={}, trust=make_pki().trust, at=AT
    )
    assert report.signatures[0].intact
    assert report.indication is Indication.INDETERMINATE
    assert report.sub_indication is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert report.signatures[0].kind is SignatureKind.UNKNOWN


def test_an_impostor_with_the_name_of_the_root_is_told_by_its_key() -> None:
    key = signer(ANNA, authority("Urząd testowy"))
    assert _fault(key) is ReasonCode.CHAIN_NONE


def test_the_times_of_every_certificate_count() -> None:
    root = make_pki().root
    old = Terms(not_after=AT - timedelta(days=1))
    early = Terms(not_before=AT + timedelta(days=1))
    assert _fault(signer(ANNA, root, old)) is ReasonCode.CHAIN_EXPIRED
    assert _fault(signer(ANNA, root, early)) is ReasonCode.CHAIN_NOT_YET
    middle = authority("Pośredni", root, replace(AUTHORITY, not_after=old.not_after))
    assert _fault(signer(ANNA, middle), middle) is ReasonCode.CHAIN_EXPIRED


def test_a_valid_path_is_preferred_to_an_expired_one() -> None:
    root = make_pki().root
    key = p256()
    name = {NameOID.COMMON_NAME: "Dwa razy"}
    old = Issuer(
        key, certify(key, name, root, replace(AUTHORITY, not_after=AT - timedelta(days=1)))
    )
    new = Issuer(key, certify(key, name, root, AUTHORITY))
    assert _fault(signer(ANNA, new), old, new) is None
    assert _fault(signer(ANNA, new), old) is ReasonCode.CHAIN_EXPIRED


def test_the_expired_and_the_early_have_their_own_words() -> None:
    pki = make_pki()
    signed = sign(LETTER)
    late = validate_xades(signed, detached={}, trust=pki.trust, at=AT + timedelta(days=4000))
    assert late.sub_indication is SubIndication.OUT_OF_BOUNDS_NO_POE
    early = validate_xades(signed, detached={}, trust=pki.trust, at=AT - timedelta(days=4000))
    assert early.sub_indication is SubIndication.NOT_YET_VALID


def test_only_authorities_issue() -> None:
    root = make_pki().root
    no_ca = Issuer(p256(), root.certificate)
    no_ca = Issuer(no_ca.key, certify(no_ca.key, organisation("Nie urząd"), root))
    assert _fault(signer(ANNA, no_ca), no_ca) is ReasonCode.CHAIN_NONE
    both = Terms(usage=key_usage(sign=True, ca=True))
    keyed = p256()
    posing = Issuer(keyed, certify(keyed, organisation("Udaje urząd"), root, both))
    assert _fault(signer(ANNA, posing), posing) is ReasonCode.CHAIN_NONE
    odd = authority("Bez prawa", root, replace(AUTHORITY, usage=key_usage(sign=True, ca=False)))
    assert _fault(signer(ANNA, odd), odd) is ReasonCode.CHAIN_NONE


def test_the_length_of_a_path_is_held_to() -> None:
    root = make_pki().root
    first = authority("Pierwszy", root, replace(AUTHORITY, path_length=0))
    second = authority("Drugi", first)
    assert _fault(signer(ANNA, first), first) is None
    assert _fault(signer(ANNA, second), first, second) is ReasonCode.CHAIN_NONE


def test_a_path_that_is_too_long_is_named() -> None:
    chain = [make_pki().root]
    for number in range(10):
        chain.append(authority(f"U{number}", chain[-1]))
    assert _fault(signer(ANNA, chain[-1]), *chain[1:]) is ReasonCode.RES_PATH


def test_too_many_candidates_are_named() -> None:
    twins = [authority("Bliźniak") for _ in range(70)]
    stranger = authority("Bliźniak")
    assert _fault(signer(ANNA, stranger), *twins) is ReasonCode.RES_PATH


def test_an_authority_with_broken_or_unknown_critical_extensions_does_not_issue() -> None:
    unknown = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    root = make_pki().root
    odd = authority("Dziwny", root, replace(AUTHORITY, extensions=((unknown, True),)))
    assert _fault(signer(ANNA, odd), odd) is ReasonCode.CHAIN_NONE
    leaf = signer(ANNA, root, replace(USUAL, extensions=((unknown, True),)))
    assert _fault(leaf) is ReasonCode.CHAIN_CONSTRAINTS
    broken = x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.17"), b"\x30\x01")
    leaf = signer(ANNA, root, replace(USUAL, extensions=((broken, False),)))
    assert _fault(leaf) is ReasonCode.CHAIN_CONSTRAINTS


def test_a_certificate_for_other_purposes_does_not_sign() -> None:
    root = make_pki().root
    key = signer(ANNA, root, replace(USUAL, usage=key_usage(sign=False, ca=False)))
    assert _fault(key) is ReasonCode.CHAIN_CONSTRAINTS
    report = validate_xades(
        sign(LETTER, Shape(key=key)), detached={}, trust=make_pki().trust, at=AT
    )
    assert report.sub_indication is SubIndication.CHAIN_CONSTRAINTS_FAILURE


def _bare(key: ec.EllipticCurvePrivateKey, subject: x509.Name, issuer: Issuer) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(USUAL.not_before)
        .not_valid_after(USUAL.not_after)
        .sign(issuer.key, hashes.SHA256())
    )


def test_a_certificate_without_any_extension_may_sign_but_not_issue() -> None:
    root = make_pki().root
    key = p256()
    bare = Issuer(
        key, _bare(key, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Goły")]), root)
    )
    assert _fault(MemoryKey.of(key, bare.certificate)) is None
    assert _fault(signer(ANNA, bare), bare) is ReasonCode.CHAIN_NONE


def test_a_configured_certificate_needs_no_issuer_but_issues_nothing() -> None:
    stranger = authority("Obcy")
    key = signer(ANNA, stranger)
    alone = TrustStore(institution_seals=(certificate_of(key),))
    assert _fault(key, trust=alone) is None
    seal_that_issues = TrustStore(institution_seals=(stranger.certificate,))
    assert _fault(key, stranger, trust=seal_that_issues) is ReasonCode.CHAIN_NONE
    assert _fault(key, trust=TrustStore(anchors=(certificate_of(key),))) is None


def _kind(key: MemoryKey, *pool: MemoryKey) -> SignatureKind:
    shape = Shape(key=key, key_info=key_info(key, *pool))
    return (
        validate_xades(sign(LETTER, shape), detached={}, trust=make_pki().trust, at=AT)
        .signatures[0]
        .kind
    )


def _with_statements(data: bytes) -> MemoryKey:
    statements = x509.UnrecognizedExtension(QC_STATEMENTS, data)
    return signer(ANNA, make_pki().root, replace(USUAL, extensions=((statements, False),)))


def test_a_qualified_certificate_says_so_itself() -> None:
    assert _kind(_with_statements(QUALIFIED)) is SignatureKind.QUALIFIED


@pytest.mark.parametrize(
    "data",
    [
        "3000",
        "300a3008060604008e460101",
        "3080",
        "30023000",
        "05",
        "308500000000000000",
        "3014300806060400 8e460101 3008060604008e460104".replace(" ", "")[:20],
    ],
)
def test_incomplete_or_broken_statements_make_nothing_qualified(data: str) -> None:
    assert _kind(_with_statements(bytes.fromhex(data))) is SignatureKind.ADVANCED


def test_without_a_stated_purpose_a_qualified_certificate_is_for_signing() -> None:
    data = bytes.fromhex("30143008060604008e4601013008060604008e460104")
    assert _kind(_with_statements(data)) is SignatureKind.QUALIFIED


def test_a_long_statement_is_read() -> None:
    long = bytes.fromhex("3081 88 0603 2a0304 0c81 80".replace(" ", "")) + b"x" * 128
    inside = bytes.fromhex("3008060604008e4601013008060604008e460104") + long
    data = b"\x30\x81" + bytes([len(inside)]) + inside
    assert _kind(_with_statements(data)) is SignatureKind.QUALIFIED


def test_a_certificate_of_the_identity_card_is_personal() -> None:
    issuer = authority("PL ID Osobisty 2026", make_pki().root)
    key = signer(ANNA, issuer)
    issuing = MemoryKey.of(issuer.key, issuer.certificate)
    assert _kind(key, issuing) is SignatureKind.PERSONAL


def test_a_legal_person_of_a_trusted_issuer_seals() -> None:
    assert _kind(signer(organisation("Inny Urząd"), make_pki().root)) is SignatureKind.SEAL


def test_a_certificate_with_no_name_at_all_is_described() -> None:
    key = signer({NameOID.COUNTRY_NAME: "PL"}, make_pki().root)
    report = validate_xades(
        sign(LETTER, Shape(key=key)), detached={}, trust=make_pki().trust, at=AT
    )
    signed_by = report.signatures[0].signer
    assert signed_by is not None
    assert (signed_by.name, signed_by.pesel) == ("", None)


def test_short_keys_are_weak() -> None:
    root = make_pki().root
    weak = rsa.generate_private_key(65537, 1024)
    method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    report = validate_xades(
        sign(LETTER, Shape(key=signer(ANNA, root, key=weak), method=method)),
        detached={},
        trust=make_pki().trust,
        at=AT,
    )
    assert report.signatures[0].intact
    assert "ALG-WEAK" in codes(report)


def test_a_weak_digest_of_the_certificate_is_weak() -> None:
    sha1 = base64.b64encode(hashlib.sha1(make_pki().person.certificate_der).digest()).decode()
    shape = Shape(cert_digest=sha1, cert_method="http://www.w3.org/2000/09/xmldsig#sha1")
    report = validate_xades(sign(LETTER, shape), detached={}, trust=make_pki().trust, at=AT)
    assert "ALG-WEAK" in codes(report)


def test_an_unknown_digest_of_the_certificate_is_refused() -> None:
    report = validate_xades(
        sign(LETTER, Shape(cert_method="urn:x")), detached={}, trust=make_pki().trust, at=AT
    )
    assert "ALG-UNKNOWN" in codes(report)
    assert report.indication is Indication.INDETERMINATE


def _issuer_serial(*, serial: int | None = None, name: bytes | None = None) -> str:
    certificate = certificate_of(make_pki().person)
    directory = name if name is not None else certificate.issuer.public_bytes()
    names = _der(0x30, _der(0xA4, directory))
    number = (serial or certificate.serial_number).to_bytes(21)
    value = _der(0x30, names + _der(0x02, number.lstrip(b"\0") if number[1] < 0x80 else number))
    return _v2(value)


def _v2(value: bytes) -> str:
    return f"<xades:IssuerSerialV2>{base64.b64encode(value).decode()}</xades:IssuerSerialV2>"


def _der(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x81, len(content)]) + content


@pytest.mark.parametrize("kind", ["right", "serial", "name", "broken", "short"])
def test_the_signed_issuer_and_serial_must_fit(kind: str) -> None:
    extra = {
        "right": _issuer_serial(),
        "serial": _issuer_serial(serial=5),
        "name": _issuer_serial(name=b"\x30\x00"),
        "broken": _v2(b"\x30\x80"),
        "short": _v2(b"\x30\x00"),
    }[kind]
    report = validate_xades(
        sign(LETTER, Shape(cert_extra=extra)), detached={}, trust=make_pki().trust, at=AT
    )
    assert ("CERT-REF" in codes(report)) is (kind != "right")


@pytest.mark.parametrize("kind", ["right", "other", "no number"])
def test_the_serial_number_of_the_older_form_must_fit(kind: str) -> None:
    number = {
        "right": certificate_of(make_pki().person).serial_number,
        "other": 5,
        "no number": "x",
    }
    extra = (
        "<xades:IssuerSerial><ds:X509IssuerName>CN=a</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{number[kind]}</ds:X509SerialNumber></xades:IssuerSerial>"
    )
    found = codes(
        validate_xades(
            sign(LETTER, Shape(cert_extra=extra)), detached={}, trust=make_pki().trust, at=AT
        )
    )
    assert ("CERT-REF" in found) is (kind == "other")
    assert ("SIG-STRUCTURE" in found) is (kind == "no number")


def test_a_certificate_with_bent_extensions_says_nothing_of_itself() -> None:
    good = certificate_of(signer(ANNA, make_pki().root))
    der = good.public_bytes(Encoding.DER)
    bent = x509.load_der_x509_certificate(der.replace(b"\x03\x02\x07\x80", b"\x35\x02\x07\x80"))
    assert bent != good
    assert kind_of_certificate(bent, TrustStore()) is SignatureKind.ADVANCED
    assert build_path(bent, (), make_pki().trust, AT).fault is ReasonCode.CHAIN_CONSTRAINTS
