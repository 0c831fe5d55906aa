"""What the validation said is kept and read back in three outcomes."""

from uuid import uuid4

import pytest

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import SignatureKind, ValidationReport
from skrytka.core.signatures.xades import validate_xades
from skrytka.evidence.operations import record_signature_report, sign_for_person
from skrytka.evidence.queries import Outcome, signature_report_of
from tests.world.evidence import AT, DOCUMENT, SHA256

pytestmark = pytest.mark.django_db
ANNA = ClaimedPerson("Anna", "Kowalska", "44051401359", "akowalska")


def outcome_kept(report: ValidationReport) -> tuple[Outcome, SignatureKind]:
    letter_id = uuid4()
    record_signature_report(letter_id, SHA256, report, at=AT)
    kept = signature_report_of(letter_id)
    assert kept is not None
    assert (kept.document_sha256, kept.at) == (SHA256, AT)
    assert kept.report["indication"] == report.indication
    return kept.outcome, kept.kind


def test_a_valid_signature() -> None:
    _, report = sign_for_person(DOCUMENT, ANNA, at=AT)
    assert outcome_kept(report) == (Outcome.VALID, SignatureKind.TRUSTED)


def test_a_broken_signature() -> None:
    signed, _ = sign_for_person(DOCUMENT, ANNA, at=AT)
    broken = signed.replace("Proszę".encode(), b"Prosimy")
    report = validate_xades(broken, detached={}, trust=TrustStore(), at=AT)
    assert outcome_kept(report)[0] is Outcome.INVALID


def test_a_signature_of_an_unknown_issuer() -> None:
    signed, _ = sign_for_person(DOCUMENT, ANNA, at=AT)
    report = validate_xades(signed, detached={}, trust=TrustStore(), at=AT)
    assert outcome_kept(report)[0] is Outcome.UNKNOWN


def test_a_document_with_no_signature_in_it() -> None:
    report = validate_xades(DOCUMENT, detached={}, trust=TrustStore(), at=AT)
    assert outcome_kept(report)[1] is SignatureKind.UNKNOWN


def test_no_report_where_nothing_was_signed() -> None:
    assert signature_report_of(uuid4()) is None
