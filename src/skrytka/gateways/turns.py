"""Whose turn it is: many threads wait for slow things, one works.

A Python process computes on one thread at a time anyway. With several at it, each small wait (every
statement of a database) hands the interpreter to another thread and back, and that costs half as
much again as the work itself; nor does anybody see to it that who came first goes first. So work is
done in turns, in the order of coming. Who has a turn and must wait (for a body, for another writer,
for the disk) steps aside. Who is held up without saying so soon no longer counts, and the next goes
ahead. Who brings megabytes takes a turn for every piece of them: they let those go first who want
one page, but now and then one of them goes all the same.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Lock, local
from time import monotonic

# As long as a short request takes: whoever is at work for longer is waiting, or has much to do.
PATIENCE_SECONDS = 0.05

# So many pages go before somebody who brings megabytes; then one of those.
PAGES_IN_A_ROW = 8

# Some wait for the disk or another machine while others compute.
MOST_AT_ONCE = 2 + (os.cpu_count() or 1)


class Rank(IntEnum):
    """Who waits for a page, and who brings megabytes and is used to waiting."""

    PAGE = 0
    CARGO = 1


class Turns:
    """Two queues: `usual` work at once; whoever is held up does not count, up to `most` in all."""

    def __init__(self, usual: int, most: int) -> None:
        self._usual, self._most = usual, most
        self._lock = Lock()
        self._queues: tuple[deque[Lock], deque[Lock]] = (deque(), deque())
        self._pages_in_a_row = 0
        self._begun_at: dict[Lock, float] = {}
        self._own = local()

    @contextmanager
    def taken(self, rank: Rank = Rank.PAGE) -> Iterator[None]:
        """This will wait for a turn and keep it for the block; a second one inside is the same."""
        if self._ticket is not None:
            yield
            return
        self._own.rank = rank
        self._take(self._queues[rank].append)
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """This will let others work during the block; without a turn it changes nothing."""
        with self._away(self._queues[self._rank].append):
            yield

    @contextmanager
    def aside_for_a_lock(self) -> Iterator[None]:
        """This will let others work while a lock is waited for; whoever has got it goes first."""
        with self._away(self._queues[Rank.PAGE].appendleft):
            yield

    @contextmanager
    def _away(self, join: "Callable[[Lock], None]") -> Iterator[None]:
        if self._ticket is None:
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._take(join)

    def widen(self) -> None:
        """This will let `most` work at once at all times: where much of the work is waiting."""
        self._usual = self._most

    @property
    def waiting(self) -> int:
        """How many wait for a turn."""
        return sum(map(len, self._queues))

    @property
    def _rank(self) -> Rank:
        return getattr(self._own, "rank", Rank.PAGE)

    @property
    def _ticket(self) -> "Lock | None":
        return getattr(self._own, "ticket", None)

    def _take(self, join: "Callable[[Lock], None]") -> None:
        ticket = Lock()
        with self._lock:
            at_once = not self.waiting and self._has_room()
            if at_once:
                self._begun_at[ticket] = monotonic()
            else:
                ticket.acquire()
                join(ticket)
        if not at_once:
            self._wait(ticket)
        self._own.ticket = ticket

    def _wait(self, ticket: Lock) -> None:
        while not ticket.acquire(timeout=PATIENCE_SECONDS):
            with self._lock:
                self._let_next_in()

    def _leave(self) -> None:
        ticket, self._own.ticket = self._own.ticket, None
        with self._lock:
            del self._begun_at[ticket]
            self._let_next_in()

    def _let_next_in(self) -> None:
        if self.waiting and self._has_room():
            ticket = self._next().popleft()
            self._begun_at[ticket] = monotonic()
            ticket.release()

    def _next(self) -> "deque[Lock]":
        pages, cargo = self._queues
        if pages and not (cargo and self._pages_in_a_row >= PAGES_IN_A_ROW):
            self._pages_in_a_row += 1
            return pages
        self._pages_in_a_row = 0
        return cargo

    def _has_room(self) -> bool:
        now = monotonic()
        busy = sum(1 for begun in self._begun_at.values() if now - begun < PATIENCE_SECONDS)
        return busy < self._usual and len(self._begun_at) < self._most


# Those of this process.
TURNS = Turns(usual=1, most=MOST_AT_ONCE)
