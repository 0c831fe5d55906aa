"""On PostgreSQL workers sweep beside each other, and no letter is deemed twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.sweep import Swept, sweep_due
from skrytka.evidence.models import Receipt
from tests.world.outgoing import days, night_at, noticed_letter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def beside(work: Callable[[], Swept]) -> Swept:
    """The work of another worker, on a connection of its own, while this one goes on."""
    done: list[Swept] = []

    def run() -> None:
        try:
            done.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    return done[0]


def test_a_worker_passes_over_what_another_holds(daria: User, cuw: Institution, anna: User) -> None:
    for _ in range(3):
        noticed_letter(daria, cuw, anna)
    night_at(days(8))
    with transaction.atomic():
        assert sweep_due(at=days(15), limit=2).deemed == 2
        assert beside(lambda: sweep_due(at=days(15), limit=2)).deemed == 1
        assert beside(lambda: sweep_due(at=days(15), limit=2)).found == 0
    assert Delivery.objects.filter(standing="DEEMED").count() == 3
    assert Receipt.objects.count() == 3
