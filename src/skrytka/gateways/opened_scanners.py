"""Which scanners files pass: the embedded rules always, and a clamd where the operator has one."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import clamd_address
from skrytka.gateways.malware import Finding, MalwareScanner, ScannerSilentError, ScanResult
from skrytka.gateways.yara_scanner import EmbeddedScanner

# Between the names of engines, in what is kept as evidence.
BETWEEN = "; "
Said = ScanResult | ScannerSilentError
log = logging.getLogger("skrytka.scanner")


def open_scanner(clamd: str) -> MalwareScanner:
    """This will open the scanners; `clamd` is its address, empty where there is none.

    Raises ValueError for what is no address.
    """
    if not clamd:
        return EmbeddedScanner()
    return BothScanners(EmbeddedScanner(), ClamdScanner(clamd_address(clamd)))


@dataclass(frozen=True)
class BothScanners:
    """Two scanners over one reading of the file: a finding of either refuses it.

    A file is clean when both say so, and then both are named. Where one is silent and the other
    finds nothing, that is silence; a finding is the word of the one who made it.
    """

    first: MalwareScanner
    daemon: ClamdScanner

    def in_use(self) -> str:
        """This will name both engines. Raises ScannerSilentError when either cannot tell."""
        return BETWEEN.join((self.first.in_use(), self.daemon.in_use()))

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """This will scan one file by both. Raises ScannerSilentError."""
        with self.daemon.stream() as stream:
            bytes_of_both = stream.passing(chunks)
            first = _said(lambda: self.first.scan(bytes_of_both))
            if _is_finding(first):
                return _result(first)
            for _ in bytes_of_both:  # what a first that fell silent half-way left unread
                pass
            second = _said(stream.answer)
        if _is_finding(second):
            return _result(second)
        clean, too = _result(first), _result(second)
        return ScanResult(Finding.CLEAN, BETWEEN.join((clean.engine, too.engine)))


def _said(ask: Callable[[], ScanResult]) -> Said:
    try:
        return ask()
    except ScannerSilentError as silence:
        return silence


def _is_finding(said: Said) -> bool:
    return isinstance(said, ScanResult) and said.finding is Finding.MALWARE


def _result(said: Said) -> ScanResult:
    """The result; silence is told to the operator, who alone can end it."""
    if isinstance(said, ScanResult):
        return said
    log.warning("scanner_silent reason=%s", said)
    raise said
