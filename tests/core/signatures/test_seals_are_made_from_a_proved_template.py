"""The template: what it writes, what it refuses, and that it fails at start-up."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from skrytka.core.signatures.canonical import HEADER, CanonicalDocument
from skrytka.core.signatures.evidence import Cover
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import (
    CannotSeal,
    DetachedReference,
    SealFault,
    SealShape,
    SealTemplate,
)
from skrytka.core.signatures.signing import MemoryKey, SignatureAlgorithm, UnusableKey
from skrytka.core.signatures.words import Indication, Scope, SignatureKind
from tests.core.signatures.crafting import LETTER, ORIGINAL, sign, validate
from tests.world.pki import AT, Terms, certificate_of, certify, make_pki, organisation, p256, signer

FILE = b"%PDF-1.7 tre\xc5\x9b\xc4\x87"
DIGEST = hashlib.sha256(FILE).hexdigest()
REFERENCE = DetachedReference("Ref-Dokument", "DOK-2026-0001001", DIGEST)


def _seal(
    document: bytes = ORIGINAL,
    *references: DetachedReference,
    role: ClaimedPerson | None = None,
) -> bytes:
    template = SealTemplate(make_pki().seal, AT)
    return template.seal(document, signing_time=AT, references=references, role=role)


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_a_sealed_document_passes_with_its_detached_file(kind: str) -> None:
    pki = make_pki()
    template = SealTemplate(pki.seal if kind == "P-256" else pki.seal_rsa, AT)
    sealed = template.seal(ORIGINAL, signing_time=AT, references=(REFERENCE,), role=None)
    report = validate(sealed, **{"DOK-2026-0001001": FILE})
    verdict = report.signatures[0]
    assert report.indication is Indication.TOTAL_PASSED
    assert verdict.kind is SignatureKind.SEAL
    assert verdict.claimed_signing_time == AT
    assert Cover("DOK-2026-0001001", DIGEST, Scope.FULL) in verdict.covers
    assert report.payload == ORIGINAL


def test_the_certificate_of_the_template_is_at_hand() -> None:
    pki = make_pki()
    assert SealTemplate(pki.seal, AT).certificate == certificate_of(pki.seal)


def test_a_different_file_fails_and_a_missing_one_is_told() -> None:
    sealed = _seal(ORIGINAL, REFERENCE)
    assert validate(sealed, **{"DOK-2026-0001001": FILE + b"!"}).indication is (
        Indication.TOTAL_FAILED
    )
    assert validate(sealed).indication is Indication.INDETERMINATE


def test_a_name_with_spaces_is_found_as_written_or_percent_coded() -> None:
    reference = replace(REFERENCE, uri='za%C5%82.%20&<"1".pdf')
    sealed = _seal(ORIGINAL, reference)
    assert validate(sealed, **{'zał. &<"1".pdf': FILE}).indication is Indication.TOTAL_PASSED


def test_the_bytes_of_the_document_stay_as_they_are() -> None:
    odd = "\ufeff<?xml version=\"1.0\"?>\r\n<a  b='1'\n><!-- k --><c/>ż&#65;</a >\r\n".encode()
    sealed = _seal(odd)
    start, end = sealed.index(b"<ds:Signature "), sealed.index(b"</ds:Signature>") + 15
    assert sealed[:start] + sealed[end:] == odd
    assert validate(sealed).indication is Indication.TOTAL_PASSED


def test_the_signature_is_the_last_child_of_the_root() -> None:
    assert _seal().endswith(b"</ds:Signature></Pismo>")


def test_identifiers_are_new_in_the_document() -> None:
    sealed = _seal(b"<a><b Id='Podpis-1'/><c Id='WlasciwosciPodpisane-2'/></a>")
    assert b'Id="Podpis-3"' in sealed
    assert validate(sealed).indication is Indication.TOTAL_PASSED


def test_the_reference_to_the_document_is_named_by_the_shape() -> None:
    assert b'<ds:Reference Id="Ref-Poswiadczenie" URI="">' in _seal()
    letter = SealTemplate(make_pki().seal, AT, SealShape.LETTER)
    sealed = letter.seal(ORIGINAL, signing_time=AT, references=(), role=None)
    assert b'<ds:Reference Id="Ref-Pismo" URI="">' in sealed


@pytest.mark.parametrize(
    "document",
    [b"<a/>", b"<a", b"", b"<a></a><!-- k -->", b"<a></a><?x </a>?>", b'<a xmlns="wzgledna"></a>'],
)
def test_a_document_that_cannot_carry_a_seal_is_refused(document: bytes) -> None:
    with pytest.raises(CannotSeal) as refusal:
        _seal(document)
    assert refusal.value.fault is SealFault.DOCUMENT


def test_a_signed_document_is_not_sealed_over() -> None:
    with pytest.raises(CannotSeal) as refusal:
        _seal(sign(LETTER))
    assert refusal.value.fault is SealFault.ALREADY_SIGNED


@pytest.mark.parametrize(
    "reference",
    [
        replace(REFERENCE, id="1 2"),
        replace(REFERENCE, id='x" y="'),
        replace(REFERENCE, uri=""),
        replace(REFERENCE, uri="#Podpis-1"),
        replace(REFERENCE, uri="a\x00b"),
        replace(REFERENCE, sha256="zz"),
        replace(REFERENCE, sha256="aa"),
    ],
)
def test_a_reference_that_could_break_the_signature_is_refused(
    reference: DetachedReference,
) -> None:
    with pytest.raises(CannotSeal) as refusal:
        _seal(ORIGINAL, reference)
    assert refusal.value.fault is SealFault.REFERENCE


def test_a_person_that_xml_cannot_carry_is_refused() -> None:
    with pytest.raises(CannotSeal) as refusal:
        _seal(role=ClaimedPerson("An\x08na", "Nowak", "44051401359"))
    assert refusal.value.fault is SealFault.ROLE


@pytest.mark.parametrize(
    ("shift", "fault"), [(-4000, SealFault.NOT_YET_VALID), (4000, SealFault.EXPIRED)]
)
def test_nothing_is_sealed_outside_the_time_of_the_certificate(
    shift: int, fault: SealFault
) -> None:
    template = SealTemplate(make_pki().seal, AT)
    moment = AT + timedelta(days=shift)
    with pytest.raises(CannotSeal) as refusal:
        template.seal(ORIGINAL, signing_time=moment, references=(), role=None)
    assert refusal.value.fault is fault
    with pytest.raises(CannotSeal):
        SealTemplate(make_pki().seal, moment)


def test_a_key_that_does_not_match_its_certificate_fails_at_start_up() -> None:
    wrong = MemoryKey(p256(), make_pki().seal.certificate_der)
    with pytest.raises(CannotSeal) as refusal:
        SealTemplate(wrong, AT)
    assert refusal.value.fault is SealFault.KEY


@dataclass(frozen=True)
class _Mistaken:
    """A key that announces an algorithm that is not its own."""

    key: MemoryKey
    algorithm: SignatureAlgorithm = SignatureAlgorithm.RSA_SHA256

    @property
    def certificate_der(self) -> bytes:
        return self.key.certificate_der

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


def test_a_key_that_announces_another_algorithm_fails_at_start_up() -> None:
    with pytest.raises(CannotSeal) as refusal:
        SealTemplate(_Mistaken(make_pki().seal), AT)
    assert refusal.value.fault is SealFault.KEY


def test_a_certificate_that_may_not_sign_fails_at_start_up() -> None:
    pki = make_pki()
    from tests.world.pki import key_usage

    key = signer(organisation("X"), pki.root, Terms(usage=key_usage(sign=False, ca=False)))
    with pytest.raises(CannotSeal) as refusal:
        SealTemplate(key, AT)
    assert refusal.value.fault is SealFault.SELF_CHECK


def test_only_the_curve_that_is_sealed_with_is_taken() -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    certificate = certify(key, organisation("X"), make_pki().root)
    with pytest.raises(UnusableKey):
        MemoryKey.of(key, certificate)


def test_a_letter_that_merely_speaks_of_signatures_is_sealed() -> None:
    sealed = _seal(b"<a>http://www.w3.org/2000/09/xmldsig# Podpis-1</a>")
    assert validate(sealed).indication is Indication.TOTAL_PASSED


def test_a_canonical_document_is_sealed_like_any_other() -> None:
    written = CanonicalDocument(HEADER + b"<a>x</a>")
    template = SealTemplate(make_pki().seal_rsa, AT)
    made = [
        template.seal(document, signing_time=AT, references=(REFERENCE,), role=None)
        for document in (written, bytes(written))
    ]
    assert made[0] == made[1]
    report = validate(made[0], **{"DOK-2026-0001001": FILE})
    assert report.indication is Indication.TOTAL_PASSED
