"""What the sweep bench fills the database with, and the worker it starts with an instant."""

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import django

DAY = timedelta(days=1)
PENDING_DAYS = 100
TERM_DAYS = 14
FEW = 20
POLICY = "kpa-2014-next-day"


class Night:
    """Deliveries that fall due share by share, each a day after the one before.

    `planted` counts them, the pending ones aside.
    """

    def __init__(self) -> None:
        from skrytka.accounts.queries import institution_of_entity
        from skrytka.cli.benches.people import confirmed_people
        from skrytka.cli.demo import load
        from skrytka.cli.demo.institutions import CUW
        from skrytka.cli.migrate import prepare
        from skrytka.config.clock import now

        # At noon, so that ten minutes of notices stay on one day.
        self._start = now().replace(hour=11, minute=0, second=0, microsecond=0)
        prepare(self._start)
        load(self._start)
        centre = institution_of_entity(CUW.data.entity)
        if centre is None or centre.basic_box is None:
            raise LookupError(CUW.data.entity)
        (person,) = confirmed_people(1, self._start)
        self._box_id, self._party_id, self._user_id = (
            centre.basic_box.id,
            person.party_id,
            person.user_id,
        )
        self.planted, self._shares, self._next = 0, 0, 1

    def next_share(self, count: int) -> datetime:
        """This will plant one share and return the instant at which all of it is due."""
        self._shares += 1
        self.planted += count
        first_notice_at = self._start + (self._shares - TERM_DAYS) * DAY
        return self._plant(first_notice_at, count)

    def plant_pending(self, count: int) -> None:
        """This will plant deliveries whose term ends long after the night, and let them settle."""
        self._plant(self._start + PENDING_DAYS * DAY, count)
        _settle()

    def _plant(self, first_notice_at: datetime, count: int) -> datetime:
        from skrytka.core.delivery import POLICIES
        from skrytka.delivery.bench import Planted, plant

        planted = Planted(
            box_id=self._box_id,
            party_id=self._party_id,
            author_id=self._user_id,
            policy=POLICIES[POLICY],
            first_notice_at=first_notice_at,
        )
        due_at = plant(planted, self._next, count)
        self._next += count
        return due_at


def _settle() -> None:
    """Have the server do now what it still owes to the planting: the workers need its core."""
    from django.db import ProgrammingError, connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
            with suppress(ProgrammingError):  # only some roles may; the figures are noisier without
                cursor.execute("CHECKPOINT")


def bare_seal() -> Callable[[], object]:
    """This will return the floor: one rendered UPD put under the ready template of the seal."""
    from skrytka.config.clock import now
    from skrytka.delivery.bench import rendered_upd
    from skrytka.evidence.operations.seals import seal_template
    from skrytka.gateways.seal import SealPurpose

    at = now()
    template, upd = seal_template(SealPurpose.RECEIPT, at), rendered_upd(at)
    return lambda: template.seal(upd, signing_time=at, references=(), role=None)


def work(at: datetime) -> None:
    """This will wait for the word, sweep until nothing is due, and say what it took.

    A few are swept before, uncounted: a worker lives for weeks, its start is no part of a night.
    Each batch is a round of its own: `rate` is the best one's, in UPDs per second of CPU.
    """
    django.setup()
    from skrytka.config.garbage import spare_what_is_loaded
    from skrytka.delivery.operations.sweep import BATCH, sweep_due

    spare_what_is_loaded()
    sweep_due(at=at, limit=FEW)
    print("ready", flush=True)
    sys.stdin.readline()
    rate, deemed, found = 0.0, 0, 1
    while found:
        cpu = time.process_time()
        swept = sweep_due(at=at, limit=BATCH)
        found, deemed = swept.found, deemed + swept.deemed
        rate = max(rate, swept.deemed / (time.process_time() - cpu))
    print(json.dumps({"deemed": deemed, "rate": rate}), flush=True)


if __name__ == "__main__":
    work(datetime.fromisoformat(sys.argv[1]))
