"""What evidence there is, and what the public verifier says of what anyone brings."""

from skrytka.evidence.queries.judgements import (
    KeptJudgement,
    judgements_of,
    judgements_of_file,
    positions_judged,
)
from skrytka.evidence.queries.receipts import (
    IntentView,
    StoredReceipt,
    check_public_receipt,
    intent_of,
    is_receipt_stored,
    receipt_of,
    receipts_of,
    unsealed_letters,
)
from skrytka.evidence.queries.reports import Outcome, StoredReport, signature_report_of
from skrytka.evidence.queries.vetting import CannotDecode, require_decodable, validate_here

__all__ = [
    "CannotDecode",
    "IntentView",
    "KeptJudgement",
    "Outcome",
    "StoredReceipt",
    "StoredReport",
    "check_public_receipt",
    "intent_of",
    "is_receipt_stored",
    "judgements_of",
    "judgements_of_file",
    "positions_judged",
    "receipt_of",
    "receipts_of",
    "require_decodable",
    "signature_report_of",
    "unsealed_letters",
    "validate_here",
]
