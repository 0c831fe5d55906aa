"""Many people are connected, a few requests are worked on, and nobody's slowness stops others."""

import threading
from collections.abc import Iterable
from io import BytesIO

import pytest

from skrytka.config.turns import BUSY, Environ, InTurns, StartResponse, brings_something
from skrytka.gateways.turns import Turns

SECONDS = 10


class Stalled:
    """A body that does not come until it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.asked.set()
        assert self.let_go.wait(SECONDS)
        return b"late"


def nothing(_status: str, _headers: list[tuple[str, str]]) -> None:
    """What a server passes; nobody here looks at it."""


def reading(environ: Environ, _start: StartResponse) -> Iterable[bytes]:
    return [environ["wsgi.input"].read()]


def request(body: object = None, path: str = "/") -> Environ:
    length = "" if body is None else "4"
    return {"PATH_INFO": path, "CONTENT_LENGTH": length, "wsgi.input": body or BytesIO()}


def test_no_more_are_worked_on_at_once_than_there_are_turns() -> None:
    lock, now, most = threading.Lock(), [0], [0]
    together = threading.Barrier(3)

    def work(_environ: Environ, _start: StartResponse) -> Iterable[bytes]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        together.wait(SECONDS)
        with lock:
            now[0] -= 1
        return [b""]

    application = InTurns(work, bodies=1, turns=Turns(3, 3))
    threads = [threading.Thread(target=application, args=(request(), nothing)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert most[0] == 3


def test_who_waits_for_a_body_lets_others_go_ahead() -> None:
    application, stalled = InTurns(reading, bodies=2, turns=Turns(1, 1)), Stalled()
    answers: list[bytes] = []
    slow = threading.Thread(
        target=lambda: answers.extend(application(request(stalled), nothing)), daemon=True
    )
    slow.start()
    assert stalled.asked.wait(SECONDS)
    assert list(application(request(BytesIO(b"fast")), nothing)) == [b"fast"]
    stalled.let_go.set()
    slow.join(SECONDS)
    assert answers == [b"late"]


def test_one_body_too_many_is_told_to_come_again_and_pages_still_open() -> None:
    application, stalled = InTurns(reading, bodies=1, turns=Turns(1, 1)), Stalled()
    slow = threading.Thread(target=application, args=(request(stalled), nothing), daemon=True)
    slow.start()
    assert stalled.asked.wait(SECONDS)
    said: list[str] = []
    assert application(request(BytesIO(b"more")), lambda *what: said.append(what[0])) == [BUSY]
    assert said == ["503 Service Unavailable"]
    assert list(application(request(), nothing)) == [b""]
    stalled.let_go.set()
    slow.join(SECONDS)
    assert list(application(request(BytesIO(b"more")), nothing)) == [b"more"]


def test_a_request_that_fails_gives_its_turn_back() -> None:
    def fails(environ: Environ, _start: StartResponse) -> Iterable[bytes]:
        environ["wsgi.input"].read()
        raise RuntimeError

    application = InTurns(fails, bodies=1, turns=Turns(1, 1))
    for _ in range(3):
        with pytest.raises(RuntimeError):
            application(request(BytesIO(b"x")), nothing)


def test_the_sign_of_life_waits_for_nobody() -> None:
    entered, let_go = threading.Event(), threading.Event()

    def work(environ: Environ, _start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/healthz":
            entered.set()
            assert let_go.wait(SECONDS)
        return [b"ok"]

    application = InTurns(work, bodies=1, turns=Turns(1, 1))
    busy = threading.Thread(target=application, args=(request(), nothing), daemon=True)
    busy.start()
    assert entered.wait(SECONDS)
    assert list(application(request(path="/healthz"), nothing)) == [b"ok"]
    let_go.set()
    busy.join(SECONDS)


def test_lines_come_as_from_any_body() -> None:
    def lines(environ: Environ, _start: StartResponse) -> Iterable[bytes]:
        return list(environ["wsgi.input"].readlines())

    application = InTurns(lines, bodies=1, turns=Turns(1, 1))
    assert application(request(BytesIO(b"a\nb")), nothing) == [b"a\n", b"b"]


@pytest.mark.parametrize(
    ("environ", "has_body"),
    [
        ({}, False),
        ({"CONTENT_LENGTH": "0"}, False),
        ({"CONTENT_LENGTH": "12"}, True),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, True),
    ],
)
def test_a_body_is_known_by_its_headers(environ: Environ, *, has_body: bool) -> None:
    assert brings_something(environ) is has_body
