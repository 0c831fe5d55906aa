"""Clamd is asked about files; what it says of them, and what it says of itself."""

from datetime import UTC, datetime, timedelta

import pytest

from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import (
    ClamdAddress,
    ClamdVersion,
    clamd_address,
    version_of,
)
from skrytka.gateways.malware import Finding, ScannerSilentError, ScanResult
from tests.world.clamd import DATABASE, MADE_AT, MARK, Clamd
from tests.world.files import EICAR, zipped


def scanner_of(daemon: Clamd) -> ClamdScanner:
    return ClamdScanner(clamd_address(daemon.address))


def test_a_finding_bears_the_name_that_clamd_gives_it(shared_clamd: Clamd) -> None:
    result = scanner_of(shared_clamd).scan([MARK])
    assert (result.finding, result.rule) == (Finding.MALWARE, "Skrytka-Znak.UNOFFICIAL")


def test_engine_and_database_are_named_in_what_is_kept(shared_clamd: Clamd) -> None:
    scanner = scanner_of(shared_clamd)
    engine = scanner.in_use()
    assert engine.startswith("ClamAV 1.")
    assert engine.endswith(f"/{DATABASE}")
    assert scanner.scan([b"ala"]) == ScanResult(Finding.CLEAN, engine)
    assert scanner.version().made_at == MADE_AT


def test_clamd_looks_into_archives(shared_clamd: Clamd) -> None:
    packed = zipped({"a.zip": zipped({"b.txt": MARK + bytes(500)})})
    assert MARK not in packed
    assert scanner_of(shared_clamd).scan([packed]).finding is Finding.MALWARE


@pytest.mark.parametrize("before", [(1 << 18) - 30, (1 << 20) - 30, 3 << 20])
def test_malware_on_the_seam_of_two_pieces_is_found(shared_clamd: Clamd, before: int) -> None:
    assert scanner_of(shared_clamd).scan([bytes(before) + EICAR + bytes(99)]).rule


def test_a_newer_database_shows_in_the_next_scan(clamd: Clamd) -> None:
    scanner = scanner_of(clamd)
    before = scanner.scan([b"ala"]).engine
    clamd.refresh(DATABASE + 1, MADE_AT + timedelta(days=1))
    assert before.endswith(f"/{DATABASE}")
    assert scanner.in_use() == scanner.scan([b"ala"]).engine
    assert scanner.in_use().endswith(f"/{DATABASE + 1}")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("unix:///run/clamav/clamd.ctl", ClamdAddress(path="/run/clamav/clamd.ctl")),
        ("tcp://scanner.example:4000", ClamdAddress(host="scanner.example", port=4000)),
        ("tcp://10.0.0.7", ClamdAddress(host="10.0.0.7", port=3310)),
        ("tcp://[::1]:3310", ClamdAddress(host="::1", port=3310)),
    ],
)
def test_addresses_of_both_kinds_are_read(text: str, address: ClamdAddress) -> None:
    assert clamd_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "/run/clamav/clamd.ctl",
        "unix://run/clamd.ctl",
        "unix:///",
        "tcp://:3310",
        "tcp://scanner:99999",
        "tcp://scanner/path",
        "tcp://scanner?x=1",
        "http://scanner:3310",
    ],
)
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(ValueError):
        clamd_address(text)


def test_the_version_tells_the_edition_of_the_database_and_its_date() -> None:
    made_at = datetime(2026, 11, 6, 9, 5, 1, tzinfo=UTC)
    told = version_of("ClamAV 1.0.7/27458/Fri Nov  6 09:05:01 2026")
    assert told == ClamdVersion("ClamAV 1.0.7", 27458, made_at)
    assert told.name == "ClamAV 1.0.7/27458"


def test_signatures_of_its_own_only_are_told_from_an_edition() -> None:
    assert version_of("ClamAV 1.4.6").name == "ClamAV 1.4.6/local"


@pytest.mark.parametrize(
    "text", ["", "PONG", "ClamAV", "ClamAV 1.0/x/y", "ClamAV 1.0/27458/yesterday", "1\nClamAV 1.0"]
)
def test_another_word_is_no_version(text: str) -> None:
    with pytest.raises(ScannerSilentError):
        version_of(text)
