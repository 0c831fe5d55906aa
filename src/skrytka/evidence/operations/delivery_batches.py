"""Automatic UPDs, many at once: the night on which many terms end.

The protocol is that of every receipt (see `sealing`), held for a batch in one transaction: either
all of them stand with their intents, or none does. The writer and the seal's template are proved
(the template once a day, the writer by the tests of every receipt); so of a batch the first one and
every fiftieth are read back and put before the public verifier, not each. Why: docs/adr/0011.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations.rendering import render
from skrytka.evidence.operations.sealing import require_reads_back, require_verifies
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.gateways.seal import SealPurpose
from skrytka.ledger.statements import append_all

CHECKED = 50


@dataclass(frozen=True)
class LapsedDelivery:
    """A letter whose term has lapsed, with what its UPD will say."""

    letter_id: UUID
    institution_id: int
    facts: DeliveryFacts


def seal_lapsed(lapsed: Sequence[LapsedDelivery], *, at: datetime) -> None:
    """This will seal and store an automatic UPD for each, in the caller's transaction.

    Raises CannotSeal, and IntegrityError where a letter has its UPD already: then none is stored.
    """
    template = seal_template(SealPurpose.RECEIPT, at)
    intents, receipts = [], []
    for number, each in enumerate(lapsed):
        rendered = render(ReceiptKind.UPD, each.facts, at)
        try:
            sealed = template.seal(rendered, signing_time=at, references=(), role=None)
        except CannotFillTemplate as error:
            raise CannotSeal(SealFault.REFUSED, error.fault) from error
        if number % CHECKED == 0:
            require_reads_back(ReceiptKind.UPD, each.facts, rendered, at)
            require_verifies(each.facts, sealed, at)
        intent = _intent(each, at)
        intents.append(intent)
        receipts.append(_receipt(intent, sealed, at))
    append_all(intents)
    append_all(receipts)


def _intent(lapsed: LapsedDelivery, at: datetime) -> ReceiptIntent:
    return ReceiptIntent(
        id=uuid4(),
        kind=ReceiptKind.UPD,
        letter_id=lapsed.letter_id,
        institution_id=lapsed.institution_id,
        receipt_no=lapsed.facts.receipt_no,
        facts=lapsed.facts.to_json(),
        document_sha256=lapsed.facts.document_sha256,
        recorded_at=at,
    )


def _receipt(intent: ReceiptIntent, sealed: bytes, at: datetime) -> Receipt:
    return Receipt(
        intent_id=intent.id,
        kind=intent.kind,
        letter_id=intent.letter_id,
        institution_id=intent.institution_id,
        receipt_no=intent.receipt_no,
        xml=sealed,
        sha256=hashlib.sha256(sealed).hexdigest(),
        sealed_at=at,
    )
