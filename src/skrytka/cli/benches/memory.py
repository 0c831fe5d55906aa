"""The memory of a whole installation under load: `skrytka up` and every process of its group.

A real server in a temporary folder is left alone, read, written to by many people at once over
HTTP, and sent the largest files that a letter may have. Beside each phase stands what the
processes took at most.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from skrytka.cli.benches.installation import choose_folder, load_people, running_installation
from skrytka.cli.benches.processes import Peaks, peaks_of
from skrytka.cli.benches.wire import WireClient, Writer, long_pdf, long_text

WRITERS = 32
UPLOADS = 4
UPLOAD_BYTES = 150 * 1_000_000
ATTACHMENT_BYTES = 100_000
PAGES = ("/", "/sprawy/", "/sprawy/?q=zaswiadczenie", "/instytucje/", "/informacje/pomoc/")
VIEWS = 200
SECONDS_OF_REST = 3
MB = 1000


@dataclass(frozen=True)
class Phase:
    """One phase: how long it took, how much was done, what was taken at most (kB)."""

    name: str
    seconds: float
    done: int
    peaks: Peaks


@dataclass(frozen=True)
class House:
    """A running installation and the people who use it."""

    group: int
    port: int
    writers: tuple[Writer, ...]
    box: str


def run(arguments: argparse.Namespace) -> int:
    """This will measure in a temporary folder and print one line per phase."""
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        choose_folder(Path(folder))
        phases = measure(Path(folder), each=max(1, arguments.count // 100))
    told = json.dumps([as_json(phase) for phase in phases], indent=2)
    print(told if arguments.json else table(phases))
    return 0


def measure(folder: Path, *, each: int) -> list[Phase]:
    """This will start an installation and take it through all phases; `each` letters a writer."""
    people = load_people(WRITERS)
    with running_installation(folder) as (group, port):
        writers = tuple(
            Writer(WireClient(port, f"127.0.0.{2 + number}"), email, password, folder / "mail")
            for number, (email, password) in enumerate(people)
        )
        house = House(group, port, writers, "/ZOJO_Cieszyn/SkrytkaESP")
        return [
            _phase("idle", house, _rests),
            _phase("pages", house, _reads),
            _phase("log-ins", house, _log_in),
            _phase("submissions", house, lambda house: _submissions(house, each)),
            _phase("uploads", house, _uploads),
            _phase("texts and PDF", house, _rest_of_it),
            _phase("afterwards", house, _rests),
        ]


def _phase(name: str, house: House, work: Callable[[House], int]) -> Phase:
    began = time.monotonic()
    with peaks_of(house.group) as peaks:
        done = work(house)
    return Phase(name, time.monotonic() - began, done, peaks)


def _rests(_house: House) -> int:
    time.sleep(SECONDS_OF_REST)
    return 0


def _reads(house: House) -> int:
    client = WireClient(house.port, "127.0.0.1")
    for number in range(VIEWS):
        client.get(PAGES[number % len(PAGES)])
    return VIEWS


def _log_in(house: House) -> int:
    return _all(Writer.logs_in, house.writers)


def _submissions(house: House, each: int) -> int:
    def submit(writer: Writer) -> None:
        for number in range(each):
            letter = writer.starts(house.box)
            writer.writes(letter, f"Pomiar {number}", long_pdf("umowa.pdf", ATTACHMENT_BYTES))
            writer.signs(letter)
            writer.sends(letter)

    return each * _all(submit, house.writers)


def _uploads(house: House) -> int:
    def upload(writer: Writer) -> None:
        page = writer.uploads(writer.starts(house.box), long_pdf("mapa.pdf", UPLOAD_BYTES))
        if "st-ok" not in page.text:
            raise RuntimeError(page.text[:2000])

    return _all(upload, house.writers[:UPLOADS])


def _rest_of_it(house: House) -> int:
    """What only some letters need: the model judges a text, a receipt is shown as PDF."""

    def submit(writer: Writer) -> None:
        letter = writer.starts(house.box)
        writer.uploads(letter, long_text("opis.txt", ATTACHMENT_BYTES))
        writer.writes(letter, "Pomiar z tekstem", long_pdf("umowa.pdf", ATTACHMENT_BYTES))
        writer.signs(letter)
        writer.client.get(f"{writer.sends(letter)}upo.pdf")

    return _all(submit, house.writers)


def _all(work: Callable[[Writer], None], writers: Sequence[Writer]) -> int:
    """Every writer at once; the first who fails ends the bench."""
    with ThreadPoolExecutor(len(writers)) as pool:
        return len(list(pool.map(work, writers)))


def as_json(phase: Phase) -> dict[str, object]:
    """This will lay out one phase, in MB."""
    return {
        "name": phase.name,
        "seconds": round(phase.seconds, 1),
        "done": phase.done,
        "rss_mb": {name: size // MB for name, size in phase.peaks.rss.items()},
        "pss_mb": {name: size // MB for name, size in phase.peaks.pss.items()},
        "rss_sum_mb": phase.peaks.rss_sum // MB,
        "pss_sum_mb": phase.peaks.pss_sum // MB,
    }


def table(phases: Sequence[Phase]) -> str:
    """This will lay out one line per phase, in MB."""
    names = sorted({name for phase in phases for name in phase.peaks.rss})
    heads = "".join(f"{name + ' RSS':>14}{name + ' PSS':>14}" for name in names)
    lines = [f"{'MB, at most':14}{'s':>7}{'done':>6}{heads}{'sum of RSS':>14}{'sum of PSS':>14}"]
    for phase in phases:
        peaks = phase.peaks
        each = "".join(
            f"{peaks.rss.get(name, 0) // MB:14}{peaks.pss.get(name, 0) // MB:14}" for name in names
        )
        sums = f"{peaks.rss_sum // MB:14}{peaks.pss_sum // MB:14}"
        lines.append(f"{phase.name:14}{phase.seconds:7.1f}{phase.done:6}{each}{sums}")
    return "\n".join(lines)
