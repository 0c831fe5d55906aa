"""Search over 10 000 cards and 60 000 addressees, as the pages ask it, beside its floors.

Runs on SQLite in a temporary folder and, when `DATABASE_URL` names a PostgreSQL server, there
too, in a database made for the run and dropped after it. A question counts from the typed text
to the lines of the page; HTML is not measured. Each kind of question is asked in several rounds
that alternate with those of the others; the best round of each is shown.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING, TypeVar

from skrytka.cli.benches.own_database import own_database

if TYPE_CHECKING:
    from skrytka.cli.benches.floors import Cursor
    from skrytka.cli.benches.questions import Kind

Answer = TypeVar("Answer")
KIB = 1024
CARDS, ADDRESSEES = 10_000, 60_000
ROUNDS = 4
HEAD = (
    f"{'':25} {'engine':>10} {'n':>4} {'p50 ms':>7} {'p95 ms':>7} {'its SQL':>8} {'one row':>8}"
    f" {'p50/SQL':>8} {'cpu p95':>8} {'found':>6} {'MB':>4}"
)


@dataclass(frozen=True)
class SearchFigures:
    """One kind of question; times are milliseconds, `found` the share that found anything.

    `cpu_p95_ms` is what this process itself spent. The floors are the p95 of the same moments:
    `sql_p95_ms` the question's own statements run by the bare driver, `row_p95_ms` one row read by
    its key. `per_sql` is the p50 of the question over that of its statements.
    """

    name: str
    engine: str
    count: int
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float
    sql_p95_ms: float
    row_p95_ms: float
    per_sql: float
    found: float
    peak_mb: float


def run(arguments: argparse.Namespace) -> int:
    """This will measure every kind of question on each engine and print one line for each."""
    figures = [
        each
        for server in servers()
        for each in measured_apart(server, max(2, arguments.count // ROUNDS))
    ]
    if arguments.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))
        return 0
    print(HEAD)
    for each in figures:
        print(
            f"{each.name:25} {each.engine:>10} {each.count:4} {each.p50_ms:7.1f} {each.p95_ms:7.1f}"
            f" {each.sql_p95_ms:8.1f} {each.row_p95_ms:8.2f} {each.per_sql:8.1f}"
            f" {each.cpu_p95_ms:8.1f} {each.found:6.0%} {each.peak_mb:4.0f}"
        )
    return 0


def servers() -> tuple[str, ...]:
    """This will return where to measure: SQLite, and the PostgreSQL of the environment."""
    url = os.environ.get("DATABASE_URL", "")
    return ("", url) if url.startswith("postgres") else ("",)


def measured_apart(server: str, count: int) -> list[SearchFigures]:
    """This will measure in a process of its own: Django knows one database, and memory is told."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure_search, server, count=count).result()


def measure_search(
    server: str = "", *, cards: int = CARDS, addressees: int = ADDRESSEES, count: int = 50
) -> list[SearchFigures]:
    """This will fill a database of its own and ask each kind of question `count` times a round."""
    with own_database(server):
        import django

        django.setup()
        from django.db import connection

        from skrytka.catalogue.bench import fill
        from skrytka.cli.benches.floors import bare_cursor
        from skrytka.cli.benches.questions import kinds
        from skrytka.cli.migrate import prepare
        from skrytka.config.clock import now

        try:
            prepare(now())
            asked = kinds(fill(cards, addressees, at=now()))
            with bare_cursor() as bare:
                rounds = [[measured(kind, bare, count) for kind in asked] for _ in range(ROUNDS)]
            return [min(some, key=lambda each: each.p95_ms) for some in zip(*rounds, strict=True)]
        finally:
            connection.close()


def measured(kind: "Kind", bare: "Cursor", count: int) -> SearchFigures:
    """This will ask one kind of question, each time followed by its floors."""
    from django.db import connection

    from skrytka.cli.benches.floors import ONE_ROW, recorded, run_bare

    chance = Random(kind.name)  # noqa: S311 - the same questions every time, no secret
    texts = [kind.texts(chance) for _ in range(count)]
    kind.ask(texts[0])
    asked, cpu, sql, row, found = [], [], [], [], 0
    for text in texts:
        spent = time.thread_time()
        with recorded() as statements:
            seconds, lines = _timed(partial(kind.ask, text))
        cpu.append(time.thread_time() - spent)
        asked.append(seconds)
        found += lines > 0
        sql.append(_timed(partial(run_bare, bare, statements))[0])
        row.append(_timed(partial(run_bare, bare, [ONE_ROW]))[0])
    return SearchFigures(
        name=kind.name,
        engine=connection.vendor,
        count=count,
        p50_ms=_ms(asked, 50),
        p95_ms=_ms(asked, 95),
        cpu_p95_ms=_ms(cpu, 95),
        sql_p95_ms=_ms(sql, 95),
        row_p95_ms=_ms(row, 95),
        per_sql=_ms(asked, 50) / _ms(sql, 50),
        found=found / count,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB,
    )


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def _ms(seconds: Sequence[float], percent: int) -> float:
    return 1000 * quantiles(seconds, n=100, method="inclusive")[percent - 1]
