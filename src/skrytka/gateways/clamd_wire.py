"""Speaking with clamd: its address, one session, its replies; nothing here judges a file.

A session (IDSESSION) numbers its replies, so an answer is never taken for that of another question.
Whatever goes wrong is ScannerSilentError with a short reason; the reasons go into logs, so they
hold clamd's words about itself and nothing of a file. Clamd is waited for out of turn: others work.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from time import monotonic
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from skrytka.gateways.malware import ScannerSilentError
from skrytka.gateways.turns import TURNS

PORT = 3310
# The name of a finding is clamd's longest word; its own errors are a sentence.
LONGEST_REPLY = 1024
GARBLED = "clamd answers something else"
LONGEST_PIECE = 1 << 20
VERSION = re.compile(r"(ClamAV [\w.+~-]{1,40})(?:/([0-9]{1,9})/([\w :]{1,40}))?")


@dataclass(frozen=True)
class Patience:
    """How long each step may take, in seconds.

    Connecting and telling the version takes clamd no time even when all its threads scan. An
    answer is waited for a little longer than clamd itself lets a scan go on (MaxScanTime, 120 s).
    """

    connecting: float = 2
    version: float = 2
    sending: float = 10
    answer: float = 130
    place: float = 10


@dataclass(frozen=True)
class ClamdAddress:
    """Where clamd listens: the path of its socket, or host and port."""

    path: str = ""
    host: str = ""
    port: int = PORT

    def connected(self, seconds: float) -> socket.socket:
        """This will connect. Raises OSError."""
        if self.host:
            return socket.create_connection((self.host, self.port), timeout=seconds)
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            found.settimeout(seconds)
            found.connect(self.path)
        except OSError:
            found.close()
            raise
        return found


def clamd_address(text: str) -> ClamdAddress:
    """This will read `unix:///path` or `tcp://host:port`. Raises ValueError."""
    parts = urlsplit(text)
    alone = not parts.query and not parts.fragment
    if parts.scheme == "unix" and not parts.netloc and alone:
        if PurePosixPath(parts.path).name:
            return ClamdAddress(path=parts.path)
    elif parts.scheme == "tcp" and parts.hostname and not parts.path and alone:
        return ClamdAddress(host=parts.hostname, port=parts.port or PORT)
    raise ValueError(text)


@dataclass(frozen=True)
class ClamdVersion:
    """What clamd says of itself; the database is None where it has signatures of its own only.

    `made_at` is read as UTC: clamd tells the hour of its own machine and not which zone that is.
    """

    engine: str
    database: int | None = None
    made_at: datetime | None = None

    @property
    def name(self) -> str:
        return f"{self.engine}/{'local' if self.database is None else self.database}"


def version_of(text: str) -> ClamdVersion:
    """This will read the reply to VERSION. Raises ScannerSilentError for anything else."""
    match = VERSION.fullmatch(text)
    if match is None:
        raise ScannerSilentError("clamd does not tell its version")
    engine, database, made = match.groups()
    if database is None:
        return ClamdVersion(engine)
    try:
        made_at = datetime.strptime(made, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError as error:
        raise ScannerSilentError("clamd does not date its database") from error
    return ClamdVersion(engine, int(database), made_at)


class ClamdSession:
    """One connection and the questions asked on it, one after the other."""

    def __init__(self, address: ClamdAddress, patience: Patience) -> None:
        self._patience, self._asked = patience, 0
        with _faults_told(), TURNS.aside():
            self._socket = address.connected(patience.connecting)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._socket.close()

    def version(self) -> ClamdVersion:
        """This will ask for engine and database. Raises ScannerSilentError."""
        opening = b"" if self._asked else b"zIDSESSION\0"
        self._ask(opening + b"zVERSION\0")
        return version_of(self._reply(self._patience.version))

    def begin(self) -> None:
        """This will announce a file; its bytes follow by `send`, the verdict by `verdict`."""
        self._ask(b"zINSTREAM\0")

    def send(self, chunk: bytes) -> None:
        """This will send some bytes of the file. Raises ScannerSilentError."""
        whole = memoryview(chunk)
        for start in range(0, len(whole), LONGEST_PIECE):
            piece = whole[start : start + LONGEST_PIECE]
            self._send(len(piece).to_bytes(4) + piece)

    def verdict(self) -> str:
        """This will end the file and return clamd's word on it. Raises ScannerSilentError."""
        self._send(bytes(4))
        return self._reply(self._patience.answer)

    def _ask(self, question: bytes) -> None:
        self._asked += 1
        self._send(question)

    def _send(self, data: bytes) -> None:
        try:
            with _faults_told():
                self._push(data)
        except ScannerSilentError as error:
            # Clamd hangs up on a file that is too long for it, and says so before.
            raise self._last_words() or error from None

    def _last_words(self) -> ScannerSilentError | None:
        with suppress(ScannerSilentError):
            return ScannerSilentError(f"clamd: {self._answer(self._patience.version)}")
        return None

    def _push(self, data: bytes) -> None:
        """What goes out at once, goes out in turn; only a clamd that is behind is waited for."""
        rest = memoryview(data)
        self._socket.setblocking(False)
        with suppress(BlockingIOError):
            while rest:
                rest = rest[self._socket.send(rest) :]
        if rest:
            self._socket.settimeout(self._patience.sending)
            with TURNS.aside():
                self._socket.sendall(rest)

    def _reply(self, seconds: float) -> str:
        answer = self._answer(seconds)
        if answer.endswith("ERROR"):
            raise ScannerSilentError(f"clamd: {answer}")
        return answer

    def _answer(self, seconds: float) -> str:
        with _faults_told(), TURNS.aside():
            reply = self._received(monotonic() + seconds)
        number, _, answer = reply.decode("ascii", errors="backslashreplace").partition(": ")
        if number != str(self._asked) or not answer.isprintable():
            raise ScannerSilentError(GARBLED)
        return answer

    def _received(self, until: float) -> bytes:
        """The one reply that is due, to its end and no byte more: a cut one is worth nothing."""
        held = bytearray()
        while not held.endswith(b"\0"):
            left = until - monotonic()
            if left <= 0:
                raise TimeoutError
            if len(held) > LONGEST_REPLY:
                raise ScannerSilentError(GARBLED)
            self._socket.settimeout(left)
            piece = self._socket.recv(LONGEST_REPLY)
            if not piece:
                raise ConnectionResetError
            held += piece
        return bytes(held[:-1])


@contextmanager
def _faults_told() -> Iterator[None]:
    """Faults of the connection become the silence of the scanner."""
    try:
        yield
    except TimeoutError as error:
        raise ScannerSilentError("clamd is too slow") from error
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ScannerSilentError("clamd hung up") from error
    except OSError as error:
        raise ScannerSilentError(f"clamd is not there: {type(error).__name__}") from error
