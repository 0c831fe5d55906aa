"""A wire between a browser and a server that is slow and breaks: the network of a train.

It passes TCP on as it comes, at a bounded rate towards the server, counts what it passed, and cuts
every connection in two when told.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 1 << 16


class Wire:
    """Listens on a port of its own and passes on to `target`; `rate` in bytes a second."""

    def __init__(self, target: int, *, rate: int = 0) -> None:
        self._target, self._rate = target, rate
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.sent = 0
        self.cuts = 0
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """This will break every connection there is, at once; new ones come through."""
        with self._lock:
            ends, self._ends = self._ends, set()
            self.cuts += 1
        for end in ends:
            _broken(end)

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._connected, args=(near,), daemon=True).start()

    def _connected(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            _broken(near)
            return
        with self._lock:
            self._ends |= {near, far}
        threading.Thread(target=self._pass, args=(far, near), daemon=True).start()
        self._pass(near, far, towards_server=True)

    def _pass(
        self, source: socket.socket, sink: socket.socket, *, towards_server: bool = False
    ) -> None:
        try:
            while piece := source.recv(PIECE):
                if towards_server:
                    self._counted(piece)
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            # One end is gone: the other must hear of it, or it would write into nothing for ever.
            _broken(source)
            _broken(sink)

    def _counted(self, piece: bytes) -> None:
        self.sent += len(piece)
        if self._rate:
            time.sleep(len(piece) / self._rate)


def _broken(end: socket.socket) -> None:
    """Reset, not closed in good order: what is on its way is lost."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()


@contextmanager
def wire_to(target: int, *, rate: int = 0) -> Iterator[Wire]:
    """This will lay a wire to a port of this machine and take it away afterwards."""
    wire = Wire(target, rate=rate)
    try:
        yield wire
    finally:
        wire.close()
