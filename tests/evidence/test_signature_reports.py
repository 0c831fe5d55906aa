"""What the validation said is kept and read back in three outcomes."""

from uuid import uuid4

import pytest

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import SignatureKind
from skrytka.core.signatures.xades import validate_xades
from skrytka.evidence.operations import (
    JudgedFile,
    record_file_judgement,
    record_signature_report,
    sign_for_person,
)
from skrytka.evidence.queries import (
    Outcome,
    judgements_of,
    judgements_of_file,
    positions_judged,
    signature_report_of,
)
from skrytka.gateways.judging import Judgement
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


def test_a_word_on_a_file_is_kept_whatever_its_certificate_holds() -> None:
    letter_id = uuid4()
    report = report_data(validate_xades(DOCUMENT, detached={}, trust=TrustStore(), at=AT))
    report["reasons"] = [{"code": "X", "text": "Jan\x00 \\u0000"}]
    record_file_judgement(JudgedFile(letter_id, 0, SHA256, "run"), Judgement(report), at=AT)
    (kept,) = judgements_of(letter_id).values()
    assert "\x00" not in str(kept.report)
    assert "Jan\ufffd" in str(kept.report)


def test_a_run_has_one_word_on_a_file() -> None:
    letter_id = uuid4()
    report = report_data(validate_xades(DOCUMENT, detached={}, trust=TrustStore(), at=AT))
    for run in ("first", "first", "second"):
        record_file_judgement(JudgedFile(letter_id, 0, SHA256, run), Judgement(report), at=AT)
    assert len(judgements_of_file(letter_id, 0)) == 2
    assert positions_judged("first") == {0}
