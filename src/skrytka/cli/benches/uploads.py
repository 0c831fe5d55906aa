"""Uploads of 150 MB: one beside the bare loop, fifty at once, and people who stall.

A real server in a temporary folder. What is told: MB/s of one upload and of a loop that receives,
digests and writes; how long others wait for a page meanwhile; what the server takes of memory.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import Event, Pipe, Process
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

from skrytka.cli.benches.installation import choose_folder, load_people, running_installation
from skrytka.cli.benches.parts import BareLoop, PartSender, Picture, picture
from skrytka.cli.benches.processes import Taken, look_at, peaks_of
from skrytka.cli.benches.scanner_pace import scanned_per_second
from skrytka.cli.benches.wire import WireClient, Writer
from skrytka.config.environment import clamd_of
from skrytka.gateways.clamd_scanner import ClamdScanner
from skrytka.gateways.clamd_wire import clamd_address
from skrytka.gateways.malware import MalwareScanner
from skrytka.gateways.yara_scanner import EmbeddedScanner

SIZE = 150 * 1_000_000
AT_ONCE = 50
STALLED = 32
ROUNDS = 5
BOX = "/ZOJO_Cieszyn/SkrytkaESP"
SECONDS_BETWEEN_PINGS = 0.02
SECONDS_TO_SCREEN = 600
MB = 1_000_000
TABLE = """\
150 MB in parts of 8 MiB over loopback
  one upload               {one_mb_s} MB/s
  bare loop                {bare_mb_s} MB/s receive, SHA-256, write
  ratio                    {one_of_bare} (bar 0.6)
  {at_once} at once               {at_once_identical} identical, {at_once_seconds} s
                           {at_once_mb_s} MB/s, told to come again {came_again} times
  memory grew by           {growth_mb} MB (bar 300)
  others waited, p95       {p95_ms_page} ms for a page
                           {p95_ms_process} ms for /healthz (bar 100)
  beside {stalled} who stall     {stalled_mb_s} MB/s one upload
                           p95 {stalled_p95_ms_page} ms for a page
  scanners alone           {scanners}"""


@dataclass
class Pings:
    """How long others waited, in milliseconds, for the page of the process and for a real one."""

    process: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Figures:
    one_mb_s: float
    bare_mb_s: float
    all_seconds: float
    all_mb_s: float
    came_again: int
    identical: int
    growth_mb: float
    pings: Pings
    stalled_mb_s: float
    stalled_pings: Pings
    scanners: dict[str, float]


def run(arguments: argparse.Namespace) -> int:
    """This will measure in a temporary folder and print the figures beside their bars."""
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        choose_folder(Path(folder))
        told = as_json(measure(Path(folder)))
    print(json.dumps(told, indent=2) if arguments.json else table(told))
    return 0


def measure(folder: Path) -> Figures:
    """This will start an installation and send it files."""
    people = load_people(AT_ONCE)
    with running_installation(folder) as (group, port):
        writers = [
            Writer(WireClient(port, f"127.0.0.{2 + number}"), email, password, folder / "mail")
            for number, (email, password) in enumerate(people)
        ]
        with ThreadPoolExecutor(8) as pool:
            senders = list(pool.map(_sender, writers))
        one, bare = _one_by_one(folder, senders[0])
        senders[0] = _with_new_draft(senders[0].writer)
        return _many(group, port, senders, (one, bare))


def _sender(writer: Writer) -> PartSender:
    writer.logs_in()
    return _with_new_draft(writer)


def _with_new_draft(writer: Writer) -> PartSender:
    writer.client.comes_again()
    letter = writer.starts(BOX)
    return PartSender(writer, letter.removesuffix("tresc/"), writer.token(letter))


def _one_by_one(folder: Path, sender: PartSender) -> tuple[float, float]:
    """The best of several rounds, turn about; each in a letter of its own, for the sum."""
    loop, rates = BareLoop(folder), []
    try:
        for number in range(ROUNDS):
            file = picture(f"mapa {number}.bmp", SIZE)
            rates.append((_rate_of_one(sender, file), _rate_of_loop(loop, file)))
    finally:
        loop.stop()
    return max(one for one, _ in rates), max(bare for _, bare in rates)


def _rate_of_loop(loop: BareLoop, file: Picture) -> float:
    began = time.monotonic()
    loop.takes(file)
    return file.size / (time.monotonic() - began) / MB


def _rate_of_one(sender: PartSender, file: Picture) -> float:
    """Until the last byte is durable; that it is screened is waited for and not counted."""
    fresh = _with_new_draft(sender.writer)
    began = time.monotonic()
    row = fresh.sends(file)
    rate = file.size / (time.monotonic() - began) / MB
    _wait_until_safe(fresh, row)
    return rate


def _many(
    group: int, port: int, senders: Sequence[PartSender], alone: tuple[float, float]
) -> Figures:
    files = [picture(f"mapa {number}.bmp", SIZE) for number in range(len(senders))]
    digests = [file.sha256 for file in files]
    idle = _sum(look_at(group))
    with _pinged(port) as pings, peaks_of(group) as peaks:
        began = time.monotonic()
        rows = _all_at_once(senders, files)
        seconds = time.monotonic() - began
    identical = sum(
        digest in _wait_until_safe(sender, row)
        for sender, row, digest in zip(senders, rows, digests, strict=True)
    )
    stalled = _stalled(port, senders)
    return Figures(
        *alone,
        all_seconds=seconds,
        all_mb_s=len(files) * SIZE / seconds / MB,
        came_again=sum(sender.came_again for sender in senders),
        identical=identical,
        growth_mb=(peaks.rss_sum - idle) / 1000,
        pings=pings,
        stalled_mb_s=stalled[0],
        stalled_pings=stalled[1],
        scanners=scanner_paces(),
    )


def scanner_paces() -> dict[str, float]:
    """This will measure each scanner over noise, in MB/s; clamd where SKRYTKA_CLAMD names one."""
    scanners: dict[str, MalwareScanner] = {"yara-x": EmbeddedScanner()}
    if clamd := clamd_of(os.environ):
        scanners["clamd"] = ClamdScanner(clamd_address(clamd))
    file = picture("szum.bmp", SIZE)
    return {
        name: scanned_per_second(scanner, file.part(0, file.size))
        for name, scanner in scanners.items()
    }


def _all_at_once(senders: Sequence[PartSender], files: Sequence[Picture]) -> list[str]:
    with ThreadPoolExecutor(len(senders)) as pool:
        return list(pool.map(PartSender.sends, senders, files))


def _stalled(port: int, senders: Sequence[PartSender]) -> tuple[float, Pings]:
    """One upload and other people's pages while many began to send and say no more."""
    waiting = [_with_new_draft(sender.writer) for sender in senders[:STALLED]]
    sender, file = senders[-1], picture("mapa.bmp", SIZE)
    held = [one.stalls(one.begins(picture("stoi.bmp", SIZE))) for one in waiting]
    with _pinged(port) as pings:
        rate = _rate_of_one(sender, file)
    for connection in held:
        connection.close()
    return rate, pings


