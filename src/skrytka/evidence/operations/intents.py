"""The first arrow of the sealing protocol: which receipt will be made, over which facts."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import ReceiptKind, ReceiptNo
from skrytka.evidence.facts import ReceiptFacts
from skrytka.evidence.models import ReceiptCounter, ReceiptIntent
from skrytka.ledger.operations.counters import next_number
from skrytka.ledger.statements import append


@dataclass(frozen=True)
class IntendedReceipt:
    """What to make a receipt of; the number is given when the intent is recorded."""

    kind: ReceiptKind
    letter_id: UUID
    institution_id: int
    facts: ReceiptFacts


def record_intent(intended: IntendedReceipt, *, at: datetime) -> UUID:
    """This will fix the receipt's number and facts in the caller's transaction.

    One letter has one intent; a second one breaks the database's own rule (IntegrityError).
    """
    number = _next_number(intended.kind, civil_date(at).year)
    facts = replace(intended.facts, receipt_no=number.value)
    intent = ReceiptIntent(
        kind=intended.kind,
        letter_id=intended.letter_id,
        institution_id=intended.institution_id,
        receipt_no=number.value,
        facts=facts.to_json(),
        document_sha256=facts.document_sha256,
        recorded_at=at,
    )
    append(intent)
    return intent.id


def _next_number(kind: ReceiptKind, year: int) -> ReceiptNo:
    return ReceiptNo(kind, year, next_number(ReceiptCounter, kind=kind, year=year))
