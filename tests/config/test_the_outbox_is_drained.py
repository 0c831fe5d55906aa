"""Effects are brought about, tried again with growing waits, and given up with the reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.config.effects import HANDLERS, drain
from skrytka.gateways.installed import install, installed
from skrytka.gateways.mail import Mail, MailNotSentError, MemoryMailer
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import (
    Effect,
    claim_due,
    close,
    enqueue,
    mark_failed,
    release_claims_of,
)
from skrytka.ledger.operations.mails import enqueue_mail
from skrytka.ledger.operations.outbox import LAST_ATTEMPT, LEASE, LONGEST_WAIT, wait_after
from skrytka.ledger.queries import has_due_effects, stuck_effects

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def mailer() -> Iterator[MemoryMailer]:
    before = installed()
    memory = MemoryMailer()
    install(replace(before, mailer=memory))
    yield memory
    install(before)


class Broken:
    reaches_people = True

    def send(self, _mail: Mail) -> None:
        raise MailNotSentError("451 try later")


def mail(key: str = "1") -> None:
    enqueue_mail(key, "anna@example.pl", "Temat", "Treść", at=AT)


def test_every_effect_has_its_handler() -> None:
    assert set(HANDLERS) == set(Effect)


@pytest.mark.django_db
def test_a_mail_leaves_once(mailer: MemoryMailer) -> None:
    mail()
    mail()
    assert has_due_effects(at=AT)
    assert drain("worker-1") == 1
    assert drain("worker-1") == 0
    assert [sent.to for sent in mailer.sent] == ["anna@example.pl"]


@pytest.mark.django_db
def test_a_failed_effect_is_kept_with_its_reason(mailer: MemoryMailer) -> None:
    mail()
    install(replace(installed(), mailer=Broken()))
    drain("worker-1")
    row = OutboxRow.objects.get()
    assert (row.state, row.attempts) == (OutboxState.PENDING, 1)
    assert row.last_error == "MailNotSentError: 451 try later"
    assert row.due_at > AT


@pytest.mark.django_db
def test_after_the_last_attempt_it_is_given_up_and_shown() -> None:
    mail()
    OutboxRow.objects.update(attempts=LAST_ATTEMPT - 1)
    (item,) = claim_due("worker-1", at=AT)
    mark_failed(item, "no route", at=AT)
    (stuck,) = stuck_effects()
    assert (stuck.key, stuck.last_error) == ("mail:1", "no route")
    assert not has_due_effects(at=AT + timedelta(days=9))


@pytest.mark.django_db
def test_two_workers_never_get_the_same_effect() -> None:
    for number in range(4):
        mail(str(number))
    first = claim_due("worker-1", at=AT, limit=3)
    second = claim_due("worker-2", at=AT)
    assert len(first) == 3
    assert len(second) == 1
    assert not {item.id for item in first} & {item.id for item in second}


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_free_after_its_lease_or_its_restart() -> None:
    mail()
    assert claim_due("worker-1", at=AT)
    assert not claim_due("worker-2", at=AT + LEASE - timedelta(seconds=1))
    assert release_claims_of("worker-1", at=AT) == 1
    assert claim_due("worker-2", at=AT)
    assert claim_due("worker-3", at=AT + LEASE)


@pytest.mark.django_db
def test_what_its_cause_brought_about_is_closed() -> None:
    enqueue(Effect.MAIL, "k", {}, at=AT, wait=timedelta(seconds=5))
    assert not has_due_effects(at=AT)
    assert has_due_effects(at=AT + timedelta(seconds=5))
    close("k", at=AT)
    assert not has_due_effects(at=AT + timedelta(days=1))


@given(st.integers(0, 200))
def test_waits_grow_and_are_bounded(attempts: int) -> None:
    assert timedelta(0) < wait_after(attempts) <= wait_after(attempts + 1) <= LONGEST_WAIT


@pytest.mark.django_db
def test_what_can_wait_goes_last_and_a_few_at_a_time() -> None:
    for number in range(20):
        enqueue(
            Effect.JUDGE_FILES, f"judging:{number}", {"letter": "x"}, at=AT - timedelta(hours=1)
        )
    enqueue(Effect.SEAL_RECEIPT, "receipt:1", {"letter": "x"}, at=AT)
    claimed = [item.effect for item in claim_due("worker-1", at=AT)]
    assert claimed == [Effect.SEAL_RECEIPT, *[Effect.JUDGE_FILES] * 4]
    assert len(claim_due("worker-1", at=AT)) == 4
    enqueue(Effect.MAIL, "mail:1", {"to": "x"}, at=AT)
    assert len(claim_due("worker-1", at=AT, limit=1)) == 1
