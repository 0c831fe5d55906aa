"""The two processes of `skrytka up`: one serves and works, one watches; neither is left alone."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from skrytka.cli.benches.processes import look_at, members_of, peaks_of
from skrytka.cli.benches.wire import (
    BOUNDARY,
    SentFile,
    WireClient,
    Writer,
    long_pdf,
    multipart_frame,
)
from tests.world.server import RunningServer, is_ready, running_skrytka

pytestmark = pytest.mark.crash
ANNA, PASSWORD = "anna.kowalska@example.pl", "pokazowe-haslo-2026"
BOX = "/ZOJO_Cieszyn/SkrytkaESP"
SECONDS = 30
MEGABYTE = 1_000_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running_skrytka(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all who leave it standing."""
    with running_skrytka(tmp_path_factory.mktemp("house") / "data") as running:
        yield running


def port_of(server: RunningServer) -> int:
    return int(server.url.rpartition(":")[2])


def anna_of(server: RunningServer) -> Writer:
    client = WireClient(port_of(server), "127.0.0.1")
    anna = Writer(client, ANNA, PASSWORD, server.data / "mail")
    anna.logs_in()
    return anna


def until(is_true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not is_true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def serving(server: RunningServer) -> list[int]:
    return [pid for pid in members_of(server.group) if pid != server.group]


def test_a_killed_server_is_started_again_and_works(server: RunningServer) -> None:
    (before,) = serving(server)
    os.kill(before, signal.SIGKILL)
    until(lambda: serving(server) not in ([], [before]), "nobody took its place")
    until(lambda: is_ready(server.url), "it does not answer")
    anna = anna_of(server)
    letter = anna.starts(BOX)
    anna.writes(letter, "Po awarii", long_pdf("a.pdf", 10_000))
    anna.signs(letter)  # the code comes by mail, so the worker works too
    anna.sends(letter)


def test_when_the_watching_process_is_killed_nobody_is_left(server: RunningServer) -> None:
    assert len(members_of(server.group)) == 2
    os.kill(server.group, signal.SIGKILL)
    server.process.wait(SECONDS)
    until(lambda: members_of(server.group) == [], "the serving process lives on")


def test_told_to_stop_it_finishes_what_is_under_way(server: RunningServer) -> None:
    anna = anna_of(server)
    letter = anna.starts(BOX)
    began = threading.Event()
    slow = slow_pdf(began)
    answers: list[int] = []
    upload = threading.Thread(target=lambda: answers.append(anna.uploads(letter, slow).status))
    upload.start()
    assert began.wait(SECONDS)
    assert server.stop() == 0
    upload.join(SECONDS)
    assert answers == [200]
    assert members_of(server.group) == []


def slow_pdf(began: threading.Event) -> SentFile:
    """A file that takes some seconds to come."""
    whole = long_pdf("wolny.pdf", MEGABYTE)

    def chunks() -> Iterator[bytes]:
        for chunk in whole.chunks():
            yield chunk
            began.set()
            time.sleep(0.15)

    return SentFile(whole.name, whole.size, chunks)


def stalled_upload(anna: Writer, letter: str, token: str) -> socket.socket:
    """A client that announces five megabytes, sends the first hundred kilobytes and waits."""
    file = SentFile("nigdy.pdf", 5 * MEGABYTE, list)
    head, tail = multipart_frame({"csrfmiddlewaretoken": token, "action": "upload"}, file)
    cookies = "; ".join(f"{name}={value}" for name, value in anna.client.cookies.items())
    lines = (
        f"POST {letter.replace('/tresc/', '/pliki/')} HTTP/1.1",
        f"Host: 127.0.0.1:{anna.client.port}",
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
        f"Cookie: {cookies}",
        f"Content-Length: {len(head) + file.size + len(tail)}",
    )
    client = socket.create_connection(("127.0.0.1", anna.client.port))
    client.sendall("\r\n".join((*lines, "", "")).encode() + head + b"%PDF-1.4\n" + bytes(100_000))
    return client


def test_thirty_two_stalled_clients_stop_nobody(house: RunningServer) -> None:
    anna = anna_of(house)
    letter = anna.starts(BOX)
    token = anna.token(letter)
    with ExitStack() as stack:
        for _ in range(32):
            stack.enter_context(stalled_upload(anna, letter, token))
        time.sleep(1)
        began = time.monotonic()
        assert "st-ok" in anna.uploads(letter, long_pdf("a.pdf", 100_000)).text
        assert WireClient(port_of(house), "127.0.0.1").get("/").status == 200
        assert time.monotonic() - began < 5


def test_idle_connections_of_browsers_stop_nobody(house: RunningServer) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", port_of(house))))
        time.sleep(1)
        began = time.monotonic()
        assert WireClient(port_of(house), "127.0.0.1").get("/").status == 200
        assert time.monotonic() - began < 5


def test_large_uploads_leave_memory_flat_and_a_sum_of_151_megabytes_is_refused(
    house: RunningServer,
) -> None:
    anna = anna_of(house)
    letter = anna.starts(BOX)
    assert "st-ok" in anna.uploads(letter, long_pdf("b.pdf", 2 * MEGABYTE)).text
    before = sum(taken.rss for taken in look_at(house.group).values())
    with peaks_of(house.group) as peaks:
        refused = anna.uploads(letter, long_pdf("c.pdf", 150 * MEGABYTE)).text
        taken = anna.uploads(letter, long_pdf("d.pdf", 147 * MEGABYTE)).text
    assert "Załączniki mają razem 151" in " ".join(refused.replace("\u00a0", " ").split())
    assert "st-ok" in taken
    assert peaks.rss_sum - before < 40_000, "kB more than before"
