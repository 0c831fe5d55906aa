"""A stand-in for clamd that says what a real one never says, or nothing at all."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Script:
    """What it says, word for word; None where it says nothing and keeps the line."""

    version: bytes | None = b"1: ClamAV 1.4.6/27458/Mon Nov 23 09:24:12 2026\0"
    candour: bytes | None = b"2: stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0"
    verdict: bytes | None = b"3: stream: OK\0"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.script, self.over = script, threading.Event()


class _Answers(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        script = self.server.script
        self._say(script.version)
        for word in (script.candour, script.verdict):
            if not self._has_file():
                return
            self._say(word)

    def _has_file(self) -> bool:
        """Reads past the commands up to a file, and the file to its end."""
        seen = b""
        while not seen.endswith(b"zINSTREAM\0"):
            seen += (byte := self.rfile.read(1))
            if not byte:
                return False
        while size := int.from_bytes(self.rfile.read(4)):
            self.rfile.read(size)
        return True

    def _say(self, word: bytes | None) -> None:
        if word is None:
            self.server.over.wait()
        else:
            self.wfile.write(word)


@contextmanager
def clamd_that_says(script: Script) -> Iterator[str]:
    """This will stand in for a clamd until the block ends; gives its address."""
    with _Server(script) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"tcp://127.0.0.1:{server.server_address[1]}"
        finally:
            server.over.set()
            server.shutdown()