def _wait_until_safe(sender: PartSender, row: str) -> str:
    """The row of a file, as soon as it was found to be safe: its digest stands there."""
    sender.writer.client.comes_again()
    until, text = time.monotonic() + SECONDS_TO_SCREEN, ""
    while time.monotonic() < until:
        text = sender.writer.client.get(row).text
        if "st-ok" in text:
            return text
        time.sleep(0.2)
    raise TimeoutError(text)


def _sum(look: dict[str, Taken]) -> int:
    return sum(taken.rss for taken in look.values())


@contextmanager
def _pinged(port: int) -> Iterator[Pings]:
    """This will ask for pages from a process of its own as long as the block lasts."""
    ours, theirs = Pipe()
    over = Event()
    process = Process(target=_pings, args=(port, theirs, over), daemon=True)
    process.start()
    pings = Pings()
    try:
        yield pings
    finally:
        over.set()
        pings.process, pings.page = ours.recv()
        process.join()


def _pings(port: int, told: Connection, over: Signal) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    pings = Pings()
    while not over.wait(SECONDS_BETWEEN_PINGS):
        pings.process.append(_milliseconds(connection, "/healthz"))
        pings.page.append(_milliseconds(connection, "/informacje/pomoc/"))
    told.send((pings.process, pings.page))


def _milliseconds(connection: HTTPConnection, page: str) -> float:
    began = time.monotonic()
    connection.request("GET", page)
    connection.getresponse().read()
    return 1000 * (time.monotonic() - began)


def _p95(milliseconds: Sequence[float]) -> float:
    return sorted(milliseconds)[int(0.95 * len(milliseconds))]


def as_json(figures: Figures) -> dict[str, object]:
    """This will lay out the figures; rates in MB/s (10^6), memory in MB."""
    return {
        "one_mb_s": round(figures.one_mb_s),
        "bare_mb_s": round(figures.bare_mb_s),
        "one_of_bare": round(figures.one_mb_s / figures.bare_mb_s, 2),
        "at_once": AT_ONCE,
        "at_once_identical": figures.identical,
        "at_once_seconds": round(figures.all_seconds, 1),
        "at_once_mb_s": round(figures.all_mb_s),
        "came_again": figures.came_again,
        "growth_mb": round(figures.growth_mb),
        "p95_ms_process": round(_p95(figures.pings.process)),
        "p95_ms_page": round(_p95(figures.pings.page)),
        "stalled": STALLED,
        "stalled_mb_s": round(figures.stalled_mb_s),
        "stalled_p95_ms_page": round(_p95(figures.stalled_pings.page)),
        "scanners": ", ".join(f"{name} {pace:.0f} MB/s" for name, pace in figures.scanners.items()),
    }


def table(told: dict[str, object]) -> str:
    """This will lay out the figures, each with its bar."""
    return TABLE.format(**told)
