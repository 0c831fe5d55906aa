"""The UPD that the system makes goes the way of all receipts; its number is given at dispatch."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import DeliveryWay, Outcome, read_upd
from skrytka.evidence.models import ReceiptCounter
from skrytka.evidence.operations import (
    CannotSeal,
    SealFault,
    record_intent,
    reserve_upd_no,
    seal_receipt,
    store_receipt,
)
from skrytka.evidence.queries import check_public_receipt, receipt_of
from tests.world.evidence import AT, DOCUMENT, intended, intended_delivery

pytestmark = pytest.mark.django_db
AUTOMATIC = [DeliveryWay.DEEMED, DeliveryWay.REFUSED]


@pytest.mark.parametrize("way", AUTOMATIC)
def test_it_verifies_for_anyone_who_holds_the_document(way: DeliveryWay) -> None:
    sealed = seal_receipt(record_intent(intended_delivery(way), at=AT), at=AT)
    check = check_public_receipt(sealed.xml, {"pismo.xml": DOCUMENT}, at=AT)
    assert check.outcome is Outcome.VALID
    assert (check.way, check.signer) == (way, None)
    assert sealed.receipt_no == read_upd(sealed.xml).receipt_no == "ESP-UPD-2026-0000001"
    assert read_upd(sealed.xml).issuer.name == "Centrum Usług Wspólnych w Cieszynie"
    assert b"Ref-Dokument" not in sealed.xml


@pytest.mark.parametrize("way", AUTOMATIC)
def test_it_is_stored_once(way: DeliveryWay) -> None:
    receipt = intended_delivery(way)
    sealed = seal_receipt(record_intent(receipt, at=AT), at=AT)
    store_receipt(sealed, at=AT)
    stored = receipt_of(receipt.letter_id)
    assert stored is not None
    assert stored.kind is ReceiptKind.UPD
    with pytest.raises(IntegrityError), transaction.atomic():
        store_receipt(sealed, at=AT)


def test_numbers_are_reserved_and_not_counted_again() -> None:
    first, second = reserve_upd_no(at=AT), reserve_upd_no(at=AT)
    assert [first, second] == ["ESP-UPD-2026-0000001", "ESP-UPD-2026-0000002"]
    assert reserve_upd_no(at=AT + timedelta(days=60)) == "ESP-UPD-2027-0000001"
    late = AT + timedelta(days=90)
    intent = record_intent(intended_delivery(DeliveryWay.DEEMED, receipt_no=first), at=late)
    assert seal_receipt(intent, at=late).receipt_no == first
    assert set(ReceiptCounter.objects.values_list("kind", "year", "last")) == {
        ("UPD", 2026, 2),
        ("UPD", 2027, 1),
    }
    record_intent(intended(), at=AT)
    assert reserve_upd_no(at=AT) == "ESP-UPD-2026-0000003"


def test_one_number_serves_one_delivery() -> None:
    number = reserve_upd_no(at=AT)
    record_intent(intended_delivery(DeliveryWay.DEEMED, receipt_no=number), at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        record_intent(intended_delivery(DeliveryWay.DEEMED, receipt_no=number), at=AT)


def test_the_system_never_seals_that_somebody_collected() -> None:
    intent = record_intent(intended_delivery(DeliveryWay.COLLECTED), at=AT)
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY


def test_a_document_other_than_the_stated_one_is_never_sealed() -> None:
    intent = record_intent(intended_delivery(DeliveryWay.DEEMED, document_sha256="b" * 64), at=AT)
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY
