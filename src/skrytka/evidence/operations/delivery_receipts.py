"""The UPD that an addressee signs: made and perhaps sealed by the office, signed, stored once.

The office makes the UPD, the party signs it, and only then reads the letter (KPA art. 46 sections 3
and 4 of 2014). The UPD that the system makes when nobody collects goes the way of all other
receipts instead: `operations.sealing`.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from skrytka.core.documents.xml import parse_xml
from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import (
    DeliveryWay,
    Outcome,
    ReceiptCheck,
    UpdFacts,
    check_receipt,
)
from skrytka.core.signatures.content import same_but_signed
from skrytka.core.signatures.names import SIGNATURE
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.sealing import CannotSeal as CannotFillTemplate
from skrytka.core.signatures.sealing import SealShape
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication, SubIndication
from skrytka.evidence.delivery_facts import DeliveryFacts
from skrytka.evidence.operations.intents import IntendedReceipt, record_intent
from skrytka.evidence.operations.rendering import reads_back
from skrytka.evidence.operations.sealing import (
    SealedReceipt,
    render_receipt,
    require_reads_back,
    store_receipt,
)
from skrytka.evidence.operations.seals import CannotSeal, SealFault, seal_template
from skrytka.evidence.queries.vetting import require_decodable, validate_here
from skrytka.gateways.installed import installed
from skrytka.gateways.seal import SealPurpose

# A signed UPD holds the UPD and a few certificates; the public check reads as much and no more.
LARGEST_SIGNED_UPD = 2_000_000


class UpdFault(StrEnum):
    """Why a signed UPD is not taken. S-… are the codes of the error catalogue."""

    NOT_SIGNED = "NOT_SIGNED"
    BROKEN = "S-BAD"
    OTHER_CONTENT = "OTHER_CONTENT"
    NOT_INSIDE = "NOT_INSIDE"
    CERTIFICATE_EXPIRED = "S-CERT"
    NOT_A_PERSON = "NOT_A_PERSON"
    TOO_LARGE = "TOO_LARGE"


class CannotTakeUpd(Exception):
    """The UPD stays unsigned; `report` says what the verifier saw, where it was asked."""

    def __init__(self, reason: UpdFault, report: ValidationReport | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.report = report


def upd_to_sign(facts: DeliveryFacts, *, with_office: bool, at: datetime) -> bytes:
    """This will make the UPD that the addressee is to sign, under the office's seal when asked.

    The seal covers the UPD less all signatures, so that the addressee's comes beside it and breaks
    nothing. Raises CannotSeal.
    """
    if facts.way is not DeliveryWay.COLLECTED:
        raise CannotSeal(SealFault.READS_DIFFERENTLY, facts.receipt_no)
    upd = render_receipt(ReceiptKind.UPD, facts, at)
    require_reads_back(ReceiptKind.UPD, facts, upd, at)
    return _signed_beside(upd, SealPurpose.RECEIPT, None, at) if with_office else bytes(upd)


def sign_upd_for_person(upd: bytes, person: ClaimedPerson, *, at: datetime) -> bytes:
    """This will put the person's trusted signature on the UPD that was handed out.

    What comes out is a valid UPD of a collected letter by the public verifier. Raises CannotSeal.
    """
    signed = _signed_beside(upd, SealPurpose.TRUSTED_PROFILE, person, at)
    check = _check(signed, at)
    if not check.valid:  # a person's signature makes no other receipt valid than a collected UPD
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, check.outcome)
    return signed


def check_upd_signed_elsewhere(upd: bytes, signed: bytes, *, at: datetime) -> ReceiptCheck:
    """This will judge the UPD that came back with a signature made elsewhere: XAdES, enveloped.

    It must be the UPD that was handed out, with the seal of the office where that was on it, and
    one person's intact signature inside. An issuer unknown here is no refusal: the clerk reads
    „brak możliwości weryfikacji”. Raises CannotTakeUpd with the report, CannotDecode where the
    verifier came to no end.
    """
    if len(signed) > LARGEST_SIGNED_UPD:
        raise CannotTakeUpd(UpdFault.TOO_LARGE)
    require_decodable(signed, at=at)
    report = validate_here(signed, at=at)
    fault = _fault(upd, signed, report)
    if fault is not None:
        raise CannotTakeUpd(fault, report)
    check = _check(signed, at)
    if check.outcome is Outcome.INVALID:
        raise CannotTakeUpd(UpdFault.NOT_A_PERSON, report)
    return check


def store_signed_upd(
    letter_id: UUID, institution_id: int, facts: DeliveryFacts, signed: bytes, *, at: datetime
) -> None:
    """This will put intent and UPD on record, in the caller's transaction.

    One letter has one receipt: a second one is an IntegrityError. What does not say these facts, or
    is proved false, is never stored: raises CannotSeal.
    """
    check = _check(signed, at)
    said = check.facts
    if not isinstance(said, UpdFacts) or not reads_back(
        ReceiptKind.UPD, facts, signed, said.produced_at
    ):
        raise CannotSeal(SealFault.READS_DIFFERENTLY, facts.receipt_no)
    if check.outcome is Outcome.INVALID:
        raise CannotSeal(SealFault.DOES_NOT_VERIFY, facts.receipt_no)
    intended = IntendedReceipt(ReceiptKind.UPD, letter_id, institution_id, facts)
    receipt = SealedReceipt(
        intent_id=record_intent(intended, at=at),
        kind=ReceiptKind.UPD,
        letter_id=letter_id,
        institution_id=institution_id,
        receipt_no=said.receipt_no,
        xml=signed,
        sha256=hashlib.sha256(signed).hexdigest(),
    )
    store_receipt(receipt, at=at)


def _signed_beside(
    upd: bytes, purpose: SealPurpose, person: ClaimedPerson | None, at: datetime
) -> bytes:
    template = seal_template(purpose, at, SealShape.SHARED_RECEIPT)
    try:
        return template.seal_beside(upd, signing_time=at, role=person)
    except CannotFillTemplate as error:
        raise CannotSeal(SealFault.REFUSED, error.fault) from error


def _check(upd: bytes, at: datetime) -> ReceiptCheck:
    return check_receipt(upd, {}, installed().seal_keys.trust(), at)


def _fault(upd: bytes, signed: bytes, report: ValidationReport) -> UpdFault | None:
    """The first of the faults that a person can do something about."""
    if not report.signatures:
        return UpdFault.NOT_SIGNED
    if parse_xml(signed).tag == SIGNATURE:
        return UpdFault.NOT_INSIDE
    if len(report.signatures) <= _signatures_on(upd):
        return UpdFault.NOT_SIGNED
    if report.indication is Indication.TOTAL_FAILED:
        return UpdFault.BROKEN
    if not same_but_signed(upd, signed, report):
        return UpdFault.OTHER_CONTENT
    expired = report.sub_indication is SubIndication.OUT_OF_BOUNDS_NO_POE
    return UpdFault.CERTIFICATE_EXPIRED if expired else None


def _signatures_on(upd: bytes) -> int:
    return sum(1 for _ in parse_xml(upd).iterchildren(SIGNATURE))
