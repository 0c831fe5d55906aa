"""Whatever goes wrong with clamd is silence with a reason: never a clean file, and never long."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pytest

from skrytka.gateways import clamd_scanner
from skrytka.gateways.clamd_scanner import MOST_AT_ONCE, SKIPS, ClamdScanner
from skrytka.gateways.clamd_wire import ClamdAddress, Patience, clamd_address
from skrytka.gateways.malware import Finding, ScannerSilentError
from skrytka.gateways.turns import MOST_AT_ONCE as MOST_TURNS
from skrytka.gateways.turns import TURNS
from tests.world.clamd import (
    AS_INSTALLED,
    FIT,
    MARK,
    Clamd,
    running_clamd,
)
from tests.world.clamd_stand_in import Script, clamd_that_says
from tests.world.files import zipped
from tests.world.postgres import free_port

SHORT = Patience(connecting=0.3, version=0.3, sending=0.3, answer=0.3, place=0.3)
GAVE_UP = b"stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0"


def scanner_of(daemon: Clamd) -> ClamdScanner:
    return ClamdScanner(clamd_address(daemon.address))


def silence_of(scanner: ClamdScanner, data: bytes = b"ala") -> str:
    """Why the scanner is silent about a file; that it is, is asserted."""
    with pytest.raises(ScannerSilentError) as silent:
        scanner.scan([data])
    return str(silent.value)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def test_a_clamd_that_is_gone_is_silent_at_once_and_answers_when_it_is_back(clamd: Clamd) -> None:
    scanner = scanner_of(clamd)
    assert scanner.scan([b"ala"]).finding is Finding.CLEAN
    clamd.stop()
    with within(1):
        assert silence_of(scanner).startswith("clamd is not there")
        with pytest.raises(ScannerSilentError):
            scanner.in_use()
    clamd.start()
    assert scanner.scan([MARK]).finding is Finding.MALWARE
    assert scanner.scan([b"ala"]).finding is Finding.CLEAN


@pytest.mark.parametrize(
    "address",
    [ClamdAddress(path="/nonexistent/ctl"), ClamdAddress(path="/" + "x" * 200)],
)
def test_where_no_clamd_ever_was_is_silence(address: ClamdAddress) -> None:
    assert silence_of(ClamdScanner(address)).startswith("clamd is not there")


def test_a_port_where_nobody_listens_is_silence() -> None:
    address = ClamdAddress(host="127.0.0.1", port=free_port())
    with within(1):
        assert silence_of(ClamdScanner(address)).startswith("clamd is not there")


def test_a_clamd_that_hangs_is_silent_within_its_patience(clamd: Clamd) -> None:
    clamd.hold()
    with within(3):
        assert silence_of(scanner_of(clamd)) == "clamd is too slow"
    clamd.go_on()
    assert scanner_of(clamd).scan([b"ala"]).finding is Finding.CLEAN


def test_a_stream_cut_by_a_dying_clamd_is_silence(clamd: Clamd) -> None:
    def dying() -> Iterator[bytes]:
        yield bytes(1 << 20)
        clamd.stop()
        yield bytes(1 << 20)

    with pytest.raises(ScannerSilentError, match="clamd hung up"):
        scanner_of(clamd).scan(dying())


def test_a_clamd_that_dies_before_its_verdict_is_silence(clamd: Clamd) -> None:
    with scanner_of(clamd).stream() as stream:
        for _ in stream.passing([b"ala"]):
            clamd.stop()
        with pytest.raises(ScannerSilentError, match="clamd hung up"):
            stream.answer()


def test_a_clamd_that_stops_taking_bytes_is_silence(clamd: Clamd) -> None:
    scanner = replace(scanner_of(clamd), patience=replace(SHORT, connecting=2, version=2))

    def held() -> Iterator[bytes]:
        yield b"ala"
        clamd.hold()
        for _ in range(40):
            yield bytes(1 << 20)

    with within(6), pytest.raises(ScannerSilentError, match="clamd is too slow"):
        scanner.scan(held())


def test_a_file_that_is_too_long_for_clamd_is_silence_and_says_so() -> None:
    with running_clamd(FIT | {"StreamMaxLength": "2M"}) as small:
        scanner = scanner_of(small)
        assert "INSTREAM size limit exceeded" in silence_of(scanner, bytes(5 << 20) + MARK)
        assert scanner.scan([bytes(1 << 20)]).finding is Finding.CLEAN


@pytest.mark.parametrize(
    ("limit", "data"),
    [
        ({"MaxFileSize": "1M"}, bytes(3 << 20) + MARK),
        ({"MaxScanSize": "1M"}, bytes(3 << 20) + MARK),
        ({"MaxFiles": "3"}, zipped({f"{n}.txt": b"ala" for n in range(9)} | {"x": MARK * 99})),
        ({"MaxRecursion": "2"}, zipped({"a.zip": zipped({"b.zip": zipped({"c": MARK * 99})})})),
        ({"MaxScanTime": "1"}, bytes(40 << 20) + MARK),
    ],
)
def test_what_clamd_gave_up_on_is_neither_clean_nor_malware(
    limit: dict[str, str], data: bytes
) -> None:
    with running_clamd(FIT | limit) as limited:
        scanner = scanner_of(limited)
        scanner._believed_until = time.monotonic() + 60
        assert silence_of(scanner, data).startswith("clamd gave up: Heuristics.Limits.Exceeded.")


def test_a_clamd_that_calls_clean_what_it_skips_is_not_believed() -> None:
    with running_clamd(AS_INSTALLED) as careless:
        scanner = scanner_of(careless)
        assert silence_of(scanner) == SKIPS
        assert scanner.scan([MARK]).finding is Finding.MALWARE
        scanner._believed_until = time.monotonic() + 60
        unseen = zipped({f"{n}.txt": bytes(20 << 20) for n in range(5)} | {"x.txt": MARK * 99})
        assert scanner.scan([unseen]).finding is Finding.CLEAN, "what it is all about"


def test_candour_is_asked_for_again_and_again(
    clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clamd_scanner, "BELIEVED_FOR_SECONDS", 0)
    scanner = scanner_of(clamd)
    scanner.scan([b"ala"])
    clamd.stop()
    clamd.settings = AS_INSTALLED
    clamd.start()
    assert silence_of(scanner) == SKIPS


@pytest.mark.parametrize(
    "script",
    [
        Script(version=b"\0"),
        Script(version=b"1: PONG\0"),
        Script(version=b"2: ClamAV 1.4.6\0"),
        Script(version=b"x" * 5000),
        Script(version=None),
        Script(candour=b"2: stream: OK\0"),
        Script(candour=b"2: stream: Eicar FOUND\0"),
        Script(candour=b"1: " + GAVE_UP),
        Script(candour=None),
        Script(verdict=b""),
        Script(verdict=None),
        Script(verdict=b"3: stream: OK"),
        Script(verdict=b"3: stream: OKX"),
        Script(verdict=b"stream: OK\0"),
        Script(verdict=b"2: stream: OK\0"),
        Script(verdict=b"4: stream: OK\0"),
        Script(verdict=b"3: stream: OK\n\0"),
        Script(verdict=b"3: stream: OKAY\0"),
        Script(verdict=b"3: stream:  OK\0"),
        Script(verdict=b"3: stream: \0"),
        Script(verdict=b"3: stream: FOUND\0"),
        Script(verdict=b"3: stream: Can't allocate memory ERROR\0"),
        Script(verdict=b"3: INSTREAM: Can't write to temporary file. ERROR\0"),
        Script(verdict=b"3: COMMAND UNAVAILABLE\0"),
        Script(verdict=b"\xff\xfe\0"),
        Script(verdict=b"3: stream: OK\0003: stream: Eicar FOUND\0"),
    ],
)
def test_garbage_cut_words_and_no_word_at_all_are_silence(script: Script) -> None:
    with clamd_that_says(script) as address, within(3):
        assert silence_of(ClamdScanner(clamd_address(address), SHORT))


@pytest.mark.parametrize(
    "script",
    [
        Script(version=b"x" * 5000, candour=None),
        Script(verdict=b"3: a reason\nof two lines ERROR\0"),
    ],
)
def test_what_has_no_end_or_would_spoil_the_log_is_not_repeated(script: Script) -> None:
    with clamd_that_says(script) as address:
        told = silence_of(ClamdScanner(clamd_address(address), SHORT))
    assert told == "clamd answers something else"


def test_the_stand_in_is_otherwise_believed() -> None:
    with clamd_that_says(Script()) as address:
        assert ClamdScanner(clamd_address(address), SHORT).scan([b"ala"]).finding is Finding.CLEAN


def test_a_word_that_trickles_in_has_one_time_in_all() -> None:
    with clamd_that_says(Script(version=b"1: Clam", candour=None)) as address, within(2):
        assert silence_of(ClamdScanner(clamd_address(address), SHORT)) == "clamd is too slow"


def test_so_many_at_once_and_the_next_does_not_wait_for_ever(shared_clamd: Clamd) -> None:
    scanner = replace(scanner_of(shared_clamd), patience=replace(Patience(), place=0.3))
    with ExitStack() as stack:
        streams = [stack.enter_context(scanner.stream()) for _ in range(MOST_AT_ONCE)]
        with within(2):
            assert silence_of(scanner) == "clamd has too much to do"
        assert {stream.answer().finding for stream in streams} == {Finding.CLEAN}
    assert scanner.scan([b"ala"]).finding is Finding.CLEAN


def test_places_are_given_back_whatever_happens(clamd: Clamd) -> None:
    scanner = replace(scanner_of(clamd), patience=replace(Patience(), place=0.3))
    clamd.stop()
    assert {silence_of(scanner)[:18] for _ in range(2 * MOST_AT_ONCE)} == {"clamd is not there"}
    clamd.start()
    assert scanner.scan([b"ala"]).finding is Finding.CLEAN


def test_who_waits_for_clamd_holds_nobody_up() -> None:
    patience = replace(Patience(), answer=4)
    with clamd_that_says(Script(candour=None)) as address:
        scanner = ClamdScanner(clamd_address(address), patience)
        waiting = [threading.Thread(target=waits, args=(scanner,)) for _ in range(MOST_TURNS)]
        for thread in waiting:
            thread.start()
        time.sleep(0.5)
        with within(0.5), TURNS.taken():
            pass
        for thread in waiting:
            thread.join()


def test_who_waits_for_a_place_gets_the_next_one(shared_clamd: Clamd) -> None:
    scanner = scanner_of(shared_clamd)
    with ThreadPoolExecutor(1) as pool:
        with ExitStack() as stack:
            for _ in range(MOST_AT_ONCE):
                stack.enter_context(scanner.stream())
            waiting = pool.submit(scanner.scan, [b"ala"])
            time.sleep(0.2)
            assert not waiting.done()
        assert waiting.result().finding is Finding.CLEAN


def waits(scanner: ClamdScanner) -> None:
    with TURNS.taken(), pytest.raises(ScannerSilentError):
        scanner.scan([b"ala"])
