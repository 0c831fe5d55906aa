"""Automatic UPDs, many at once: the night on which many terms end.

The protocol is that of every receipt (see `sealing`), held for a batch in one transaction: either
all of them stand with their intents, or none does. The writer and the seal's template are proved
(the template once a day, the writer by the tests of every receipt); so of a batch the first and the
last are read back and put before the public verifier, not each. An intent whose receipt stands by
the same transaction has nothing to resume: its facts stay where they are, in the receipt, and it
bears the id of its letter. Why: docs/adr/0012.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import SealTemplate
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations.rendering import render
from skrytka.evidence.operations.sealing import require_reads_back, require_verifies
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.evidence.operations.time_stamps import ask_for_time_stamps
from skrytka.gateways.seal import SealPurpose
from skrytka.ledger.bulk import Values, append_rows

COMMON = ("kind", "letter_id", "institution_id", "receipt_no")
INTENT = ("id", *COMMON, "facts", "document_sha256", "recorded_at")
RECEIPT = ("intent", *COMMON, "xml", "sha256", "sealed_at")


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
    intents: list[Values] = []
    receipts: list[Values] = []
    for each in lapsed:
        is_checked = each is lapsed[0] or each is lapsed[-1]
        sealed = _sealed(template, each.facts, at, is_checked=is_checked)
        common = (_KIND, each.letter_id, each.institution_id, each.facts.receipt_no)
        intents.append((each.letter_id, *common, {}, each.facts.document_sha256, at))
        digest = hashlib.sha256(sealed).hexdigest()
        receipts.append((each.letter_id, *common, sealed, digest, at))
    append_rows(ReceiptIntent, INTENT, intents)
    append_rows(Receipt, RECEIPT, receipts)
    ask_for_time_stamps([each.letter_id for each in lapsed], at=at)


_KIND = ReceiptKind.UPD.value


def _sealed(
    template: SealTemplate, facts: DeliveryFacts, at: datetime, *, is_checked: bool
) -> bytes:
    rendered = render(ReceiptKind.UPD, facts, at)
    try:
        sealed = template.seal(rendered, signing_time=at, references=(), role=None)
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error
    if is_checked:
        require_reads_back(ReceiptKind.UPD, facts, rendered, at)
        require_verifies(facts, sealed, at)
    return sealed
