"""A key that is missing, foreign or expired seals nothing and says which file is at fault."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from skrytka.core.receipts import DeliveryWay
from skrytka.evidence.models import Receipt
from skrytka.evidence.operations import CannotSeal, SealFault, record_intent, seal_receipt
from skrytka.evidence.operations.delivery_batches import LapsedDelivery, seal_lapsed
from skrytka.evidence.operations.seals import seal_template
from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from skrytka.gateways.seal import SealPurpose
from tests.world.evidence import AT, delivery, intended

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    """Keys of this test's own, put in place of the run's."""
    before = installed()
    create_development_pki(tmp_path, AT)
    install(replace(before, seal_keys=FileSealKeys(tmp_path)))
    yield tmp_path
    install(before)


def sealed_with(_keys: Path) -> str:
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(record_intent(intended(), at=AT), at=AT)
    assert refused.value.reason is SealFault.KEYS
    return str(refused.value)


def test_fresh_keys_seal(keys: Path) -> None:
    assert seal_receipt(record_intent(intended(), at=AT), at=AT).xml


def test_a_missing_key_is_named(keys: Path) -> None:
    (keys / "institution-seal.key.pem").unlink()
    assert "institution-seal.key.pem" in sealed_with(keys)


def test_a_broken_certificate_is_named(keys: Path) -> None:
    (keys / "institution-seal.crt.pem").write_text("nic")
    assert "institution-seal.crt.pem" in sealed_with(keys)


def test_a_key_of_another_certificate_is_named(keys: Path) -> None:
    (keys / "institution-seal.key.pem").write_bytes((keys / "tsa.key.pem").read_bytes())
    assert "does not belong" in sealed_with(keys)


def test_an_expired_certificate_seals_nothing(keys: Path) -> None:
    later = AT + timedelta(days=365 * 11)
    with pytest.raises(CannotSeal) as refused:
        seal_receipt(record_intent(intended(), at=later), at=later)
    assert refused.value.reason is SealFault.REFUSED


def test_a_certificate_that_expires_during_a_night_seals_no_more_of_its_batch(keys: Path) -> None:
    """The template was proved in the morning of that day, while the certificate was in force."""
    expires_at = installed().seal_keys.certificate(SealPurpose.RECEIPT).not_valid_after_utc
    batch = [
        LapsedDelivery(uuid4(), 1, delivery(DeliveryWay.DEEMED, receipt_no="ESP-UPD-2026-0000001"))
    ]
    seal_template(SealPurpose.RECEIPT, expires_at - timedelta(seconds=1))
    with pytest.raises(CannotSeal) as refused:
        seal_lapsed(batch, at=expires_at + timedelta(seconds=1))
    assert refused.value.reason is SealFault.REFUSED
    assert not Receipt.objects.exists()
