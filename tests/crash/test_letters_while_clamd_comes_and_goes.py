"""Letters are sent while clamd comes and goes: none is lost, none passes that it has not seen."""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

import pytest

from tests.world import files
from tests.world.clamd import MARK, Clamd
from tests.world.person import Person
from tests.world.server import RunningServer, running_skrytka

pytestmark = pytest.mark.crash
PEOPLE, EACH = 4, 10
UP_SECONDS, DOWN_SECONDS = 0.5, 1.5
SECONDS_TO_SETTLE = 120
ONE_AT_A_TIME = Lock()
STANDING = """
    SELECT a.sha256, i.state, s.outcome, s.engine
    FROM letters_letterattachment a
    JOIN letters_letter l ON l.id = a.letter_id
    JOIN letters_letterintake i ON i.letter_id = l.id
    LEFT JOIN letters_filescreening s ON s.draft_id = l.draft_id AND s.digest = a.sha256
"""
LATER = "SELECT count(*) FROM letters_filescreening WHERE occasion = 'LATER'"
WAITING = "SELECT count(*) FROM letters_letterintake WHERE state = 'AWAITING_SCREENING'"


@dataclass(frozen=True)
class Sent:
    """One file and what became of it at the page: refused there, or sent in a letter."""

    sha256: str
    is_bad: bool
    was_refused: bool


def nth_file(number: int) -> tuple[str, bytes, bool]:
    """Of three files one is bad, in the open or in an archive; only clamd knows its mark."""
    salt = f"Pismo numer {number}. ".encode() * 200
    kinds = (
        (f"{number}.txt", salt, False),
        (f"{number}.pdf", files.pdf(b"%" + salt), False),
        (f"{number}.txt", MARK + salt, True),
        (f"{number}.zip", files.zipped({"a.txt": salt}), False),
        (f"{number}.zip", files.zipped({"a.txt": salt, "b.txt": MARK + salt}), True),
    )
    return kinds[number % len(kinds)]


@contextmanager
def coming_and_going(daemon: Clamd) -> Iterator[None]:
    """Dead for longer than alive as long as the block lasts; in the end it is there."""
    over = Event()

    def restless() -> None:
        while not over.wait(UP_SECONDS):
            daemon.stop()
            over.wait(DOWN_SECONDS)
            daemon.start()

    thread = Thread(target=restless)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.fixture
def server(clamd: Clamd, tmp_path: Path) -> Iterator[RunningServer]:
    with running_skrytka(tmp_path / "data", SKRYTKA_CLAMD=clamd.address) as running:
        yield running


def sends_letters(server: RunningServer, first: int) -> list[Sent]:
    person = Person(server.url)
    return [_sends(person, number) for number in range(first, first + EACH)]


def _sends(person: Person, number: int) -> Sent:
    name, data, is_bad = nth_file(number)
    with ONE_AT_A_TIME:  # who begins twice without writing is led to the same draft
        draft_id = person.begins_a_letter()
        person.writes(draft_id, f"Pismo {number}")
    was_refused = "file--bad" in person.attaches(draft_id, name, data)
    if not was_refused:
        page = person.sends_unsigned(draft_id, f"Pismo {number}")
        assert "Pismo doręczone" in page or "Sprawdzamy" in page, page
    return Sent(hashlib.sha256(data).hexdigest(), is_bad, was_refused)


def asked(server: RunningServer, question: str) -> list[tuple[Any, ...]]:
    path = server.data / "skrytka.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def wait_until_none_waits(server: RunningServer) -> None:
    until = time.monotonic() + SECONDS_TO_SETTLE
    while asked(server, WAITING) != [(0,)]:
        assert time.monotonic() < until, server.log[-3000:]
        time.sleep(0.5)


def test_no_letter_is_lost_and_none_passes_unscreened(server: RunningServer, clamd: Clamd) -> None:
    sent: list[Sent] = []
    with coming_and_going(clamd), ThreadPoolExecutor(PEOPLE) as pool:
        begun = [pool.submit(sends_letters, server, EACH * who) for who in range(PEOPLE)]
        sent = [one for each in begun for one in each.result(300)]
    wait_until_none_waits(server)
    rows = asked(server, STANDING)
    in_letters = {one.sha256: one for one in sent if not one.was_refused}
    assert {row[0] for row in rows} == set(in_letters), "every letter that was sent is there"
    assert not [one for one in sent if one.was_refused and not one.is_bad]
    for sha256, state, _, _ in rows:
        assert state == ("REFUSED" if in_letters[sha256].is_bad else "ACCEPTED")
    seen = {row[0] for row in rows if row[2] == "SAFE" and "ClamAV" in row[3]}
    good = {sha256 for sha256, one in in_letters.items() if not one.is_bad}
    assert good <= seen, "clamd has seen what was accepted"
    ((waited,),) = asked(server, LATER)
    print(f"letters {len(in_letters)}, files that waited for clamd {waited}")
    assert waited, "clamd was away for some of them"
