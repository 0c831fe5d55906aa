"""First come, first served; who waits steps aside; who is held up keeps nobody waiting for long."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event, Thread

import pytest

from skrytka.gateways import turns as module
from skrytka.gateways.turns import PAGES_IN_A_ROW, Rank, Turns

SECONDS = 10
Block = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def endless_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", SECONDS)


class Worker:
    """A thread that takes a turn, does its work once let on, and ends."""

    def __init__(self, turns: Turns, done: list[str], name: str, rank: Rank = Rank.PAGE) -> None:
        self._turns, self._done, self._name, self._rank = turns, done, name, rank
        self.has_turn, self.let_on, self.steps_aside = Event(), Event(), Event()
        self.comes_back = Event()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        with self._turns.taken(self._rank):
            self.has_turn.set()
            assert self.let_on.wait(SECONDS)
            if self.steps_aside.is_set():
                with self._turns.aside():
                    assert self.comes_back.wait(SECONDS)
            self._done.append(self._name)

    def starts(self) -> "Worker":
        assert self.has_turn.wait(SECONDS)
        return self

    def waits(self, turns: Turns, others: int = 0) -> "Worker":
        for _ in range(1000):
            if turns.waiting > others:
                return self
            self._thread.join(0.005)
        raise AssertionError

    def ends(self) -> None:
        self.let_on.set()
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()


def test_who_came_first_works_first() -> None:
    turns, done = Turns(1, 1), list[str]()
    at_work = Worker(turns, done, "first").starts()
    waiting = [Worker(turns, done, f"{no}").waits(turns, others=no) for no in range(4)]
    for each in waiting:
        each.let_on.set()
    at_work.ends()
    for each in waiting:
        each.ends()
    assert done == ["first", "0", "1", "2", "3"]


def test_who_wants_a_page_goes_before_who_brings_megabytes() -> None:
    turns, done = Turns(1, 1), list[str]()
    at_work = Worker(turns, done, "first").starts()
    names = {"cargo": Rank.CARGO, "more cargo": Rank.CARGO}
    names |= {f"page {no}": Rank.PAGE for no in range(PAGES_IN_A_ROW + 2)}
    waiting = [
        Worker(turns, done, name, rank).waits(turns, others=no)
        for no, (name, rank) in enumerate(names.items())
    ]
    for each in waiting:
        each.let_on.set()
    at_work.ends()
    for each in waiting:
        each.ends()
    pages = [f"page {no}" for no in range(PAGES_IN_A_ROW + 2)]
    first, last = pages[:PAGES_IN_A_ROW], pages[PAGES_IN_A_ROW:]
    assert done == ["first", *first, "cargo", *last, "more cargo"]


def test_who_steps_aside_keeps_the_rank() -> None:
    turns, done = Turns(1, 1), list[str]()
    cargo = Worker(turns, done, "cargo", Rank.CARGO).starts()
    cargo.steps_aside.set()
    cargo.let_on.set()
    page = Worker(turns, done, "page").starts()
    cargo.comes_back.set()
    later = Worker(turns, done, "later").waits(turns, others=1)
    later.let_on.set()
    page.ends()
    later.ends()
    cargo.ends()
    assert done == ["page", "later", "cargo"]


def test_who_steps_aside_lets_another_work_and_comes_back() -> None:
    turns, done = Turns(1, 1), list[str]()
    patient = Worker(turns, done, "patient").starts()
    patient.steps_aside.set()
    patient.let_on.set()
    Worker(turns, done, "quick").starts().ends()
    patient.comes_back.set()
    patient.ends()
    assert done == ["quick", "patient"]


def test_who_has_got_a_lock_goes_before_those_who_wait() -> None:
    turns, done = Turns(1, 1), list[str]()
    lock_is_free, has_lock = Event(), Event()

    def waits_for_a_lock() -> None:
        with turns.taken():
            with turns.aside_for_a_lock():
                has_lock.set()
                assert lock_is_free.wait(SECONDS)
            done.append("has the lock")

    thread = Thread(target=waits_for_a_lock, daemon=True)
    thread.start()
    assert has_lock.wait(SECONDS)
    at_work = Worker(turns, done, "at work").starts()
    later = Worker(turns, done, "later").waits(turns)
    lock_is_free.set()
    for _ in range(1000):
        if turns.waiting == 2:
            break
        thread.join(0.005)
    later.let_on.set()
    at_work.ends()
    thread.join(SECONDS)
    later.ends()
    assert done == ["at work", "has the lock", "later"]


def test_a_turn_inside_a_turn_is_the_same_one() -> None:
    turns = Turns(1, 1)
    with turns.taken(), turns.taken():
        pass
    with turns.aside():
        assert turns._ticket is None
    assert not turns._begun_at


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns(1, 1)
    for block in (turns.taken, turns.aside):
        with pytest.raises(RuntimeError), turns.taken(), block():
            raise RuntimeError
    assert not turns._begun_at


def test_behind_one_that_is_held_up_the_next_goes_ahead_but_no_more_than_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.02)
    turns, done = Turns(1, 2), list[str]()
    held_up = Worker(turns, done, "held up").starts()
    Worker(turns, done, "one of many").starts().ends()
    second = Worker(turns, done, "second").starts()
    third = Worker(turns, done, "third").waits(turns)
    assert not third.has_turn.wait(0.2)
    second.ends()
    held_up.ends()
    third.ends()
    assert (done, turns._begun_at) == (["one of many", "second", "held up", "third"], {})


def test_where_work_is_mostly_waiting_many_may_work() -> None:
    turns, done = Turns(1, 3), list[str]()
    turns.widen()
    workers = [Worker(turns, done, f"{no}").starts() for no in range(3)]
    fourth = Worker(turns, done, "3").waits(turns)
    for each in (*workers, fourth):
        each.ends()
    assert done == ["0", "1", "2", "3"]
