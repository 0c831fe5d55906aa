"""A file sent part by part, as the page does it; and the loop that does no more than it must."""

import base64
import hashlib
import os
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from struct import pack

from skrytka.cli.benches.wire import SECONDS_TO_ANSWER, UnexpectedAnswerError, Writer

PART = 8 << 20
PIECE = 1 << 18
WIDTH = 4096
HEADER = 54
BUSY = 503
SECONDS_TO_COME_AGAIN = 0.5
NOISE = os.urandom(PART)


@dataclass(frozen=True)
class Picture:
    """A bitmap of noise that is like no other: its first pixels are its own."""

    name: str
    size: int
    head: bytes

    def part(self, offset: int, count: int) -> Iterator[bytes]:
        """This will yield `count` bytes from `offset` on."""
        end = offset + count
        if offset < len(self.head):
            yield self.head[offset:end]
            offset = len(self.head)
        while offset < end:
            start = offset % PART
            piece = NOISE[start : start + min(PIECE, end - offset)]
            offset += len(piece)
            yield piece

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for piece in self.part(0, self.size):
            digest.update(piece)
        return digest.hexdigest()


def picture(name: str, size: int) -> Picture:
    """This will describe a picture of at most `size` bytes and close to it."""
    height = (size - HEADER) // (3 * WIDTH)
    pixels = 3 * WIDTH * height
    about = pack("<IiiHHIIiiII", 40, WIDTH, height, 1, 24, 0, pixels, 2835, 2835, 0, 0)
    head = b"BM" + pack("<IHHI", HEADER + pixels, 0, 0, HEADER) + about + os.urandom(32)
    return Picture(name, HEADER + pixels, head)


@dataclass
class PartSender:
    """Sends files to one draft; `came_again` counts how often the server was too busy."""

    writer: Writer
    draft: str
    token: str
    came_again: int = 0
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def sends(self, file: Picture) -> str:
        """This will send a whole file and return the address of its row."""
        url = self.begins(file)
        for offset in range(0, file.size, PART):
            count = min(PART, file.size - offset)
            self._patched(url, offset, count, file)
        return url.replace("/przesylanie/", "/pliki/")

    def begins(self, file: Picture) -> str:
        name = base64.b64encode(file.name.encode()).decode()
        told = {"Upload-Length": str(file.size), "Upload-Metadata": f"filename {name}"}
        status, headers = self.asks("POST", f"{self.draft}przesylanie/", told, b"")
        if status != 201:
            raise UnexpectedAnswerError(f"{status} for the announcement")
        return headers["Location"]

    def stalls(self, url: str) -> socket.socket:
        """This will begin to send a part and then say no more; whoever lets go ends it."""
        self._connection = None
        connection = self._connected()
        connection.putrequest("PATCH", url)
        told = {"Upload-Offset": "0", "Content-Length": str(PART)}
        for name, value in self._headers(told).items():
            connection.putheader(name, value)
        connection.endheaders(NOISE[:1000])
        return connection.sock

    def _patched(self, url: str, offset: int, count: int, file: Picture) -> None:
        told = {"Upload-Offset": str(offset), "Content-Length": str(count)}
        status = BUSY
        while status == BUSY:
            status, headers = self.asks("PATCH", url, told, file.part(offset, count))
            if status == BUSY:
                self.came_again += 1
                time.sleep(SECONDS_TO_COME_AGAIN)
        if status != 204 or headers["Upload-Offset"] != str(offset + count):
            raise UnexpectedAnswerError(f"{status} for the part at {offset}")

    def asks(
        self, method: str, url: str, told: dict[str, str], body: bytes | Iterable[bytes]
    ) -> tuple[int, Message]:
        connection = self._connected()
        try:
            connection.request(method, url, body, self._headers(told))
            answer = connection.getresponse()
        except (BrokenPipeError, ConnectionResetError):
            # Refused before the body was read: the server has closed the connection.
            self._connection = None
            return BUSY, Message()
        answer.read()
        if answer.status == BUSY:
            self._connection = None
        return answer.status, answer.headers

    def _connected(self) -> HTTPConnection:
        if self._connection is None:
            address = (self.writer.client.address, 0)
            self._connection = HTTPConnection(
                "127.0.0.1", self.writer.client.port, SECONDS_TO_ANSWER, source_address=address
            )
        return self._connection

    def _headers(self, told: dict[str, str]) -> dict[str, str]:
        cookies = self.writer.client.cookies.items()
        return {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "X-CSRFToken": self.token,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies),
            **told,
        }


class BareLoop:
    """A process that receives, digests and writes, and nothing else: as fast as it can be."""

    def __init__(self, folder: Path) -> None:
        ours, theirs = Pipe()
        self._process = Process(target=_receives, args=(theirs, folder), daemon=True)
        self._process.start()
        self.port = int(ours.recv())

    def takes(self, file: Picture) -> None:
        """This will send it a file and wait for its digest."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            for piece in file.part(0, file.size):
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            connection.recv(64, socket.MSG_WAITALL)

    def stop(self) -> None:
        self._process.terminate()
        self._process.join()


def _receives(told: Connection, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        told.send(listening.getsockname()[1])
        while True:
            connection, _ = listening.accept()
            digest = hashlib.sha256()
            with connection, (folder / "bare").open("wb") as file:
                while piece := connection.recv(PIECE):
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                connection.sendall(digest.hexdigest().encode())
