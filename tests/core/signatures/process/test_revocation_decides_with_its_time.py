"""A certificate's revocation counts from its date, and a time-stamp tells which side it is on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.checks import conclude, conclude_file
from skrytka.core.signatures.evidence import (
    AlgorithmUse,
    FileEvidence,
    SignatureEvidence,
    TimestampEvidence,
    TimestampKind,
    Use,
)
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.verdict import SignatureVerdict
from skrytka.core.signatures.words import Indication, SignatureFormat, SignatureLevel, SubIndication
from tests.world.pki import (
    AT,
    Issuer,
    Terms,
    authority,
    certificate_of,
    certify,
    make_pki,
    natural_person,
    p256,
    signer,
)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_PKI = make_pki()
_PERSON = certificate_of(_PKI.person)
_STAMPING = Terms(extensions=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),))
_TSA = certificate_of(signer({NameOID.COMMON_NAME: "Znacznik"}, _PKI.root, _STAMPING))
_SOUND = (AlgorithmUse(Use.SIGNATURE, "sha256", Family.ECDSA, 256),)
_BARE = SignatureEvidence(
    id="S",
    format=SignatureFormat.XADES,
    level=SignatureLevel.B_B,
    intact=True,
    certificate=_PERSON,
    value_sha256="aa",
    algorithms=_SOUND,
)


def stamp(at: datetime, kind: TimestampKind = TimestampKind.SIGNATURE) -> TimestampEvidence:
    return TimestampEvidence(
        kind, at, True, True, True, "bb", _TSA, algorithms=_SOUND, protects=frozenset({"aa"})
    )


def crl(
    revoked_at: datetime | None,
    *,
    issuer: Issuer = _PKI.root,
    reason: x509.ReasonFlags | None = None,
    extension: x509.ExtensionType | None = None,
    about: x509.Certificate = _PERSON,
) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(AT - _HOUR)
        .next_update(AT + _DAY)
    )
    if extension is not None:
        builder = builder.add_extension(extension, critical=True)
    if revoked_at is not None:
        entry = x509.RevokedCertificateBuilder().serial_number(about.serial_number)
        entry = entry.revocation_date(revoked_at)
        if reason is not None:
            entry = entry.add_extension(x509.CRLReason(reason), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def response(responder: Issuer, about: x509.Certificate = _PERSON) -> bytes:
    """The basic response inside: past SEQUENCE, status, [0], SEQUENCE and OID."""
    built = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            about,
            _PKI.root.certificate,
            hashes.SHA1(),  # RFC 6960 names keys so
            ocsp.OCSPCertStatus.REVOKED,
            AT - _HOUR,
            AT + _DAY,
            AT - _DAY,
            x509.ReasonFlags.key_compromise,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
        .certificates([responder.certificate])
        .sign(responder.key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    marker = bytes.fromhex("06092b0601050507300101")
    at = built.index(marker) + len(marker)
    size = built[at + 1]
    return built[at + (2 if size < 0x80 else 2 + size - 0x80) :]


def judged(**changes: object) -> SignatureVerdict:
    return conclude(replace(_BARE, **changes), _PKI.trust, AT)  # type: ignore[arg-type]


def outcome(verdict: SignatureVerdict) -> tuple[Indication, SubIndication | None]:
    return verdict.indication, verdict.sub_indication


def told(verdict: SignatureVerdict) -> set[ReasonCode]:
    return {reason.code for reason in verdict.reasons}


_PASSED = (Indication.TOTAL_PASSED, None)


def doubt(sub: SubIndication) -> tuple[Indication, SubIndication]:
    return Indication.INDETERMINATE, sub


def test_a_list_without_the_certificate_makes_its_state_known() -> None:
    verdict = judged(crls=(crl(None),))
    assert outcome(verdict) == _PASSED
    assert ReasonCode.REVOCATION_UNKNOWN not in told(verdict)


def test_without_a_list_the_state_is_told_as_unknown() -> None:
    verdict = judged()
    assert outcome(verdict) == _PASSED
    assert ReasonCode.REVOCATION_UNKNOWN in told(verdict)


def test_a_revoked_certificate_needs_a_proof_that_the_signature_is_older() -> None:
    assert outcome(judged(crls=(crl(AT - _DAY),))) == doubt(SubIndication.REVOKED_NO_POE)


def test_a_list_of_the_operator_counts_as_well() -> None:
    trust = replace(_PKI.trust, crls=(crl(AT - _DAY),))
    assert outcome(conclude(_BARE, trust, AT)) == doubt(SubIndication.REVOKED_NO_POE)


def test_a_time_stamp_before_the_revocation_saves_the_signature() -> None:
    verdict = judged(crls=(crl(AT - _DAY),), timestamps=(stamp(AT - 2 * _DAY),))
    assert outcome(verdict) == _PASSED
    assert verdict.best_signature_time == AT - 2 * _DAY


def test_a_time_stamp_after_the_revocation_saves_nothing() -> None:
    verdict = judged(crls=(crl(AT - 2 * _DAY),), timestamps=(stamp(AT - _DAY),))
    assert outcome(verdict) == doubt(SubIndication.REVOKED_NO_POE)


def test_a_content_time_stamp_after_the_revocation_proves_a_late_signature() -> None:
    late = stamp(AT - _DAY, TimestampKind.CONTENT)
    verdict = judged(crls=(crl(AT - 2 * _DAY),), timestamps=(late,))
    assert outcome(verdict) == (Indication.TOTAL_FAILED, SubIndication.REVOKED)


@pytest.mark.parametrize(
    "fault",
    [{"imprint_found": False}, {"imprint_intact": False}, {"intact": False}, {"certificate": None},
     {"security": (ReasonCode.TST_CERT,)}, {"certificate": _PERSON}, {"protects": frozenset()},
     {"algorithms": (AlgorithmUse(Use.SIGNATURE, "md5", Family.RSA, 512),)}],
)  # fmt: skip
def test_a_time_stamp_with_a_fault_saves_nothing(fault: dict[str, object]) -> None:
    token = replace(stamp(AT - 2 * _DAY), **fault)  # type: ignore[arg-type]
    verdict = judged(crls=(crl(AT - _DAY),), timestamps=(token,))
    assert outcome(verdict) == doubt(SubIndication.REVOKED_NO_POE)


def test_what_a_time_stamp_cures_does_not_hide_what_it_cannot_cure() -> None:
    security = (ReasonCode.PDF_MODIFIED,)
    tokens = (stamp(AT - 2 * _DAY),)
    verdict = judged(crls=(crl(AT - _DAY),), timestamps=tokens, security=security)
    assert outcome(verdict) == doubt(SubIndication.SIG_CONSTRAINTS_FAILURE)


def test_a_suspended_certificate_is_to_be_asked_for_again() -> None:
    lists = (crl(AT - _DAY, reason=x509.ReasonFlags.certificate_hold),)
    assert outcome(judged(crls=lists)) == doubt(SubIndication.TRY_LATER)


@pytest.mark.parametrize(
    "useless",
    [
        b"",
        b"\x30\x03\x02\x01",
        crl(AT - _DAY, issuer=authority("Ktoś inny")),
        crl(AT - _DAY, about=_TSA),
        crl(AT - _DAY, extension=x509.DeltaCRLIndicator(1)),
        crl(AT - _DAY, extension=x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"")),
    ],
)
def test_a_list_that_is_not_about_the_certificate_says_nothing_bad(useless: bytes) -> None:
    assert outcome(judged(crls=(useless,))) == _PASSED


def test_a_list_signed_with_another_key_than_the_issuer_has_is_not_used() -> None:
    forged = Issuer(p256(), _PKI.root.certificate)
    verdict = judged(crls=(crl(None, issuer=forged),))
    assert outcome(verdict)[0] is Indication.INDETERMINATE
    assert ReasonCode.REVOCATION_UNUSABLE in told(verdict)


def responder(*extensions: tuple[x509.ExtensionType, bool]) -> Issuer:
    key = p256()
    name = {NameOID.COMMON_NAME: "Odpowiada"}
    return Issuer(key, certify(key, name, _PKI.root, Terms(extensions=extensions)))


_DELEGATED = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False)
_NO_CHECK = (x509.OCSPNoCheck(), False)


@pytest.mark.parametrize("who", [_PKI.root, responder(_DELEGATED, _NO_CHECK)])
def test_the_issuer_or_its_delegate_may_answer(who: Issuer) -> None:
    assert outcome(judged(ocsps=(response(who),))) == doubt(SubIndication.REVOKED_NO_POE)


@pytest.mark.parametrize(
    "answer", [response(responder()), response(_PKI.root, about=_TSA), b"", b"\x30\x00"]
)
def test_nobody_else_answers_and_not_about_another(answer: bytes) -> None:
    verdict = judged(ocsps=(answer,))
    assert outcome(verdict) == _PASSED
    assert ReasonCode.REVOCATION_UNKNOWN in told(verdict)


def test_a_weak_algorithm_is_judged_at_the_best_signature_time() -> None:
    weak = (AlgorithmUse(Use.SIGNATURE, "sha1", Family.ECDSA, 256),)
    assert outcome(judged(algorithms=weak)) == doubt(
        SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE
    )


def test_a_certificate_that_expired_is_saved_by_an_older_time_stamp_and_a_list() -> None:
    terms = Terms(not_before=AT - 9 * _DAY, not_after=AT - timedelta(minutes=30))
    person = signer(natural_person("Jan", "Nowy", "44051401359"), _PKI.root, terms)
    certificate = certificate_of(person)
    assert outcome(judged(certificate=certificate, crls=(crl(None),))) == doubt(
        SubIndication.OUT_OF_BOUNDS_NOT_REVOKED
    )
    tokens = (stamp(AT - 2 * _DAY),)
    saved = judged(certificate=certificate, crls=(crl(None),), timestamps=tokens)
    assert outcome(saved) == _PASSED
    early = judged(certificate=certificate, timestamps=(stamp(AT - 20 * _DAY),))
    assert outcome(early)[0] is Indication.TOTAL_FAILED


def test_time_stamps_and_the_tree_of_conclusions_stand_in_the_report() -> None:
    evidence = replace(_BARE, crls=(crl(AT - _DAY),), timestamps=(stamp(AT - 2 * _DAY),))
    report = conclude_file(FileEvidence(signatures=(evidence,)), _PKI.trust, AT)
    (signature,) = report_data(report)["signatures"]
    (token,) = signature["timestamps"]
    assert (token["kind"], token["indication"]) == ("SIGNATURE", "PASSED")
    assert signature["conclusions"] is not None
    assert signature["conclusions"]["conclusion"] == "PASSED"
    assert signature["conclusions"]["children"]
