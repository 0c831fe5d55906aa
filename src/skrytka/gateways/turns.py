"""Whose turn it is: many threads wait for slow things, one works.

A Python process computes on one thread at a time anyway. With several at it, each small wait (every
statement of a database) hands the interpreter to another thread and back, and that costs half as
much again as the work itself; nor does anybody see to it that who came first goes first. So work is
done in turns, in the order of coming. Who has a turn and must wait (for a body, for another writer,
for the disk) steps aside. Should one be held up without saying so, the next goes ahead, up to
`most` at once.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from time import monotonic

# As long as a short request takes: whoever is at work for longer is waiting, or has much to do.
PATIENCE_SECONDS = 0.05

# Some wait for the disk or another machine while others compute.
MOST_AT_ONCE = 2 + (os.cpu_count() or 1)


class Turns:
    """A queue: `usual` work at once, `most` when those at work are held up."""

    def __init__(self, usual: int, most: int) -> None:
        self._usual, self._most = usual, most
        self._lock = Lock()
        self._working = 0
        self._changed_at = monotonic()
        self._waiting: deque[Lock] = deque()
        self._own = local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """This will wait for a turn and keep it for the block; a second one inside is the same."""
        if self._has_turn:
            yield
            return
        self._take()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """This will let others work during the block; without a turn it changes nothing."""
        if not self._has_turn:
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._take()

    def widen(self) -> None:
        """This will let `most` work at once at all times: where much of the work is waiting."""
        self._usual = self._most

    @property
    def _has_turn(self) -> bool:
        return getattr(self._own, "has_turn", False)

    def _take(self) -> None:
        with self._lock:
            if self._working < self._usual and not self._waiting:
                self._begin()
                ticket = None
            else:
                ticket = Lock()
                ticket.acquire()
                self._waiting.append(ticket)
        if ticket is not None:
            self._wait(ticket)
        self._own.has_turn = True

    def _wait(self, ticket: Lock) -> None:
        while not ticket.acquire(timeout=PATIENCE_SECONDS):
            with self._lock:
                if self._is_held_up() and self._waiting[0] is ticket:
                    self._waiting.popleft()
                    self._begin()
                    return

    def _is_held_up(self) -> bool:
        still = monotonic() - self._changed_at >= PATIENCE_SECONDS
        return bool(self._waiting) and still and self._working < self._most

    def _leave(self) -> None:
        self._own.has_turn = False
        with self._lock:
            self._working -= 1
            if self._waiting and self._working < self._usual:
                self._begin()
                self._waiting.popleft().release()

    def _begin(self) -> None:
        self._working += 1
        self._changed_at = monotonic()


# Those of this process.
TURNS = Turns(usual=1, most=MOST_AT_ONCE)
