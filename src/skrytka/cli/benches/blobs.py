"""Storing and reading encrypted blobs in a folder, beside unencrypted ones and bare files.

The floor writes a file, digests it as it goes, and fsyncs it. Each way is taken in turn and told by
its best round, by the clock: the disk belongs to it.
"""

import argparse
import hashlib
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count, repeat
from pathlib import Path
from typing import TypeVar

from skrytka.gateways.blobs import blob_key
from skrytka.gateways.folder_store import FolderStore
from skrytka.gateways.opened_blobs import open_blobs, prepare_blob_keys
from skrytka.gateways.sealed_store import SealedStore

MEGABYTE = 1 << 20
LARGE = 150
SMALL = 100_000
INSTITUTION = 1
ROUNDS = 5
KIB = 1024

Result = TypeVar("Result")


@dataclass(frozen=True)
class BlobFigures:
    """MB/s of a large blob, small blobs of 100 kB per second, and the memory that it took in MB."""

    write_mb_s: dict[str, float]
    read_mb_s: dict[str, float]
    small_per_second: dict[str, float]
    peak_growth_mb: float


def run(arguments: argparse.Namespace) -> int:
    """This will measure in a temporary folder."""
    megabytes = max(1, LARGE * arguments.count // 300)
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        figures = measure(_Ways(Path(folder)), megabytes, max(1, arguments.count // 3))
    if arguments.json:
        print(json.dumps(asdict(figures), indent=2))
        return 0
    for name, rates in list(asdict(figures).items())[:3]:
        told = ", ".join(f"{way} {rate:.0f}" for way, rate in rates.items())
        print(f"{name:17} {told}")
    print(f"memory grew by {figures.peak_growth_mb:.0f} MB for a blob of {megabytes} MB")
    return 0


class _Ways:
    """Three ways to store the same bytes, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._floor, self._numbers = folder / "floor", count()
        self._floor.mkdir()
        self._plain = FolderStore(folder / "plain")
        self.sealed: SealedStore = open_blobs(f"file://{folder}/sealed", folder / "keys")
        prepare_blob_keys(self.sealed)

    def chunks(self, size: int) -> Iterator[bytes]:
        """So many bytes, different each time."""
        piece = os.urandom(min(size, MEGABYTE))
        whole, rest = divmod(size, len(piece))
        yield from repeat(piece, whole)
        yield piece[:rest]

    def bare(self, size: int) -> Path:
        digest, path = hashlib.sha256(), self._floor / str(next(self._numbers))
        with path.open("wb") as file:
            for chunk in self.chunks(size):
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return path

    def plain(self, size: int) -> str:
        """What the store does without keys: beside, digested, fsynced, linked to its name."""
        digest = hashlib.sha256()
        with self._plain.incoming() as file:
            for chunk in self.chunks(size):
                digest.update(chunk)
                file.write(chunk)
            self._plain.keep(file, blob_key(digest.hexdigest()), lambda _key: True)
        return digest.hexdigest()

    def encrypted(self, size: int) -> str:
        return self.sealed.of(INSTITUTION).put_stream(self.chunks(size)).sha256

    def forget(self, bare: Path, plain: str, encrypted: str) -> None:
        bare.unlink()
        self._plain.delete(blob_key(plain))
        self.sealed.of(INSTITUTION).delete(encrypted)

    def read_bare(self, path: Path) -> None:
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")

    def read_encrypted(self, sha256: str) -> None:
        for _chunk in self.sealed.of(INSTITUTION).stream(sha256):
            pass


def measure(ways: _Ways, megabytes: int, small: int) -> BlobFigures:
    """This will store and read a blob of so many MB, and so many small ones."""
    size = megabytes * MEGABYTE
    ways.encrypted(MEGABYTE)
    before = _peak_mb()
    ways.encrypted(size)
    growth = _peak_mb() - before
    large = _Rates(megabytes)
    for _round in range(ROUNDS):
        bare = large.timed("write", "bare", partial(ways.bare, size))
        plain = large.timed("write", "plain", partial(ways.plain, size))
        sealed = large.timed("write", "sealed", partial(ways.encrypted, size))
        large.timed("read", "bare", partial(ways.read_bare, bare))
        large.timed("read", "sealed", partial(ways.read_encrypted, sealed))
        ways.forget(bare, plain, sealed)
    return BlobFigures(large.best["write"], large.best["read"], _small(ways, small), growth)


def _small(ways: _Ways, times: int) -> dict[str, float]:
    rates = _Rates(times)
    for _round in range(ROUNDS):
        rates.timed("write", "bare", partial(_many, ways.bare, times))
        rates.timed("write", "plain", partial(_many, ways.plain, times))
        rates.timed("write", "sealed", partial(_many, ways.encrypted, times))
    return rates.best["write"]


def _many(work: Callable[[int], object], times: int) -> None:
    for _ in range(times):
        work(SMALL)


class _Rates:
    """The best rate of each way of doing each thing, for one amount of work."""

    def __init__(self, amount: int) -> None:
        self._amount = amount
        self.best: dict[str, dict[str, float]] = {}

    def timed(self, thing: str, way: str, work: Callable[[], Result]) -> Result:
        """This will do the work, note how fast it went, and hand on what it gave."""
        began = time.perf_counter()
        result = work()
        rate, best = self._amount / (time.perf_counter() - began), self.best.setdefault(thing, {})
        best[way] = max(best.get(way, 0.0), rate)
        return result


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
