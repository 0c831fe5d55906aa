"""The database itself keeps evidence as it was written."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from skrytka.ledger.models import Event

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def event() -> Event:
    return Event.objects.create(
        at=AT, kind="LETTER_SUBMITTED", subject_type="LETTER", subject_id="1"
    )


def test_an_event_cannot_be_changed(event: Event) -> None:
    with pytest.raises(DatabaseError, match="evidence is written once"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="OTHER")
    event.refresh_from_db()
    assert event.kind == "LETTER_SUBMITTED"


def test_an_event_cannot_be_deleted(event: Event) -> None:
    with pytest.raises(DatabaseError, match="evidence is written once"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_table_cannot_be_emptied(event: Event) -> None:
    statement = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement} ledger_event")
    assert Event.objects.filter(pk=event.pk).exists()
