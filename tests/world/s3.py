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

from tests.world.postgres import free_port

ACCESS_KEY, SECRET_KEY = "skrytka", "skrytka-secret"
SECONDS_TO_START = 60


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

    def __init__(self, folder: Path) -> None:
        self._folder, port = folder, free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        command = [_program(), "server", f"-dir={folder}", "-ip=127.0.0.1", "-s3"]
        command += [f"-s3.port={port}", f"-s3.config={_identities(folder)}", "-filer"]
        command += [f"-{part}.port={free_port()}" for part in ("master", "volume", "filer")]
        parts = ("master", "volume", "filer", "s3")
        self._command = command + [f"-{part}.port.grpc={free_port()}" for part in parts]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        _wait_for(self.endpoint)

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


def _wait_for(address: str) -> None:
    for _ in range(SECONDS_TO_START * 4):
        try:
            urllib.request.urlopen(address, timeout=1)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)
