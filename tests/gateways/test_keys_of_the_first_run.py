"""The development PKI: made once, marked plainly, readable by its owner only."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from skrytka.gateways.development_pki import create_development_pki, is_for_development
from skrytka.gateways.file_keys import FileSealKeys
from skrytka.gateways.seal import SealKeysUnusableError, SealPurpose

AT = datetime(2026, 11, 23, tzinfo=UTC)


def test_it_is_marked_and_kept(tmp_path: Path) -> None:
    create_development_pki(tmp_path, AT)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    create_development_pki(tmp_path, AT.replace(year=2027))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert "Development only" in (tmp_path / "README.txt").read_text()
    keys = FileSealKeys(tmp_path)
    assert is_for_development(keys.certificate(SealPurpose.RECEIPT))
    assert is_for_development(keys.certificate(SealPurpose.TRUSTED_PROFILE))
    assert set(before) >= {"root.key.pem", "tsa.crt.pem"}


def test_private_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    create_development_pki(tmp_path, AT)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key.pem")} == {0o600}


def test_more_anchors_lie_beside_the_keys(tmp_path: Path) -> None:
    create_development_pki(tmp_path, AT)
    (tmp_path / "anchors").mkdir()
    (tmp_path / "anchors" / "other.pem").write_bytes((tmp_path / "tsa.crt.pem").read_bytes())
    trust = FileSealKeys(tmp_path).trust()
    assert len(trust.anchors) == 2
    assert trust.institution_seals != trust.trusted_profile_seals


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    create_development_pki(tmp_path, AT)
    other = ed25519.Ed25519PrivateKey.generate()
    pem = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "institution-seal.key.pem").write_bytes(pem)
    with pytest.raises(SealKeysUnusableError, match="neither RSA nor an elliptic key"):
        FileSealKeys(tmp_path).key(SealPurpose.RECEIPT)
