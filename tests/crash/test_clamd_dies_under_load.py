"""Clamd dies and comes back while forty files are screened: nothing passes that it has not seen."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from skrytka.gateways.opened_scanners import open_scanner
from skrytka.letters.screening import CIESZYN_2026, Outcome, Screener, Verdict
from skrytka.letters.screening.specimen import in_memory
from tests.world import files
from tests.world.clamd import DATABASE, MARK, Clamd

pytestmark = pytest.mark.crash
FILES, AT_ONCE, DEATHS = 40, 12, 6
UP_SECONDS, DOWN_SECONDS = 0.4, 0.15


def nth_file(number: int) -> tuple[str, bytes]:
    """Of four files one is malware, which by turns only clamd knows or both; no two are alike."""
    salt = str(number).encode() * 20_000
    kinds = (
        (f"{number}.pdf", files.pdf(b"%" + salt)),
        (f"{number}.zip", files.zipped({"a.txt": salt, "b.pdf": files.pdf(b"%" + salt)})),
        (f"{number}.txt", b"Dzien dobry " + salt),
        (f"{number}-zly.zip", files.zipped({"a.txt": salt, "b.txt": bad(number) + salt})),
    )
    return kinds[number % len(kinds)]


def bad(number: int) -> bytes:
    return MARK if number % 8 == 3 else files.EICAR


@contextmanager
def dying_and_coming_back(daemon: Clamd) -> Iterator[threading.Thread]:
    """Kills the daemon and starts it again, some times; in the end it is there."""

    def restless() -> None:
        for _ in range(DEATHS):
            time.sleep(UP_SECONDS)
            daemon.stop()
            time.sleep(DOWN_SECONDS)
            daemon.start()

    thread = threading.Thread(target=restless)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()


def all_screened(screener: Screener) -> list[Verdict]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        given = (nth_file(number) for number in range(FILES))
        verdicts = [pool.submit(screener.screen, name, in_memory(data)) for name, data in given]
    return [verdict.result() for verdict in verdicts]


def require_seen_by_both(verdict: Verdict) -> None:
    embedded, clamd = verdict.engine.split("; ")
    assert embedded.startswith("yara-x ")
    assert clamd.endswith(f"/{DATABASE}")
    for member in verdict.members:
        require_seen_by_both(member)


def test_nothing_passes_that_clamd_has_not_seen(clamd: Clamd) -> None:
    screener = Screener(CIESZYN_2026, open_scanner(clamd.address))
    verdicts: list[Verdict] = []
    with dying_and_coming_back(clamd) as dying:
        while dying.is_alive():
            verdicts += all_screened(screener)
    for verdict in verdicts:
        if verdict.outcome is Outcome.SAFE:
            assert "zly" not in verdict.file_name
            require_seen_by_both(verdict)
        elif verdict.outcome is Outcome.REFUSED:
            assert "zly" in verdict.file_name
    seen = {verdict.outcome for verdict in verdicts}
    assert seen == set(Outcome), "the daemon was there and was gone"
    again = {verdict.file_name: verdict.outcome for verdict in all_screened(screener)}
    assert {name for name, outcome in again.items() if outcome is Outcome.SAFE} == {
        name for name, _ in map(nth_file, range(FILES)) if "zly" not in name
    }
    assert Outcome.UNSCREENED not in again.values()
