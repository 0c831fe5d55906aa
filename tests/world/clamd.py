"""A real clamd of Debian on sockets of its own, with signatures of our own and no freshclam."""

import hashlib
import io
import shutil
import signal
import socket
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world.files import EICAR
from tests.world.postgres import free_port

SECONDS_TO_START = 60
# A mark that only clamd knows: what is found by it was not found by the embedded rules.
MARK = b"SKRYTKA-" + b"ZNAK-DLA-CLAMD"
SIGNATURES = {"Eicar-Signature": EICAR, "Skrytka-Znak": MARK}
DATABASE, MADE_AT = 27458, datetime(2026, 11, 23, 9, 24, 12, tzinfo=UTC)
# What the handbook asks the operator for.
FIT = {
    "StreamMaxLength": "200M",
    "MaxFileSize": "200M",
    "MaxScanSize": "1200M",
    "AlertExceedsMax": "yes",
}
# What Debian's package sets.
AS_INSTALLED = {"StreamMaxLength": "25M", "MaxFileSize": "25M", "MaxScanSize": "100M"}


@dataclass
class Clamd:
    """A daemon that can be stopped, started, held and killed; `settings` count from a start on."""

    folder: Path
    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix://{self.folder / 'ctl'}"

    @property
    def tcp_address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """This will start the daemon and wait until it answers."""
        config = {
            "LocalSocket": str(self.folder / "ctl"),
            "TCPAddr": "127.0.0.1",
            "TCPSocket": str(self.port),
            "DatabaseDirectory": str(self.folder / "database"),
            "TemporaryDirectory": str(self.folder),
            "Foreground": "yes",
            **self.settings,
        }
        path = self.folder / "clamd.conf"
        path.write_text("".join(f"{name} {value}\n" for name, value in config.items()))
        with (self.folder / "log").open("ab") as log:
            command = [_program(), f"--config-file={path}"]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait_until(lambda reply: reply == b"PONG\0")

    def stop(self) -> None:
        """This will end the daemon at once, as a crash does; its socket stays in the folder."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hold(self) -> None:
        """This will stop the daemon without ending it: it is there and does nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def refresh(self, database: int, made_at: datetime) -> None:
        """This will give the daemon another edition of the database, and wait until it has it."""
        write_database(self.folder / "database", database, made_at)
        self.ask(b"zRELOAD\0")
        self._wait_until(lambda _: f"/{database}/".encode() in self.ask(b"zVERSION\0"))

    def ask(self, question: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as asked:
            asked.sendall(question)
            return asked.recv(1000)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _wait_until(self, is_it: Callable[[bytes], bool]) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                if is_it(self.ask(b"zPING\0")):
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise TimeoutError((self.folder / "log").read_text())


@contextmanager
def running_clamd(settings: Mapping[str, str] = FIT) -> Iterator[Clamd]:
    """This will run a clamd until the block ends."""
    # A short path: the name of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    write_database(folder / "database", DATABASE, MADE_AT)
    daemon = Clamd(folder, settings)
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def shared_clamd() -> Iterator[Clamd]:
    """One for the whole run, for those who leave it as it is."""
    with running_clamd() as daemon:
        yield daemon


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    """One for a single test, which may stop it."""
    with running_clamd() as daemon:
        yield daemon


def _program() -> str:
    return shutil.which("clamd") or "/usr/sbin/clamd"


def write_database(folder: Path, number: int, made_at: datetime) -> None:
    """This will write an unsigned edition of the daily database with our own signatures."""
    folder.mkdir(exist_ok=True)
    lines = (f"{name}:0:*:{mark.hex()}\n" for name, mark in SIGNATURES.items())
    signatures = "".join(lines).encode()
    count = len(SIGNATURES)
    stamp = f"{made_at:%d %b %Y %H-%M} +0000:{number}:{count}:90:{{}}:X:tests:{made_at:%s}"
    digest = hashlib.sha256(signatures).hexdigest()
    listed = f"ClamAV-VDB:{stamp.format('X')}\ndaily.ndb:{len(signatures)}:{digest}\n"
    body = _tar({"COPYING": b"-", "daily.info": listed.encode(), "daily.ndb": signatures})
    checksum = hashlib.md5(body, usedforsecurity=False).hexdigest()
    head = f"ClamAV-VDB:{stamp.format(checksum)}".encode().ljust(512)
    (folder / "daily.cud").write_bytes(head + body)


def _tar(files: Mapping[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return whole.getvalue()
