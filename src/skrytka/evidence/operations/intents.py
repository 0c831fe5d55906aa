"""The first arrow of the sealing protocol: which receipt will be made, over which facts."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from skrytka.core.calendar import civil_date
from skrytka.core.identifiers import ReceiptKind, ReceiptNo
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import ReceiptFacts
from skrytka.evidence.models import ReceiptCounter, ReceiptIntent
from skrytka.ledger.operations.counters import next_number
from skrytka.ledger.statements import append

IntendedFacts = ReceiptFacts | DeliveryFacts


@dataclass(frozen=True)
class IntendedReceipt:
    """What to make a receipt of; facts without a number are given one with the intent."""

    kind: ReceiptKind
    letter_id: UUID
    institution_id: int
    facts: IntendedFacts


def record_intent(intended: IntendedReceipt, *, at: datetime) -> UUID:
    """This will fix the receipt's number and facts in the caller's transaction.

    One letter has one intent; a second one breaks the database's own rule (IntegrityError).
    """
    facts = intended.facts
    if not facts.receipt_no:
        facts = replace(facts, receipt_no=_next_number(intended.kind, at))
    intent = ReceiptIntent(
        kind=intended.kind,
        letter_id=intended.letter_id,
        institution_id=intended.institution_id,
        receipt_no=facts.receipt_no,
        facts=facts.to_json(),
        document_sha256=facts.document_sha256,
        recorded_at=at,
    )
    append(intent)
    return intent.id


def reserve_upd_no(*, at: datetime) -> str:
    """This will give the number of an UPD in the caller's transaction, before its facts are known.

    A letter is sent with the number of the receipt that will tell of its delivery.
    """
    return _next_number(ReceiptKind.UPD, at)


def _next_number(kind: ReceiptKind, at: datetime) -> str:
    year = civil_date(at).year
    return ReceiptNo(kind, year, next_number(ReceiptCounter, kind=kind, year=year)).value
