"""A key that is missing, foreign or expired seals nothing and says which file is at fault."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.evidence.operations import CannotSeal, SealFault, record_intent, seal_receipt
from skrytka.gateways.development_pki import create_development_pki
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.installed import install, installed
from tests.world.evidence import AT, intended

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
