"""A demonstration loaded by an earlier release gets what a later one brings, once."""

from datetime import UTC, datetime, timedelta

import pytest

from skrytka.accounts.models import Employment, User
from skrytka.accounts.queries import institution_of_entity
from skrytka.cli.demo import delivery_rules, load, people
from skrytka.delivery.queries.rules import delivery_rules_of
from skrytka.ledger.models import Event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LATER = AT + timedelta(days=3)


def versions(entity: str) -> list[int]:
    found = institution_of_entity(entity)
    assert found is not None
    return [each.version for each in delivery_rules_of(found.id)]


def test_newcomers_and_rules_are_added_once() -> None:
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(people, "PEOPLE", people.PEOPLE[:-1])
        earlier.setattr(delivery_rules, "DECISIONS", {})
        assert load(AT).is_new
    assert not User.objects.filter(email=people.HALINA.email).exists()
    assert versions("ZOJO_Cieszyn") == []

    assert not load(LATER).is_new
    assert Employment.objects.get(user__email=people.HALINA.email).institution.office_code == "UM"
    assert (versions("ZOJO_Cieszyn"), versions("u390efc0tm")) == ([1], [1])

    before = Event.objects.count()
    load(LATER + timedelta(days=1))
    assert Event.objects.count() == before
    assert (versions("ZOJO_Cieszyn"), versions("u390efc0tm")) == ([1], [1])
