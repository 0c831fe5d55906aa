"""Receipts gain a time-stamp from a real authority, later, and nothing waits for it."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from skrytka.config.clock import now
from skrytka.config.effects import drain
from skrytka.core.signatures.words import Indication, SignatureLevel
from skrytka.core.signatures.xades import validate_xades
from skrytka.evidence.models import ReceiptTimestamp
from skrytka.evidence.operations import (
    record_intent,
    seal_receipt,
    stamp_receipt,
    store_receipt,
)
from skrytka.evidence.queries import StoredReceipt, check_public_receipt, receipt_of
from skrytka.gateways.installed import install, installed
from skrytka.gateways.time_stamping import HttpTimeStamper, NoTimestampError
from skrytka.ledger.models import OutboxRow, OutboxState
from tests.world.evidence import DOCUMENT, intended
from tests.world.tsa import Authority, running_authority, stamping_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> Iterator[Authority]:
    before = installed()
    with running_authority() as running:
        install(replace(before, time_stamper=HttpTimeStamper((running.address,))))
        yield running
    install(before)


def receipt() -> UUID:
    at = now()
    intent = record_intent(intended(), at=at)
    sealed = seal_receipt(intent, at=at)
    store_receipt(sealed, at=at)
    return sealed.letter_id


def stored(letter_id: UUID) -> StoredReceipt:
    found = receipt_of(letter_id)
    assert found is not None
    return found


def asked() -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(effect="STAMP_RECEIPTS"))


def overdue() -> None:
    OutboxRow.objects.update(due_at=now())


def test_without_an_authority_nothing_is_asked_for() -> None:
    receipt()
    assert asked() == []


def test_a_receipt_is_shown_at_once_and_stamped_by_the_worker(authority: Authority) -> None:
    letter_id = receipt()
    before = stored(letter_id)
    assert (before.stamped_at, authority.asked) == (None, 0)
    overdue()
    drain("tests")
    after = stored(letter_id)
    assert after.stamped_at is not None
    assert len(after.xml) > len(before.xml)
    assert after.sha256 != before.sha256
    assert [row.state for row in asked()] == [OutboxState.DONE]


def test_the_stamped_receipt_is_one_level_higher_and_passes_the_public_check(
    authority: Authority,
) -> None:
    letter_id = receipt()
    stamp_receipt(letter_id, at=now())
    xml = stored(letter_id).xml
    assert check_public_receipt(xml, {}, at=now()).valid
    number = "DOK-2026-0001"
    trust = installed().seal_keys.trust()
    report = validate_xades(xml, detached={number: DOCUMENT}, trust=trust, at=now())
    assert report.indication is Indication.TOTAL_PASSED
    assert report.signatures[0].level is SignatureLevel.B_T
    assert authority.asked == 1


def test_stamping_again_asks_nobody(authority: Authority) -> None:
    letter_id = receipt()
    for _ in range(2):
        stamp_receipt(letter_id, at=now())
    assert authority.asked == 1
    assert ReceiptTimestamp.objects.count() == 1


def test_an_authority_that_fails_holds_up_nothing_and_is_asked_later(authority: Authority) -> None:
    authority.fault = "error"
    letter_id = receipt()
    with pytest.raises(NoTimestampError):
        stamp_receipt(letter_id, at=now())
    overdue()
    drain("tests")
    (row,) = asked()
    assert (row.state, "NoTimestampError" in row.last_error) == (OutboxState.PENDING, True)
    assert stored(letter_id).stamped_at is None
    authority.fault = ""
    install(replace(installed(), time_stamper=HttpTimeStamper((authority.address,))))
    overdue()
    drain("tests")
    assert stored(letter_id).stamped_at is not None


def test_a_time_stamp_is_never_written_over(authority: Authority) -> None:
    stamp_receipt(receipt(), at=now())
    assert authority.key == stamping_unit()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReceiptTimestamp.objects.update(token=b"inny")


def test_a_receipt_that_another_program_signed_last_is_left_as_it_is(
    authority: Authority,
) -> None:
    at = now()
    sealed = replace(seal_receipt(record_intent(intended(), at=at), at=at), xml=b"<Dokument/>")
    store_receipt(sealed, at=at)
    stamp_receipt(sealed.letter_id, at=at)
    assert (authority.asked, ReceiptTimestamp.objects.count()) == (0, 0)
    assert stored(sealed.letter_id).xml == b"<Dokument/>"
