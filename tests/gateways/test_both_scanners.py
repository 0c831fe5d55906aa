"""The embedded rules and clamd judge one reading of a file together."""

import logging
from collections.abc import Iterable, Iterator

import pytest

from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import ClamdAddress, clamd_address
from skrytka.gateways.malware import (
    Finding,
    MalwareScanner,
    MarkScanner,
    ScannerSilentError,
    ScanResult,
    Silent,
)
from skrytka.gateways.opened_scanners import BothScanners, open_scanner
from skrytka.gateways.yara_scanner import EmbeddedScanner
from tests.world.clamd import AS_INSTALLED, DATABASE, MARK, Clamd, running_clamd
from tests.world.files import EICAR

ONLY_EMBEDDED = b"\x7fELF" + bytes(100)
NOWHERE = ClamdAddress(path="/nonexistent/ctl")


class SilentHalfWay(Silent):
    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        next(iter(chunks))
        raise ScannerSilentError("half-way")


def both(daemon: Clamd, first: MalwareScanner | None = None) -> BothScanners:
    clamd = ClamdScanner(clamd_address(daemon.address))
    return BothScanners(first or EmbeddedScanner(), clamd)


def once(*chunks: bytes) -> Iterator[bytes]:
    """A file that can be read a single time."""
    yield from chunks


def test_without_a_clamd_the_embedded_rules_judge_alone() -> None:
    assert isinstance(open_scanner(""), EmbeddedScanner)


def test_a_clean_file_names_both_and_their_databases(shared_clamd: Clamd) -> None:
    scanner = open_scanner(shared_clamd.address)
    result = scanner.scan(once(b"ala", b" ma kota"))
    embedded, clamd = result.engine.split("; ")
    assert result.finding is Finding.CLEAN
    assert embedded == EmbeddedScanner().in_use()
    assert embedded.startswith("yara-x 1.")
    assert clamd.endswith(f"/{DATABASE}")
    assert scanner.in_use() == result.engine


def test_what_only_clamd_knows_is_refused_at_any_place(shared_clamd: Clamd) -> None:
    result = both(shared_clamd).scan(once(bytes(2 << 20), MARK[:5], MARK[5:], bytes(2 << 20)))
    assert (result.finding, result.rule) == (Finding.MALWARE, "Skrytka-Znak.UNOFFICIAL")
    assert result.engine.startswith("ClamAV ")


def test_what_only_the_embedded_rules_know_is_refused(shared_clamd: Clamd) -> None:
    result = both(shared_clamd).scan(once(ONLY_EMBEDDED))
    assert (result.finding, result.rule) == (Finding.MALWARE, "unix_program_at_start")
    assert result.engine == EmbeddedScanner().in_use()


def test_while_clamd_is_silent_a_finding_still_refuses_and_nothing_is_clean(
    caplog: pytest.LogCaptureFixture,
) -> None:
    scanner = BothScanners(EmbeddedScanner(), ClamdScanner(NOWHERE))
    assert scanner.scan(once(bytes(2 << 20), EICAR)).finding is Finding.MALWARE
    with caplog.at_level(logging.WARNING), pytest.raises(ScannerSilentError):
        scanner.scan(once(b"ala"))
    assert caplog.messages == ["scanner_silent reason=clamd is not there: FileNotFoundError"]
    with pytest.raises(ScannerSilentError):
        scanner.in_use()


def test_a_clamd_that_is_not_believed_leaves_files_unjudged() -> None:
    with running_clamd(AS_INSTALLED) as careless, pytest.raises(ScannerSilentError, match="skips"):
        both(careless).scan(once(b"ala"))


def test_while_the_first_is_silent_clamd_still_sees_every_byte(shared_clamd: Clamd) -> None:
    scanner = both(shared_clamd, SilentHalfWay())
    assert scanner.scan(once(b"ala", b"ma", MARK)).finding is Finding.MALWARE
    with pytest.raises(ScannerSilentError, match="half-way"):
        scanner.scan(once(b"ala", b"ma"))


def test_a_clamd_that_dies_half_way_does_not_stop_the_other(clamd: Clamd) -> None:
    def dying(last: bytes) -> Iterator[bytes]:
        yield bytes(1 << 20)
        clamd.stop()
        yield bytes(3 << 20)
        yield last

    assert both(clamd).scan(dying(EICAR)).rule == "eicar_test_file"
    clamd.start()
    with pytest.raises(ScannerSilentError):
        both(clamd).scan(dying(b"ala"))


def test_each_byte_is_read_once(shared_clamd: Clamd) -> None:
    read: list[int] = []

    def counted() -> Iterator[bytes]:
        for number in range(20):
            read.append(number)
            yield bytes(100_000)

    both(shared_clamd, MarkScanner(b"x")).scan(counted())
    assert read == list(range(20))
