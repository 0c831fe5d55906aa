"""Official receipts: facts to bytes, bytes to facts, and the public check of both."""

from skrytka.core.receipts.check import (
    Outcome,
    ReceiptCheck,
    SealedKind,
    check_receipt,
)
from skrytka.core.receipts.documents import DocumentCheck, DocumentState
from skrytka.core.receipts.facts import (
    WAY_WORDS,
    DeliveryWay,
    Information,
    InformationKind,
    NppFacts,
    ReceiptAttachment,
    ReceiptParty,
    ReceiptUnreadable,
    ReceiptUnwritable,
    RefusalCause,
    SealedFacts,
    UnreadableReason,
    UpdFacts,
    UppFacts,
    day_in,
    instant_in,
)
from skrytka.core.receipts.findings import CheckCode, CheckReason
from skrytka.core.receipts.npp import read_npp, render_npp
from skrytka.core.receipts.upd import read_upd, render_upd
from skrytka.core.receipts.upp import read_upp, render_upp

__all__ = [
    "WAY_WORDS",
    "CheckCode",
    "CheckReason",
    "DeliveryWay",
    "DocumentCheck",
    "DocumentState",
    "Information",
    "InformationKind",
    "NppFacts",
    "Outcome",
    "ReceiptAttachment",
    "ReceiptCheck",
    "ReceiptParty",
    "ReceiptUnreadable",
    "ReceiptUnwritable",
    "RefusalCause",
    "SealedFacts",
    "SealedKind",
    "UnreadableReason",
    "UpdFacts",
    "UppFacts",
    "check_receipt",
    "day_in",
    "instant_in",
    "read_npp",
    "read_upd",
    "read_upp",
    "render_npp",
    "render_upd",
    "render_upp",
]
