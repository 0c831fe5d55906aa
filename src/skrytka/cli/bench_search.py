"""Search over 10 000 cards and 60 000 addressees, as the pages ask it.

Runs in a database of its own: a file in a temporary folder, or on the server of `DATABASE_URL` a
database that is made for the run and dropped after it. A question counts from the typed text to the
lines of the page; HTML is not measured.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from random import Random
from statistics import quantiles
from urllib.parse import urlsplit, urlunsplit

KIB = 1024
CARDS, ADDRESSEES = 10_000, 60_000
PER_PAGE = 10
TERMS = (
    "zaświadczenia", "wnioskiem", "podatku", "nieruchomości", "szkołę", "uczniowi", "pozwoleniem",
    "odwołań", "drzew", "budynkach", "pracownikom", "emerytury", "mieszkań", "zasiłków", "parkingi",
)  # fmt: skip


@dataclass(frozen=True)
class SearchFigures:
    """One kind of question; times are milliseconds, `found` the share that found anything.

    `cpu_p95_ms` is what this process itself spent: on a busy machine the rest was waiting.
    """

    name: str
    engine: str
    count: int
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float
    found: float
    peak_mb: float


def run(arguments: argparse.Namespace) -> int:
    """This will measure every kind of question and print one line for each."""
    figures = measure_search(count=arguments.count)
    if arguments.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))
        return 0
    print(
        f"{'':24} {'engine':>10} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'cpu p95':>8}"
        f" {'found':>6} {'MB':>5}"
    )
    for each in figures:
        print(
            f"{each.name:24} {each.engine:>10} {each.count:5} {each.p50_ms:8.1f} "
            f"{each.p95_ms:8.1f} {each.cpu_p95_ms:8.1f} {each.found:6.0%} {each.peak_mb:5.0f}"
        )
    return 0


def measure_search(
    *, cards: int = CARDS, addressees: int = ADDRESSEES, count: int = 200
) -> list[SearchFigures]:
    """This will fill a database of its own and ask each kind of question `count` times."""
    with _own_database():
        import django

        django.setup()
        from django.db import connection

        from skrytka.catalogue.bench import fill
        from skrytka.cli.migrate import prepare
        from skrytka.config.clock import now

        try:
            prepare(now())
            words = fill(cards, addressees, at=now())
            kinds = _kinds(words.towns, words.rare)
            engine = connection.vendor
            return [_measured(name, engine, ask, texts, count) for name, ask, texts in kinds]
        finally:
            connection.close()


Ask = Callable[[str], int]


def _kinds(
    towns: Sequence[str], rare: Sequence[str]
) -> Iterator[tuple[str, Ask, Callable[[Random], str]]]:
    from skrytka.catalogue.search.words import fold

    def two(chance: Random) -> str:
        return f"{chance.choice(TERMS)} {chance.choice(TERMS)}"

    def beginning(chance: Random) -> str:
        town = chance.choice(towns)
        return town[: chance.randint(2, len(town))]

    yield "card: one word", _cards, lambda chance: chance.choice(TERMS)
    yield "card: two words", _cards, two
    yield "card: no diacritics", _cards, lambda chance: fold(chance.choice(TERMS))
    yield "card: rare word", _cards, lambda chance: chance.choice(rare)
    yield "card: slip", _cards, lambda chance: _slip(chance, chance.choice((*TERMS, *rare[:300])))
    yield "card: no words", _cards, lambda _chance: ""
    yield "addressee: beginning", _addressees, beginning
    yield "addressee: town", _addressees, lambda chance: fold(chance.choice(towns))
    yield "addressee: two words", _addressees, lambda chance: f"urząd {beginning(chance)}"
    yield "addressee: slip", _addressees, lambda chance: _slip(chance, chance.choice(towns))
    yield "addressee: box address", _addressees, lambda chance: f"/E{chance.randint(0, 29_999)}_"


def _cards(text: str) -> int:
    """What the page of results asks: cards, counts of filters, one page of lines with marks."""
    from skrytka.catalogue.queries import card_lines, catalogue_frame
    from skrytka.catalogue.search.cards import find_cards
    from skrytka.catalogue.search.marks import marked_names

    found = find_cards(text)
    lines = card_lines(found.ids[:PER_PAGE])
    marked_names(tuple(line.name for line in lines), found.question)
    catalogue_frame(found.question.edition)
    return len(lines)


def _addressees(text: str) -> int:
    from skrytka.catalogue.addressees import addressees_matching

    return len(addressees_matching(text, limit=PER_PAGE).lines)


def _slip(chance: Random, word: str) -> str:
    """One wrong, missing, doubled or swapped letter, not the first."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    swapped = f"{before}{after[0]}{letter}{after[1:]}"
    wrong = f"{before}{chance.choice('aeiorstn')}{after}"
    return chance.choice((swapped, wrong, before + after, before + letter * 2 + after))


def _measured(
    name: str, engine: str, ask: Ask, texts: Callable[[Random], str], count: int
) -> SearchFigures:
    chance = Random(name)  # noqa: S311 - the same questions every time, no secret
    asked = [texts(chance) for _ in range(count)]
    ask(asked[0])
    durations, spent, found = [], [], 0
    for text in asked:
        began, cpu = time.perf_counter(), time.thread_time()
        found += ask(text) > 0
        durations.append((time.perf_counter() - began) * 1000)
        spent.append((time.thread_time() - cpu) * 1000)
    cuts = quantiles(durations, n=20)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    cpu_p95 = quantiles(spent, n=20)[18]
    return SearchFigures(name, engine, count, cuts[9], cuts[18], cpu_p95, found / count, peak)


@contextmanager
def _own_database() -> Iterator[None]:
    server = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="skrytka-bench-") as folder:
        os.environ |= {
            "SKRYTKA_DATA": folder,
            "SKRYTKA_MODE": "demo",
            "SKRYTKA_KEYS": f"{folder}/keys",
        }
        if not server.startswith("postgres"):
            os.environ.pop("DATABASE_URL", None)
            yield
            return
        with _database_on(server) as url:
            os.environ["DATABASE_URL"] = url
            yield


@contextmanager
def _database_on(server: str) -> Iterator[str]:
    import psycopg
    from psycopg import sql

    name = f"skrytka_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
