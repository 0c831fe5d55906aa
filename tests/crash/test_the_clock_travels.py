"""A demonstration that is started again at later times goes on with the same data."""

import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from skrytka.cli.benches.wire import WireClient, Writer, long_text
from tests.world.server import RunningServer, start_skrytka, wait_until_ready

pytestmark = pytest.mark.crash
ANNA, PASSWORD = "anna.kowalska@example.pl", "pokazowe-haslo-2026"
BOX = "/ZOJO_Cieszyn/SkrytkaESP"


@contextmanager
def started(data: Path, at: str) -> Iterator[RunningServer]:
    server = start_skrytka(data, {}, at=at)
    try:
        wait_until_ready(server)
        yield server
    finally:
        server.kill()


def front_page(server: RunningServer) -> str:
    with urllib.request.urlopen(f"{server.url}/", timeout=10) as answer:
        return str(answer.read().decode())


def anna_at(server: RunningServer) -> Writer:
    client = WireClient(int(server.url.rpartition(":")[2]), "127.0.0.1")
    anna = Writer(client, ANNA, PASSWORD, server.data / "mail")
    anna.logs_in()
    return anna


def sent_letter(server: RunningServer) -> str:
    """Signed with a code that the worker mails by the moved clock; the address of its page."""
    anna = anna_at(server)
    letter = anna.starts(BOX)
    anna.writes(letter, "Pismo z innego czasu", long_text("a.txt", 1000))
    anna.signs(letter)
    return anna.sends(letter)


def test_the_same_data_lives_through_several_times(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with started(data, "2027-12-10T08:00") as server:
        assert "Czas pokazowy: 10\u00a0grudnia\u00a02027\u00a0r., 08:0" in front_page(server)
        assert "Czas pokazowy: 2027-12-10 08:00" in server.log
        letter = sent_letter(server)
        assert server.stop() == 0
    with started(data, "2027-12-27T12:30+00:00") as server:
        assert "Czas pokazowy: 27\u00a0grudnia\u00a02027\u00a0r., 13:3" in front_page(server)
        page = anna_at(server).client.get(letter).text
        assert "10\u00a0grudnia\u00a02027\u00a0r., godz.\u00a008:0" in page
        assert server.stop() == 0
    with started(data, "") as server:
        assert "Czas pokazowy" not in front_page(server)
        assert "10\u00a0grudnia\u00a02027" in anna_at(server).client.get(letter).text
