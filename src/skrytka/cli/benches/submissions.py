"""Whole submissions through the product's own operations, beside a bare loop of the same work.

A submission: draft, text, 100 kB attachment screened, document, trusted signature, sending, sealed
UPP. The bare loop: receive 100 kB, SHA-256, write with fsync, one row committed, one P-256
signature. Both run in a temporary data folder on the default database of the environment, in turn,
several rounds each; every figure is the best of its rounds, for a shared machine only adds.
"""

import argparse
import json
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles

CLIENTS = (1, 8, 32)
ROUNDS = 3
KIB = 1024


@dataclass(frozen=True)
class Figures:
    """A round, or the best of several: `per_cpu_second` of all threads together, times in ms."""

    name: str
    clients: int
    count: int
    per_cpu_second: float
    per_second: float
    p50_ms: float
    p95_ms: float
    peak_mb: float


def run(arguments: argparse.Namespace) -> int:
    """This will measure in a temporary folder and print one line per round."""
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        os.environ["SKRYTKA_DATA"] = folder
        os.environ["SKRYTKA_MODE"] = "demo"
        os.environ["SKRYTKA_KEYS"] = f"{folder}/keys"
        figures = _measured(arguments.count)
    if arguments.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))
        return 0
    print(
        f"{'':12} {'clients':>7} {'/CPU s':>8} {'/s':>8} {'p50 ms':>8} {'p95 ms':>8} {'peak MB':>8}"
    )
    for each in figures:
        print(
            f"{each.name:12} {each.clients:7} {each.per_cpu_second:8.1f} {each.per_second:8.1f} "
            f"{each.p50_ms:8.1f} {each.p95_ms:8.1f} {each.peak_mb:8.0f}"
        )
    return 0


def _measured(count: int) -> list[Figures]:
    import django

    django.setup()
    from skrytka.cli.benches.work import bare_loop, submission
    from skrytka.cli.migrate import prepare
    from skrytka.config.clock import now
    from skrytka.config.garbage import spare_what_is_loaded

    prepare(now())
    works = (("submission", submission()), ("bare loop", bare_loop()))
    for _name, work in works:
        _round("warm-up", work, 1, 10)
    spare_what_is_loaded()
    rounds = [
        _round(name, work, clients, count)
        for _ in range(ROUNDS)
        for clients in CLIENTS
        for name, work in works
    ]
    kinds = len(CLIENTS) * len(works)
    return [_best(rounds[kind::kinds]) for kind in range(kinds)]


def _best(rounds: Sequence[Figures]) -> Figures:
    return Figures(
        name=rounds[0].name,
        clients=rounds[0].clients,
        count=sum(each.count for each in rounds),
        per_cpu_second=max(each.per_cpu_second for each in rounds),
        per_second=max(each.per_second for each in rounds),
        p50_ms=min(each.p50_ms for each in rounds),
        p95_ms=min(each.p95_ms for each in rounds),
        peak_mb=max(each.peak_mb for each in rounds),
    )


def _round(name: str, work: Callable[[], None], clients: int, count: int) -> Figures:
    durations: list[float] = []
    each = max(1, count // clients)

    def client() -> None:
        for _ in range(each):
            began = time.perf_counter()
            work()
            durations.append(time.perf_counter() - began)

    cpu, wall = time.process_time(), time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Figures(
        name=name,
        clients=clients,
        count=len(durations),
        per_cpu_second=len(durations) / cpu,
        per_second=len(durations) / wall,
        p50_ms=1000 * _quantile(durations, 50),
        p95_ms=1000 * _quantile(durations, 95),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB,
    )


def _quantile(values: Sequence[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]
