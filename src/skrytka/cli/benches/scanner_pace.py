"""How fast a scanner reads a stream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from skrytka.gateways.malware import MalwareScanner

MEGABYTE = 1_000_000


@dataclass
class _Counted:
    """Chunks on their way, and how many bytes have gone by."""

    chunks: Iterable[bytes]
    read: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.read += len(chunk)
            yield chunk


def scanned_per_second(scanner: MalwareScanner, chunks: Iterable[bytes]) -> float:
    """This will have a stream scanned and return MB/s. Raises ScannerSilentError."""
    counted = _Counted(chunks)
    began = perf_counter()
    scanner.scan(counted)
    return counted.read / MEGABYTE / (perf_counter() - began)
