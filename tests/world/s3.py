"""A real S3 server for the length of a test run: SeaweedFS, loopback only."""

import json
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world.postgres import free_ports

ACCESS_KEY, SECRET_KEY = "skrytka", "skrytka-secret"
SECONDS_TO_START, ATTEMPTS = 30, 4
PARTS = ("master", "volume", "filer")
WITH_GRPC = (*PARTS, "s3")


@contextmanager
def running_s3(folder: Path) -> Iterator[str]:
    """This will start the server and yield its endpoint; it is gone afterwards."""
    server = S3Server(folder)
    server.start()
    try:
        yield server.endpoint
    finally:
        server.kill()


class S3Server:
    """A server over a folder, at one address however often it is killed and started."""

    _process: subprocess.Popen[bytes] | None
    _has_run = False

    def __init__(self, folder: Path) -> None:
        self._folder, self._process = folder, None
        self._choose_ports()

    def _choose_ports(self) -> None:
        port, *others = free_ports(1 + len(PARTS) + len(WITH_GRPC))
        self.endpoint = f"http://127.0.0.1:{port}"
        command = [_program(), "server", f"-dir={self._folder}", "-ip=127.0.0.1", "-s3"]
        command += [f"-s3.port={port}", f"-s3.config={_identities(self._folder)}", "-filer"]
        # Two catalogues that nobody asks listen at ports of their own, one server at a time.
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        names = [*(f"{part}.port" for part in PARTS), *(f"{part}.port.grpc" for part in WITH_GRPC)]
        pairs = zip(names, others, strict=True)
        self._command = command + [f"-{name}={number}" for name, number in pairs]

    def start(self) -> None:
        """This will start the server at its address, or again where it cannot.

        Between finding a port free and taking it somebody else may have taken it.
        """
        for _ in range(ATTEMPTS):
            with (self._folder / "log").open("ab") as log:
                self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
            if self._has_come_up():
                return
            self.kill()
            if not self._has_run:
                self._choose_ports()
        raise TimeoutError((self._folder / "log").read_text()[-2000:])

    def _has_come_up(self) -> bool:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self._process and self._process.poll() is None:
            if _answers(self.endpoint):
                self._has_run = True
                return True
            time.sleep(0.1)
        return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _program() -> str:
    return str(Path(sysconfig.get_path("scripts")) / "weed")


def _identities(folder: Path) -> Path:
    path = folder / "s3.json"
    keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    actions = ["Admin", "Read", "Write", "List"]
    identity = {"name": "skrytka", "credentials": keys, "actions": actions}
    path.write_text(json.dumps({"identities": [identity]}))
    return path


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=1)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
