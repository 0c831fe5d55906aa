"""On PostgreSQL workers sweep beside each other, and no letter is deemed twice."""

import pytest
from django.db import transaction

from skrytka.accounts.models import Role
from skrytka.accounts.operations import employ
from skrytka.delivery.models import Delivery
from skrytka.delivery.operations.sweep import Swept, sweep_due
from skrytka.evidence.models import Receipt
from tests.world.cast import LONG_AGO, found_cuw, person
from tests.world.outgoing import days, night_at, noticed_letter
from tests.world.writers import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def three_letters_after_both_notices() -> None:
    centre, daria, anna = found_cuw(), person("Daria", "Lis"), person("Anna", "Kowalska")
    employ(daria.pk, centre.pk, Role.CLERK, at=LONG_AGO)
    for _ in range(3):
        noticed_letter(daria, centre, anna)
    night_at(days(8))


def swept() -> Swept:
    return sweep_due(at=days(15), limit=2)


def test_a_worker_passes_over_what_another_holds(writers: tuple[Writer, Writer]) -> None:
    one, other = writers
    one.do(three_letters_after_both_notices)
    unfinished = transaction.atomic()
    one.do(unfinished.__enter__)
    assert one.do(swept) == Swept(found=2, deemed=2)
    assert other.do(swept) == Swept(found=1, deemed=1)
    assert other.do(swept) == Swept()
    one.do(lambda: unfinished.__exit__(None, None, None))
    assert other.do(swept) == Swept()
    assert one.do(lambda: Delivery.objects.filter(standing="DEEMED").count()) == 3
    assert one.do(Receipt.objects.count) == 3


def test_what_a_worker_did_not_finish_another_does(writers: tuple[Writer, Writer]) -> None:
    one, other = writers
    one.do(three_letters_after_both_notices)
    unfinished = transaction.atomic()
    one.do(unfinished.__enter__)
    one.do(swept)
    one.do(lambda: unfinished.__exit__(ValueError, ValueError("killed"), None))
    assert [other.do(swept) for _ in range(2)] == [Swept(2, 2), Swept(1, 1)]
    assert one.do(Receipt.objects.count) == 3
