"""Making evidence: intents, seals, trusted signatures and reports."""

from skrytka.evidence.operations.delivery_receipts import (
    CannotTakeUpd,
    UpdFault,
    check_upd_signed_elsewhere,
    sign_upd_for_person,
    store_signed_upd,
    upd_to_sign,
)
from skrytka.evidence.operations.institution_seal import seal_for_institution
from skrytka.evidence.operations.intents import IntendedReceipt, record_intent, reserve_upd_no
from skrytka.evidence.operations.reports import (
    JudgedFile,
    record_file_judgement,
    record_signature_report,
)
from skrytka.evidence.operations.sealing import SealedReceipt, seal_receipt, store_receipt
from skrytka.evidence.operations.seals import CannotSeal, SealFault
from skrytka.evidence.operations.time_stamps import stamp_receipt
from skrytka.evidence.operations.trusted_signature import sign_for_person

__all__ = [
    "CannotSeal",
    "CannotTakeUpd",
    "IntendedReceipt",
    "JudgedFile",
    "SealFault",
    "SealedReceipt",
    "UpdFault",
    "check_upd_signed_elsewhere",
    "record_file_judgement",
    "record_intent",
    "record_signature_report",
    "reserve_upd_no",
    "seal_for_institution",
    "seal_receipt",
    "sign_for_person",
    "sign_upd_for_person",
    "stamp_receipt",
    "store_receipt",
    "store_signed_upd",
    "upd_to_sign",
]
