"""Receipts on record, and the public check of any receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import ReceiptCheck, check_receipt
from skrytka.core.signatures.stamping import with_timestamp
from skrytka.evidence.models import Receipt, ReceiptIntent, ReceiptTimestamp
from skrytka.evidence.queries.vetting import require_decodable
from skrytka.gateways.installed import installed
from skrytka.ledger.statements import Prepared, slot

INTENT_AND_RECEIPT = Prepared(
    lambda: ReceiptIntent.objects.filter(letter_id=slot("letter_id", ReceiptIntent)).values_list(
        "id", "receipt__pk"
    )
)


@dataclass(frozen=True)
class StoredReceipt:
    """A sealed receipt; `xml` is the evidence itself, with its time-stamp once there is one.

    `sha256` is of `xml`; `stamped_at` the time that the time-stamp says.
    """

    letter_id: UUID
    kind: ReceiptKind
    receipt_no: str
    sealed_at: datetime
    sha256: str
    xml: bytes
    stamped_at: datetime | None = None

    @property
    def size(self) -> int:
        return len(self.xml)


def is_receipt_stored(letter_id: UUID) -> bool:
    return Receipt.objects.filter(letter_id=letter_id).exists()


@dataclass(frozen=True)
class IntentView:
    """The intent of a receipt, and whether the receipt already stands on record."""

    id: UUID
    is_fulfilled: bool


def intent_of(letter_id: UUID) -> IntentView:
    """This will return the intent of a letter's receipt; there is one once the letter is judged."""
    intent_id, receipt_id = INTENT_AND_RECEIPT.get(letter_id=letter_id)
    return IntentView(intent_id, receipt_id is not None)


def receipt_of(letter_id: UUID) -> StoredReceipt | None:
    """This will return the letter's receipt, or None while it is being made."""
    row = Receipt.objects.select_related("timestamp").filter(letter_id=letter_id).first()
    return None if row is None else _stored(row)


def receipts_of(letter_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """This will return the receipt numbers of those letters that have one."""
    rows = Receipt.objects.filter(letter_id__in=list(letter_ids))
    return dict(rows.values_list("letter_id", "receipt_no"))


def unsealed_letters() -> int:
    """This will count intents that have no receipt yet; above zero for long means trouble."""
    return ReceiptIntent.objects.filter(receipt__isnull=True).count()


def check_public_receipt(
    receipt: bytes, documents: Mapping[str, bytes | str], *, at: datetime
) -> ReceiptCheck:
    """This will check any receipt with the verifier that sealing has to pass; nothing is stored.

    It is somebody's file: raises CannotDecode for one that nobody could get to the end of.
    """
    require_decodable(receipt, at=at)
    return check_receipt(receipt, documents, installed().seal_keys.trust(), at)


def _stored(row: Receipt) -> StoredReceipt:
    stamp: ReceiptTimestamp | None = getattr(row, "timestamp", None)
    sealed = bytes(row.xml)
    xml = sealed if stamp is None else with_timestamp(sealed, bytes(stamp.token))
    return StoredReceipt(
        letter_id=row.letter_id,
        kind=ReceiptKind(row.kind),
        receipt_no=row.receipt_no,
        sealed_at=row.sealed_at,
        sha256=row.sha256 if stamp is None else sha256(xml).hexdigest(),
        xml=xml,
        stamped_at=None if stamp is None else stamp.time,
    )
