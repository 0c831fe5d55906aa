"""The sealing protocol.

    record intent -> render bytes -> parse back and compare with the facts -> seal
    -> verify with the public verifier -> store once -> only now show it

Every arrow may be cut by a crash: the intent stands, nothing later does, and the next run walks the
same way from the intent. A receipt that does not pass the verifier citizens use is never stored.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import check_receipt
from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import DetachedReference
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.facts import JsonValue, ReceiptFacts
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations.intents import IntendedFacts
from skrytka.evidence.operations.rendering import reads_back, render
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.evidence.operations.time_stamps import ask_for_time_stamps
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealPurpose
from skrytka.ledger.statements import Prepared, append, slot

INTENT = Prepared(lambda: ReceiptIntent.objects.filter(id=slot("id", ReceiptIntent)))


@dataclass(frozen=True)
class SealedReceipt:
    """A receipt that passed the public verifier and is not on record yet."""

    intent_id: UUID
    kind: ReceiptKind
    letter_id: UUID
    institution_id: int
    receipt_no: str
    xml: bytes
    sha256: str


def seal_receipt(intent_id: UUID, *, at: datetime) -> SealedReceipt:
    """This will make the receipt that was intended, up to the last arrow before storing it.

    Raises CannotSeal; the intent stays as it is and the next call starts anew.
    """
    intent = INTENT.get(id=intent_id)
    kind = ReceiptKind(intent.kind)
    facts = kept_facts(kind, intent.facts)
    rendered = render_receipt(kind, facts, at)
    require_reads_back(kind, facts, rendered, at)
    sealed = put_seal(facts, rendered, at)
    require_verifies(facts, sealed, at)
    return SealedReceipt(
        intent_id=intent.id,
        kind=kind,
        letter_id=intent.letter_id,
        institution_id=intent.institution_id,
        receipt_no=intent.receipt_no,
        xml=sealed,
        sha256=hashlib.sha256(sealed).hexdigest(),
    )


def kept_facts(kind: ReceiptKind, kept: Mapping[str, JsonValue]) -> IntendedFacts:
    """This will read the facts of an intent: an UPD has facts of its own."""
    if kind is ReceiptKind.UPD:
        return DeliveryFacts.from_json(kept)
    return ReceiptFacts.from_json(kept)


def render_receipt(kind: ReceiptKind, facts: IntendedFacts, at: datetime) -> bytes:
    """Second arrow: facts to bytes."""
    return render(kind, facts, at)


def require_reads_back(kind: ReceiptKind, facts: IntendedFacts, xml: bytes, at: datetime) -> None:
    """Third arrow: the bytes must say the very facts. Raises CannotSeal."""
    if not reads_back(kind, facts, xml, at):
        raise CannotSeal(SealFault.READS_DIFFERENTLY, facts.receipt_no)


def put_seal(facts: IntendedFacts, xml: bytes, at: datetime) -> bytes:
    """Fourth arrow: the seal over the receipt and over the raw bytes of the document.

    The seal of an UPD covers the receipt alone, which states the digest of the document.
    """
    document = DetachedReference("Ref-Dokument", facts.document_no, facts.document_sha256)
    references = () if isinstance(facts, DeliveryFacts) else (document,)
    try:
        return seal_template(SealPurpose.RECEIPT, at).seal(
            xml, signing_time=at, references=references, role=None
        )
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error


def require_verifies(facts: IntendedFacts, sealed: bytes, at: datetime) -> None:
    """Fifth arrow: the verifier that citizens use must accept it. Raises CannotSeal."""
    trust = installed().seal_keys.trust()
    digests = {facts.document_no: facts.document_sha256}
    check = check_receipt(sealed, digests, trust, at)
    if not check.valid:
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, facts.receipt_no)


def store_receipt(sealed: SealedReceipt, *, at: datetime) -> None:
    """Sixth arrow: store once, in the caller's transaction; a second one is an IntegrityError."""
    receipt = Receipt(
        intent_id=sealed.intent_id,
        kind=sealed.kind,
        letter_id=sealed.letter_id,
        institution_id=sealed.institution_id,
        receipt_no=sealed.receipt_no,
        xml=sealed.xml,
        sha256=sealed.sha256,
        sealed_at=at,
    )
    append(receipt)
    ask_for_time_stamps((sealed.letter_id,), at=at)
