"""What the sweep bench fills the database with, and the worker it starts with an instant."""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import django

DAY = timedelta(days=1)
PENDING_DAYS = 100
TERM_DAYS = 14
POLICY = "kpa-2014-next-day"


class Night:
    """Deliveries that fall due share by share, each a day after the one before."""

    def __init__(self, share: int) -> None:
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
        self._share, self._shares, self._next = share, 0, 1

    @property
    def planted(self) -> int:
        return self._share * self._shares

    def next_share(self) -> datetime:
        """This will plant one share and return the instant at which all of it is due."""
        self._shares += 1
        first_notice_at = self._start + (self._shares - TERM_DAYS) * DAY
        return self._plant(first_notice_at, self._share)

    def plant_pending(self, count: int) -> None:
        """This will plant deliveries whose term ends long after the night."""
        self._plant(self._start + PENDING_DAYS * DAY, count)

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
    """This will wait for the word, sweep until nothing is due, and say what it took."""
    django.setup()
    from skrytka.config.garbage import spare_what_is_loaded
    from skrytka.delivery.operations.sweep import BATCH, has_due_deliveries, sweep_due

    spare_what_is_loaded()
    has_due_deliveries(at=at)
    print("ready", flush=True)
    sys.stdin.readline()
    cpu, deemed, found = time.process_time(), 0, 1
    while found:
        swept = sweep_due(at=at, limit=BATCH)
        found, deemed = swept.found, deemed + swept.deemed
    print(json.dumps({"deemed": deemed, "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    work(datetime.fromisoformat(sys.argv[1]))
