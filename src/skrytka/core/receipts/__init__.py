"""Official receipts: facts to bytes, bytes to facts, and the public check of both."""

from skrytka.core.receipts.check import (
    CheckCode,
    CheckReason,
    Outcome,
    ReceiptCheck,
    SealedKind,
    check_receipt,
)
from skrytka.core.receipts.documents import DocumentCheck, DocumentState
from skrytka.core.receipts.facts import (
    Information,
    InformationKind,
    NppFacts,
    ReceiptAttachment,
    ReceiptParty,
    ReceiptUnreadable,
    ReceiptUnwritable,
    RefusalCause,
    UnreadableReason,
    UppFacts,
)
from skrytka.core.receipts.npp import read_npp, render_npp
from skrytka.core.receipts.upp import read_upp, render_upp

__all__ = [
    "CheckCode",
    "CheckReason",
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
    "SealedKind",
    "UnreadableReason",
    "UppFacts",
    "check_receipt",
    "read_npp",
    "read_upp",
    "render_npp",
    "render_upp",
]
