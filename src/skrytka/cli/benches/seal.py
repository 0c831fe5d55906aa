"""Sealing a receipt of 3 kB, beside the bare operation of its key.

What the key takes is the floor: the digest of the SignedInfo is signed and nothing else. Two
processes then seal a batch, beside one.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from skrytka.cli.benches.receipts import PrivateKey, p256_key, receipts, rsa_key, template_of
from skrytka.cli.benches.rounds import best_rates
from skrytka.config.clock import now
from skrytka.core.signatures.canonical import CanonicalDocument
from skrytka.core.signatures.sealing import SealTemplate
from skrytka.core.signatures.signing import MemoryKey

BATCH = 6_000
PAIRS = 8  # by the clock a neighbour on the machine weighs more
SMALL = 1_000  # less is no figure, only a trial
KEYS: dict[str, tuple[Callable[[], PrivateKey], int]] = {
    "RSA-2048": (rsa_key, 5),
    "P-256": (p256_key, 1),
}


@dataclass(frozen=True)
class KeyFigures:
    """Rates per second of CPU; the sealed receipt in bytes."""

    key: str
    bare_per_second: float
    sealed_per_second: float
    bytes: int

    @property
    def of_bare(self) -> float:
        return self.sealed_per_second / self.bare_per_second


@dataclass(frozen=True)
class SealFigures:
    """``two_of_one``: a P-256 batch over two processes beside one, by the clock."""

    keys: tuple[KeyFigures, ...]
    two_of_one: float


def run(arguments: argparse.Namespace) -> int:
    """This will measure both kinds of key, then two processes."""
    at, times = now(), arguments.count
    keys = tuple(
        _measured(name, make(), max(1, times // part), at) for name, (make, part) in KEYS.items()
    )
    figures = SealFigures(keys, two_of_one("seal", arguments.count * BATCH // 300))
    if arguments.json:
        print(json.dumps(asdict(figures), indent=2))
        return 0
    for each in figures.keys:
        print(
            f"{each.key:9} bare {each.bare_per_second:8.0f} /CPU s, sealed "
            f"{each.sealed_per_second:8.0f} /CPU s  {each.of_bare:.2f} of bare ({each.bytes} B)"
        )
    print(f"two processes {figures.two_of_one:.2f} of one")
    return 0


def _measured(name: str, key: PrivateKey, times: int, at: datetime) -> KeyFigures:
    template, rendered = template_of(key, at), receipts(at)
    kept = next(rendered)
    bare = MemoryKey.of(key, template.certificate)
    signed_info = bytes(900)
    rates = best_rates(
        {"bare": partial(bare.sign, signed_info), "sealed": partial(sealed, template, kept, at)},
        times,
    )
    size = len(sealed(template, kept, at))
    return KeyFigures(name, rates["bare"], rates["sealed"], size)


def sealed(template: SealTemplate, receipt: CanonicalDocument, at: datetime) -> bytes:
    return template.seal(receipt, signing_time=at, references=(), role=None)


def two_of_one(work: str, batch: int) -> float:
    """This will do a batch in one process and halved in two, turn about; the best of each."""
    rounds = [(_seconds(work, batch, 1), _seconds(work, batch // 2, 2)) for _round in range(PAIRS)]
    return min(one for one, _two in rounds) / min(two for _one, two in rounds)


def _seconds(work: str, each: int, workers: int) -> float:
    """Processes make ready, wait for the word, work and end; the clock runs from word to end."""
    command = [sys.executable, "-m", "skrytka.cli.benches.batches", work, str(each)]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        for _ in range(workers)
    ]
    for each_one in running:
        _said(each_one)
    began = time.perf_counter()
    for each_one in running:
        _word(each_one)
    for each_one in running:
        _said(each_one)
    seconds = time.perf_counter() - began
    for each_one in running:
        each_one.communicate()
    return seconds


def _said(process: "subprocess.Popen[bytes]") -> None:
    if process.stdout is None or not process.stdout.readline():
        raise RuntimeError(process.args)


def _word(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is None:
        raise RuntimeError(process.args)
    process.stdin.write(b"go\n")
    process.stdin.flush()
