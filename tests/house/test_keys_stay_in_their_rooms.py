"""Private keys are read and used in few places, so that one can say where a seal can come from."""

import re

from tests.house.tracked import ROOT

READS_A_KEY = re.compile(
    r"\bload_(?:pem|der|ssh)_private_key\(|\bload_pkcs12\(|\bPKCS11Lib\b|\blib\("
)
MAKES_A_KEY = re.compile(r"\bgenerate_private_key\(")
SIGNS = re.compile(r"\.sign\(")
READERS = {"gateways/file_keys.py", "gateways/token_keys.py"}
MAKERS = {"gateways/development_pki.py"}
SIGNERS = {
    "core/signatures/signing.py",  # the key in memory
    "core/signatures/sealing.py",  # the only one who asks a key to sign
    "gateways/token_keys.py",  # the key in a token
    "gateways/development_pki.py",  # certificates of a demonstration
}


def _doing(this: re.Pattern[str]) -> set[str]:
    """The benches make keys of their own to measure against."""
    source = ROOT / "src/skrytka"
    return {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "benches" not in path.parts and this.search(path.read_text())
    }


def test_private_keys_are_read_by_the_two_key_stores_only() -> None:
    assert _doing(READS_A_KEY) == READERS


def test_keys_are_made_for_a_demonstration_only() -> None:
    assert _doing(MAKES_A_KEY) == MAKERS


def test_signing_is_asked_for_by_the_sealer_only() -> None:
    assert _doing(SIGNS) == SIGNERS
