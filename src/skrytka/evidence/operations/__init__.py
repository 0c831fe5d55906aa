"""Making evidence: intents, seals, trusted signatures and reports."""

from skrytka.evidence.operations.institution_seal import seal_for_institution
from skrytka.evidence.operations.intents import IntendedReceipt, record_intent
from skrytka.evidence.operations.reports import record_signature_report
from skrytka.evidence.operations.sealing import SealedReceipt, seal_receipt, store_receipt
from skrytka.evidence.operations.seals import CannotSeal, SealFault
from skrytka.evidence.operations.trusted_signature import sign_for_person

__all__ = [
    "CannotSeal",
    "IntendedReceipt",
    "SealFault",
    "SealedReceipt",
    "record_intent",
    "record_signature_report",
    "seal_for_institution",
    "seal_receipt",
    "sign_for_person",
    "store_receipt",
]
