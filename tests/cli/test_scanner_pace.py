"""The pace of a scanner counts the bytes that it read, and nothing where it is silent."""

from collections.abc import Iterable

import pytest

from skrytka.cli.benches import scanner_pace
from skrytka.cli.benches.scanner_pace import scanned_per_second
from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import clamd_address
from skrytka.gateways.malware import MarkScanner, ScannerSilentError, ScanResult, Silent
from skrytka.gateways.yara_scanner import EmbeddedScanner
from tests.world.clamd import Clamd


def test_bytes_are_told_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = iter([100.0, 104.0])
    monkeypatch.setattr(scanner_pace, "perf_counter", lambda: next(hours))
    assert scanned_per_second(MarkScanner(b"x"), [bytes(3_000_000)] * 4) == 3.0


def test_real_scanners_are_measured(shared_clamd: Clamd) -> None:
    chunks = [bytes(1 << 18)] * 40
    for scanner in (EmbeddedScanner(), ClamdScanner(clamd_address(shared_clamd.address))):
        assert scanned_per_second(scanner, chunks) > 1


def test_a_silent_scanner_has_no_pace() -> None:
    class Reading(Silent):
        def scan(self, chunks: Iterable[bytes]) -> ScanResult:
            return super().scan(list(chunks))

    with pytest.raises(ScannerSilentError):
        scanned_per_second(Reading(), [b"ala"])
