"""The embedded scanner: yara-x rules shipped with the product, no daemon needed.

It looks through a window of one megabyte that slides over the file with an overlap, so memory
stays bounded and the interpreter is never held for long. A rule sees one window at a time; every
rule is therefore written to be decided within the overlap, and header rules ask `window_start`.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import yara_x

from skrytka.gateways.malware import Finding, ScannerSilentError, ScanResult

WINDOW = 1 << 20
OVERLAP = 256 << 10
# A scan of one window takes about 2 ms; a rule that needs this long is answered with silence.
TIMEOUT_SECONDS = 20


@cache
def embedded_rules() -> yara_x.Rules:
    """This will compile the shipped rules, once in this process."""
    compiler = yara_x.Compiler(error_on_slow_pattern=True, includes_enabled=False)
    compiler.define_global("window_start", 0)
    for source in sorted(files("skrytka.gateways").joinpath("rules").iterdir(), key=str):
        if source.name.endswith(".yar"):
            compiler.add_source(source.read_text(encoding="utf-8"), origin=source.name)
    return compiler.build()


class EmbeddedScanner:
    """Scans with the embedded rules. Says of itself that it is no full antivirus engine."""

    engine = "yara-x"

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
                return ScanResult(Finding.MALWARE, self.engine, found[0].identifier)
        return ScanResult(Finding.CLEAN, self.engine)


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
