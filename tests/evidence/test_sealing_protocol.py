"""Intent, bytes, comparison, seal, verification, record: in this order, once."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from skrytka.core.identifiers import ReceiptKind
from skrytka.core.receipts import Outcome, read_npp, read_upp
from skrytka.evidence.facts import ReceiptFacts
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations import (
    CannotSeal,
    SealFault,
    record_intent,
    seal_receipt,
    sealing,
    store_receipt,
)
from skrytka.evidence.queries import (
    IntentView,
    check_public_receipt,
    intent_of,
    is_receipt_stored,
    receipt_of,
    receipts_of,
    unsealed_letters,
)
from tests.world.evidence import AT, DOCUMENT, intended

pytestmark = pytest.mark.django_db


def test_a_receipt_verifies_for_anyone_who_holds_the_document() -> None:
    receipt = intended()
    sealed = seal_receipt(record_intent(receipt, at=AT), at=AT)
    check = check_public_receipt(sealed.xml, {"DOK-2026-0001": DOCUMENT}, at=AT)
    assert check.outcome is Outcome.VALID
    assert read_upp(sealed.xml).receipt_no == "ESP-UPP-2026-0000001"
    assert read_upp(sealed.xml).delivered_at == AT


def test_a_refusal_names_the_file_and_the_rule() -> None:
    refusal = intended(
        ReceiptKind.NPP, refusal_code="F-VIRUS", refused_file="cv.pdf", refusal_text="Wirus."
    )
    sealed = seal_receipt(record_intent(refusal, at=AT), at=AT)
    (cause,) = read_npp(sealed.xml).causes
    assert (cause.rule, cause.file_name, cause.text) == ("F-VIRUS", "cv.pdf", "Wirus.")
    assert check_public_receipt(sealed.xml, {}, at=AT).valid


def test_numbers_follow_each_other_within_kind_and_year() -> None:
    for _ in range(2):
        record_intent(intended(), at=AT)
    record_intent(intended(ReceiptKind.NPP, refusal_code="F-VIRUS", refusal_text="x"), at=AT)
    record_intent(intended(), at=AT + timedelta(days=60))
    numbers = list(
        ReceiptIntent.objects.order_by("receipt_no").values_list("receipt_no", flat=True)
    )
    assert numbers == [
        "ESP-NPP-2026-0000001",
        "ESP-UPP-2026-0000001",
        "ESP-UPP-2026-0000002",
        "ESP-UPP-2027-0000001",
    ]


def test_one_letter_has_one_intent() -> None:
    receipt = intended()
    record_intent(receipt, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        record_intent(receipt, at=AT)


def test_a_stored_receipt_is_found_by_its_letter() -> None:
    receipt = intended()
    intent_id = record_intent(receipt, at=AT)
    assert intent_of(receipt.letter_id) == IntentView(intent_id, is_fulfilled=False)
    assert (receipt_of(receipt.letter_id), unsealed_letters()) == (None, 1)
    store_receipt(seal_receipt(intent_id, at=AT), at=AT)
    stored = receipt_of(receipt.letter_id)
    assert stored is not None
    assert stored.size == len(stored.xml)
    assert is_receipt_stored(receipt.letter_id)
    assert receipts_of([receipt.letter_id]) == {receipt.letter_id: "ESP-UPP-2026-0000001"}
    assert unsealed_letters() == 0


def test_a_receipt_is_stored_once_and_never_changed() -> None:
    intent_id = record_intent(intended(), at=AT)
    sealed = seal_receipt(intent_id, at=AT)
    store_receipt(sealed, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        store_receipt(sealed, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.update(receipt_no="ESP-UPP-2026-9999999")
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReceiptIntent.objects.update(receipt_no="x")


def test_bytes_that_say_something_else_are_never_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    intent_id = record_intent(intended(), at=AT)
    honest = sealing.render_receipt

    def forged(kind: ReceiptKind, facts: ReceiptFacts, at: datetime) -> bytes:
        return honest(kind, facts, at).replace(b"Anna Kowalska", b"Anna Nowak")

    monkeypatch.setattr(sealing, "render_receipt", forged)
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent_id, at=AT)
    assert refused.value.reason is SealFault.READS_DIFFERENTLY


def test_broken_bytes_are_never_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    intent_id = record_intent(intended(), at=AT)
    monkeypatch.setattr(sealing, "render_receipt", lambda *_: b"<nic/>")
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent_id, at=AT)
    assert refused.value.reason is SealFault.READS_DIFFERENTLY


def test_a_receipt_that_does_not_verify_is_never_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    intent_id = record_intent(intended(), at=AT)
    honest = sealing.put_seal
    monkeypatch.setattr(
        sealing, "put_seal", lambda *given: honest(*given).replace(b"Kowalska", b"Kowalski")
    )
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent_id, at=AT)
    assert refused.value.reason is SealFault.DOES_NOT_VERIFY


def test_what_the_template_refuses_is_told_as_such() -> None:
    intent_id = record_intent(intended(document_no="#DOK"), at=AT)
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(intent_id, at=AT)
    assert refused.value.reason is SealFault.REFUSED
