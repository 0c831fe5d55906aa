"""The report of a validation, kept as evidence."""

from datetime import datetime
from uuid import UUID

from skrytka.core.signatures.report import report_data
from skrytka.core.signatures.verdict import SignatureKind, ValidationReport
from skrytka.evidence.models import SignatureReport
from skrytka.ledger.statements import append


def record_signature_report(
    letter_id: UUID, document_sha256: str, report: ValidationReport, *, at: datetime
) -> None:
    """This will keep what the validation said, in the caller's transaction."""
    kinds = [verdict.kind for verdict in report.signatures]
    kept = SignatureReport(
        letter_id=letter_id,
        document_sha256=document_sha256,
        at=at,
        indication=report.indication,
        kind=kinds[0] if kinds else SignatureKind.UNKNOWN,
        report=report_data(report),
    )
    append(kept)
