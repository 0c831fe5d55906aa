"""A prepared statement answers as the QuerySet it was made of, run after run."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction

from skrytka.accounts.models import Institution, User
from skrytka.evidence.models import ReceiptIntent
from skrytka.ledger.models import Event, OutboxRow, OutboxState
from skrytka.ledger.statements import (
    Prepared,
    PreparedUpdate,
    append,
    append_all,
    append_once,
    slot,
    slots,
)
from skrytka.letters.models import RegisterEntry
from tests.world.letters import sent_letter

pytestmark = pytest.mark.django_db
CountQueries = Callable[[int], AbstractContextManager[object]]
AT = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)


def event(kind: str, subject: str = "A") -> Event:
    return Event(at=AT, kind=kind, subject_type="LETTER", subject_id=subject, data={"ą": [1, None]})


def test_rows_are_what_the_queryset_gives() -> None:
    append_all([event("ONE"), event("TWO"), event("THREE", "B")])
    question = Prepared(
        lambda: Event.objects.filter(subject_id=slot("subject_id", Event)).order_by("-kind")
    )
    for subject in ("A", "B", "A"):
        plain = list(Event.objects.filter(subject_id=subject).order_by("-kind"))
        prepared = question.all(subject_id=subject)
        assert [vars(row) | {"_state": None} for row in prepared] == [
            vars(row) | {"_state": None} for row in plain
        ]
        assert (prepared[0].at, prepared[0].data) == (AT, {"ą": [1, None]})


def test_tuples_and_bounds_work_too() -> None:
    append_all([event("ONE"), event("TWO")])
    question = Prepared(
        lambda: (
            Event.objects.filter(kind__gt=slot("kind", Event))
            .order_by("kind")
            .values_list("kind", "at")[:1]
        )
    )
    assert question.all(kind="A") == [("ONE", AT)]
    assert question.first(kind="ONE") == ("TWO", AT)
    assert question.first(kind="TWO") is None
    with pytest.raises(LookupError):
        question.get(kind="TWO")


def test_related_rows_and_deferred_fields_come_along(
    anna: User, cuw: Institution, django_assert_num_queries: CountQueries
) -> None:
    letter = sent_letter(anna, cuw)
    question = Prepared(
        lambda: (
            RegisterEntry.objects.select_related("letter", "institution")
            .only("seq", "letter__title", "institution__name")
            .filter(letter_id=slot("letter_id", RegisterEntry))
        )
    )
    for _ in range(2):
        entry = question.get(letter_id=letter.id)
        assert "year" in entry.get_deferred_fields()
        with django_assert_num_queries(0):
            assert (entry.letter.title, entry.institution.name) == (letter.title, cuw.name)


def test_an_update_counts_what_it_met() -> None:
    append(OutboxRow(key="k", effect="MAIL", created_at=AT, due_at=AT))
    update = PreparedUpdate(
        lambda: OutboxRow.objects.filter(key=slot("key", OutboxRow), state=OutboxState.PENDING),
        lambda: {**slots(OutboxRow, "payload", "done_at"), "state": OutboxState.DONE},
    )
    assert update.run(key="other", payload={}, done_at=AT) == 0
    assert update.run(key="k", payload={"to": "ż"}, done_at=AT) == 1
    assert update.run(key="k", payload={}, done_at=None) == 0
    row = OutboxRow.objects.get()
    assert (row.state, row.payload, row.done_at) == (OutboxState.DONE, {"to": "ż"}, AT)


def test_nothing_is_written_where_nothing_is_given() -> None:
    append_all([])
    assert not Event.objects.exists()


def test_a_row_stands_once_where_it_is_asked_for_once() -> None:
    for payload in ({"first": "1"}, {"second": "2"}):
        append_once(OutboxRow(key="k", effect="MAIL", payload=payload, created_at=AT, due_at=AT))
    assert OutboxRow.objects.get().payload == {"first": "1"}
    with pytest.raises(IntegrityError), transaction.atomic():
        append(OutboxRow(key="k", effect="MAIL", created_at=AT, due_at=AT))


def test_keys_of_every_kind_keep_their_form() -> None:
    intent = ReceiptIntent(
        kind="UPP",
        letter_id=uuid4(),
        institution_id=1,
        receipt_no="ESP-UPP-2026-0000001",
        facts={"lines": [["a", "b"]]},
        document_sha256="0" * 64,
        recorded_at=AT,
    )
    append(intent)
    by_letter = Prepared(
        lambda: ReceiptIntent.objects.filter(letter_id=slot("letter", ReceiptIntent, "letter_id"))
    )
    found = by_letter.get(letter=intent.letter_id)
    assert (found.id, found.facts, found.recorded_at) == (intent.id, intent.facts, AT)


def test_a_statement_keeps_no_connection_of_a_thread_alive() -> None:
    question = Prepared(lambda: Event.objects.filter(kind=slot("kind", Event)))
    assert question.all(kind="ONE") == []
    own, kept = connections[DEFAULT_DB_ALIAS], question._ready
    assert kept is not None
    assert kept._statement.compiler.connection is not own
    assert kept._statement.compiler.connection.connection is None
