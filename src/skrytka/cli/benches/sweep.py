"""The night on which many terms end, beside the rate of the bare seal.

A database of the run's own on the PostgreSQL of `DATABASE_URL` (else SQLite) is filled with
deliveries that fall due tonight, share by share, and with many that are not due. The shares are
swept by one worker and by two in turn; workers are processes of their own that wait for the word.
Of the last share's worker ten are killed with SIGKILL. In the end every delivery that was due has
its UPD, once.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from skrytka.cli.benches.own_database import own_database

# Shares of the night, in hundredths: before the pending ones are planted; after it, uncounted;
# measured, for one worker and for two each time; and the one whose workers are killed.
ALONE, WARM, LAST = (8, 8), 4, 8
EACH, ROUNDS = 12, 3
KILLS = 10
# The floor is taken in rounds as long as a batch's share of it, as many as there are batches.
SEALED_AT_ONCE, RAW = 1000, 6


@dataclass(frozen=True)
class SweepFigures:
    """Rates are sealed UPDs: per second of the clock, and per CPU second of the workers."""

    engine: str
    due: int
    pending: int
    raw_per_cpu_second: float
    alone_per_second: float
    one_per_second: float
    one_per_cpu_second: float
    two_per_second: float
    kills: int
    deemed: int
    receipts: int
    intents: int
    left_due: int

    @property
    def of_raw(self) -> float:
        """The worker's own CPU, beside the CPU of the bare seal: a core against a core."""
        return self.one_per_cpu_second / self.raw_per_cpu_second

    @property
    def of_raw_by_the_clock(self) -> float:
        """The time that the database takes included."""
        return self.one_per_second / self.raw_per_cpu_second

    @property
    def two_of_one(self) -> float:
        return self.two_per_second / self.one_per_second

    @property
    def beside_pending(self) -> float:
        return self.one_per_second / self.alone_per_second


@dataclass(frozen=True)
class Share:
    """What a share took: workers at once, UPDs sealed, seconds of the clock.

    `best` is the rate of the best batch, in UPDs per second of its worker's CPU.
    """

    workers: int
    sealed: int
    seconds: float
    best: float

    @property
    def per_second(self) -> float:
        return self.sealed / self.seconds


def run(arguments: argparse.Namespace) -> int:
    """This will sweep a filled database and print the figures; 1 when an UPD lacks or doubles."""
    with own_database(_server()):
        figures = _measured(arguments.due, arguments.pending)
    if arguments.json:
        print(json.dumps(asdict(figures), indent=2))
    else:
        _print(figures)
    whole = (figures.deemed, figures.receipts, figures.intents, figures.left_due)
    return 0 if whole == (figures.due, figures.due, figures.due, 0) else 1


def _server() -> str:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _print(figures: SweepFigures) -> None:
    print(f"{figures.engine}: {figures.due} due among {figures.pending} pending")
    print(f"bare seal            {figures.raw_per_cpu_second:9.0f} /CPU s")
    print(f"one worker, no pending {figures.alone_per_second:7.0f} /s")
    print(
        f"one worker           {figures.one_per_cpu_second:9.0f} /CPU s, "
        f"{figures.of_raw:.2f} of the bare seal"
    )
    print(
        f"one worker           {figures.one_per_second:9.0f} /s, "
        f"{figures.of_raw_by_the_clock:.2f} of the bare seal, "
        f"{figures.beside_pending:.2f} of that without pending"
    )
    print(f"two workers          {figures.two_per_second:9.0f} /s  {figures.two_of_one:.2f} of one")
    print(
        f"{figures.kills} workers killed: {figures.deemed} deemed, {figures.receipts} UPDs, "
        f"{figures.intents} intents, {figures.left_due} still due"
    )


def _measured(due: int, pending: int) -> SweepFigures:
    import django

    django.setup()
    from django.db import connection

    from skrytka.cli.benches.night import Night
    from skrytka.delivery.bench import what_stands

    night, hundredth = Night(), due // 100
    alone = [swept(night.next_share(share * hundredth), 1) for share in ALONE]
    night.plant_pending(pending)
    swept(night.next_share(WARM * hundredth), 1)
    shares, raw = [], []
    for workers in (1, 2) * ROUNDS:
        shares.append(swept(night.next_share(EACH * hundredth), workers))
        raw += [raw_seals_per_cpu_second() for _ in range(RAW)]
    last = night.next_share(LAST * hundredth)
    killed = kill_and_finish(last, LAST * hundredth)
    end = what_stands(at=last)
    ones = [share for share in shares if share.workers == 1]
    figures = SweepFigures(
        engine=connection.vendor,
        due=night.planted,
        pending=pending,
        raw_per_cpu_second=max(raw),
        alone_per_second=max(share.per_second for share in alone),
        one_per_second=max(share.per_second for share in ones),
        one_per_cpu_second=max(share.best for share in ones),
        two_per_second=max(share.per_second for share in shares if share.workers == 2),
        kills=killed,
        deemed=end.deemed,
        receipts=end.receipts,
        intents=end.intents,
        left_due=end.due,
    )
    connection.close()
    return figures


def raw_seals_per_cpu_second() -> float:
    """This will seal one rendered UPD over and over: the template and the key, nothing else."""
    from skrytka.cli.benches.night import bare_seal

    seal: Callable[[], object] = bare_seal()
    began = time.process_time()
    for _ in range(SEALED_AT_ONCE):
        seal()
    return SEALED_AT_ONCE / (time.process_time() - began)


def swept(at: datetime, workers: int) -> Share:
    """This will let workers sweep what is due at `at`, starting all of them at one word."""
    running = [_worker(at) for _ in range(workers)]
    for each in running:
        _line(each)
    began = time.perf_counter()
    for each in running:
        _say(each)
    said = [json.loads(_line(each)) for each in running]
    seconds = time.perf_counter() - began
    for each in running:
        each.wait()
    sealed = sum(each["deemed"] for each in said)
    return Share(workers, sealed, seconds, max(each["rate"] for each in said))


def kill_and_finish(at: datetime, due: int) -> int:
    """This will kill ten workers in the middle of their work, then let one finish the share."""
    chance = random.Random(9)  # noqa: S311 - moments to kill at, no secret
    killed = 0
    for _ in range(KILLS):
        worker = _worker(at)
        _line(worker)
        _say(worker)
        time.sleep(chance.uniform(0.01, 0.00002 * max(due, 1)))
        worker.send_signal(signal.SIGKILL)
        killed += worker.wait() == -signal.SIGKILL
    swept(at, 1)
    return killed


def _worker(at: datetime) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "skrytka.cli.benches.night", at.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path.cwd(),
    )


def _line(worker: subprocess.Popen[str]) -> str:
    if worker.stdout is None:
        raise ValueError(worker.args)
    return worker.stdout.readline()


def _say(worker: subprocess.Popen[str]) -> None:
    if worker.stdin is None:
        raise ValueError(worker.args)
    worker.stdin.write("go\n")
    worker.stdin.flush()
