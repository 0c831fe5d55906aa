"""The embedded scanner: yara-x rules shipped with the product, no daemon needed.

It looks through a window of one megabyte that slides over the file with an overlap, so memory
stays bounded and the interpreter is never held for long. A rule sees one window at a time; every
rule is therefore written to be decided within the overlap, and header rules ask `window_start`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import yara_x

from skrytka.gateways.malware import Finding, ScannerSilentError, ScanResult

WINDOW = 1 << 20
OVERLAP = 256 << 10
# A scan of one window takes about 2 ms; a rule that needs this long is answered with silence.
TIMEOUT_SECONDS = 20
# Twelve digits of the digest tell the editions of the rules apart; nothing is proved by them.
SHORT = 12


@cache
def shipped_rules() -> tuple[tuple[str, str], ...]:
    """This will read the shipped rules: name and text of each file, in the order of names."""
    folder = files("skrytka.gateways").joinpath("rules")
    sources = sorted(folder.iterdir(), key=lambda source: source.name)
    return tuple((s.name, s.read_text("utf-8")) for s in sources if s.name.endswith(".yar"))


@cache
def embedded_rules() -> yara_x.Rules:
    """This will compile the shipped rules, once in this process."""
    compiler = yara_x.Compiler(error_on_slow_pattern=True, includes_enabled=False)
    compiler.define_global("window_start", 0)
    for name, text in shipped_rules():
        compiler.add_source(text, origin=name)
    return compiler.build()


@cache
def engine_and_rules() -> str:
    """This will name the engine and the edition of the rules: any change of either changes it."""
    digest = hashlib.sha256("\0".join(map("\0".join, shipped_rules())).encode()).hexdigest()
    return f"yara-x {version('yara-x')} rules {digest[:SHORT]}"


class EmbeddedScanner:
    """Scans with the embedded rules. Says of itself that it is no full antivirus engine."""

    def in_use(self) -> str:
        """This will name the engine and its rules; they are in this process and never silent."""
        return engine_and_rules()

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        """This will scan one file. Raises ScannerSilentError when the engine fails."""
        # A scanner belongs to the thread that made it; the compiled rules are shared.
        scanner = yara_x.Scanner(embedded_rules())
        scanner.set_timeout(TIMEOUT_SECONDS)
        try:
            return self._scanned(scanner, chunks)
        except (yara_x.ScanError, yara_x.TimeoutError) as error:
            raise ScannerSilentError(type(error).__name__) from error

    def _scanned(self, scanner: yara_x.Scanner, chunks: Iterable[bytes]) -> ScanResult:
        for start, window in windows(chunks):
            scanner.set_global("window_start", start)
            found = scanner.scan(window).matching_rules
            if found:
                return ScanResult(Finding.MALWARE, self.in_use(), found[0].identifier)
        return ScanResult(Finding.CLEAN, self.in_use())


def windows(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """This will yield (offset, bytes) of windows that overlap; one for a file that fits into it."""
    held, start = bytearray(), 0
    for chunk in chunks:
        held += chunk
        while len(held) > WINDOW:
            with memoryview(held) as view:
                window = bytes(view[:WINDOW])
            yield start, window
            start += WINDOW - OVERLAP
            del held[: WINDOW - OVERLAP]
    yield start, bytes(held)
