"""The validation of a letter's signature in the three outcomes that a printout has to name.

Source: instrukcja kancelaryjna § 21: „ważny / nieważny / brak możliwości weryfikacji”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from skrytka.core.signatures.words import Indication, SignatureKind
from skrytka.evidence.facts import JsonValue
from skrytka.evidence.models import SignatureReport
from skrytka.ledger.statements import Prepared, slot

NEWEST_REPORT = Prepared(
    lambda: SignatureReport.objects.filter(letter_id=slot("letter_id", SignatureReport)).order_by(
        "-id"
    )[:1]
)


class Outcome(StrEnum):
    """What a clerk reads; NONE stands for a letter sent without a signature."""

    VALID = "VALID"
    INVALID = "INVALID"
    UNKNOWN = "UNKNOWN"
    NONE = "NONE"


OUTCOMES = {
    Indication.TOTAL_PASSED: Outcome.VALID,
    Indication.TOTAL_FAILED: Outcome.INVALID,
    Indication.INDETERMINATE: Outcome.UNKNOWN,
}


@dataclass(frozen=True)
class StoredReport:
    """A kept report: the outcome, whose signature by its own word, and the full JSON."""

    at: datetime
    outcome: Outcome
    kind: SignatureKind
    document_sha256: str
    report: Mapping[str, JsonValue]


def signature_report_of(letter_id: UUID) -> StoredReport | None:
    """This will return the newest report on the letter's document; None when it was not signed."""
    row = NEWEST_REPORT.first(letter_id=letter_id)
    if row is None:
        return None
    return StoredReport(
        at=row.at,
        outcome=OUTCOMES[Indication(row.indication)],
        kind=SignatureKind(row.kind),
        document_sha256=row.document_sha256,
        report=row.report,
    )
