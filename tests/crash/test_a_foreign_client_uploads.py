"""tuspy, a client we did not write, over a wire on which three parts of ten do not get through."""

import hashlib
import random
import threading
import time
from pathlib import Path

import pytest
from tusclient.client import TusClient

from tests.world.large_files import large_picture
from tests.world.person import Person
from tests.world.postgres import free_port
from tests.world.server import RunningServer, skrytka, start_skrytka, wait_until_ready
from tests.world.wire import Wire, wire_to

pytestmark = pytest.mark.crash
SIZE = 150_000_000
PART = 4 << 20


class Saboteur(threading.Thread):
    """Cuts the wire in three parts of ten, somewhere in the middle of the part."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(daemon=True)
        self._wire, self._chance, self._over = wire, random.Random(30), threading.Event()
        self._parts = 0

    def run(self) -> None:
        next_part = self._wire.sent
        while not self._over.wait(0.002):
            if self._wire.sent < next_part:
                continue
            self._parts += 1
            if self._parts % 10 in {2, 5, 8}:
                time.sleep(self._chance.random() * PART / self._rate)
                self._wire.cut()
            next_part = self._wire.sent + PART

    _rate = 60_000_000

    def stop(self) -> None:
        self._over.set()
        self.join()


def uploaded(person: Person, draft_id: str, file: Path, wire: Wire) -> str:
    """Sends the file and returns the address of its row."""
    client = TusClient(f"{person.url}/pisma/robocze/{draft_id}/przesylanie/", person.headers())
    uploader = client.uploader(
        str(file), chunk_size=PART, metadata={"filename": file.name}, retries=50, retry_delay=0,
        upload_checksum=True,
    )  # fmt: skip
    saboteur = Saboteur(wire)
    saboteur.start()
    try:
        uploader.upload()
    finally:
        saboteur.stop()
    return str(uploader.url).replace("/przesylanie/", "/pliki/")


def row_when_safe(person: Person, row: str) -> str:
    until, page = time.monotonic() + 60, ""
    while time.monotonic() < until:
        page = person.session.get(row, timeout=30).text
        if "gotowy do wysłania" in page:
            return page
        time.sleep(0.5)
    raise AssertionError(page)


def test_every_byte_arrives(tmp_path: Path) -> None:
    file, port = large_picture(tmp_path / "mapa.bmp", SIZE), free_port()
    with wire_to(port, rate=60_000_000) as wire:
        server = start(tmp_path / "data", wire, port)
        try:
            person = Person(f"http://localhost:{wire.port}")
            draft_id = person.begins_a_letter()
            page = row_when_safe(person, uploaded(person, draft_id, file, wire))
            print(f"cuts {wire.cuts}, sent {wire.sent / SIZE:.2f} times the file")
            assert wire.cuts >= 10
            assert hashlib.sha256(file.read_bytes()).hexdigest() in page
            checked = skrytka(tmp_path / "data", "doctor", "--blobs")
            assert checked.returncode == 0, checked.stdout
        finally:
            server.kill()


def start(data: Path, wire: Wire, port: int) -> RunningServer:
    server = start_skrytka(data, {"SKRYTKA_BASE_URL": f"http://localhost:{wire.port}"}, port=port)
    wait_until_ready(server)
    return server
