"""Requests are worked on in turns, however many people are connected.

Threads wait for slow networks, and there are many of them; work is done by one or a few. A request
takes its turn (`gateways.turns`) when it is to be worked on, steps aside while it waits for more of
its body, and is through when its answer goes out. So memory and latency are those of a few
requests. A client that stalls holds a thread and nothing else, and some threads are kept for those
who send nothing.
"""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from skrytka.gateways.turns import TURNS, Rank, Turns

Environ = dict[str, Any]
StartResponse = Callable[..., object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# A form is shorter than that, and whoever sent it waits for the next page.
CARGO_BYTES = 256 * 1024
# Answered without waiting: it says that the process lives, however busy it is.
NO_TURN = "/healthz"
BUSY = "Zbyt wiele osób wysyła teraz pliki. Spróbuj za kilka minut.\n".encode()
RETRY_AFTER_SECONDS = "120"


class InTurns:
    """A WSGI application (PEP 3333) whose requests take turns.

    At most `bodies` requests that bring something are taken in at once; one more is told to come
    again. The rest of the threads is for pages.
    """

    def __init__(self, application: Application, *, bodies: int, turns: Turns = TURNS) -> None:
        self._application = application
        self._turns = turns
        self._bodies = BoundedSemaphore(bodies)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == NO_TURN:
            return self._application(environ, start_response)
        if not brings_something(environ):
            return self._worked_on(environ, start_response, Rank.PAGE)
        if not self._bodies.acquire(blocking=False):
            return _busy(start_response)
        try:
            environ["wsgi.input"] = PatientBody(environ["wsgi.input"], self._turns)
            return self._worked_on(environ, start_response, rank_of(environ))
        finally:
            self._bodies.release()

    def _worked_on(
        self, environ: Environ, start_response: StartResponse, rank: Rank
    ) -> Iterable[bytes]:
        with self._turns.taken(rank):
            return self._application(environ, start_response)


def brings_something(environ: Environ) -> bool:
    """This will tell whether a request has a body (RFC 9112, section 6)."""
    has_length = environ.get("CONTENT_LENGTH") not in {None, "", "0"}
    return has_length or bool(environ.get("HTTP_TRANSFER_ENCODING"))


def rank_of(environ: Environ) -> Rank:
    """This will tell who brings so much that others go first; an untold length may be any."""
    length = str(environ.get("CONTENT_LENGTH") or "")
    is_form = length.isdigit() and int(length) < CARGO_BYTES
    return Rank.PAGE if is_form else Rank.CARGO


def _busy(start_response: StartResponse) -> list[bytes]:
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", RETRY_AFTER_SECONDS)]
    start_response("503 Service Unavailable", headers)
    return [BUSY]


class PatientBody:
    """The body of a request: whoever reads it steps aside while it comes."""

    def __init__(self, body: BinaryIO, turns: Turns) -> None:
        self._body = body
        self._turns = turns

    def read(self, size: int = -1) -> bytes:
        return self._while_others_work(self._body.read, size)

    def readline(self, size: int = -1) -> bytes:
        return self._while_others_work(self._body.readline, size)

    def readlines(self, _hint: int = -1) -> list[bytes]:
        return list(self)

    def __iter__(self) -> "PatientBody":
        return self

    def __next__(self) -> bytes:
        if line := self.readline():
            return line
        raise StopIteration

    def _while_others_work(self, take: Callable[[int], bytes], size: int) -> bytes:
        with self._turns.aside():
            return take(size)
