"""Refusing: delivered on that day (KPA art. 47), an UPD under the seal, the letter can be read."""

from datetime import timedelta
from pathlib import Path

import pytest

from skrytka.accounts.models import User
from skrytka.config.effects import drain
from skrytka.core.delivery import Standing
from skrytka.core.receipts import DeliveryWay, read_upd
from skrytka.delivery.models import OutgoingLetter
from skrytka.delivery.operations.ending import CollectFault
from skrytka.delivery.operations.opening import open_content
from skrytka.delivery.operations.refusing import finish_upd, refuse_letter, upd_key
from skrytka.delivery.queries.opened import opened_letter
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.operations import CannotSeal
from skrytka.evidence.queries import check_public_receipt, receipt_of
from skrytka.gateways.development_pki import create_development_pki
from skrytka.ledger.models import Event, OutboxRow
from skrytka.ledger.operations import Actor
from tests.world.cast import LONG_AGO
from tests.world.deliveries import NOON, SECRETS, collect, mails_to, refusal_of
from tests.world.outgoing import days, delivery_of, night_at

pytestmark = pytest.mark.django_db


def refuse(letter: OutgoingLetter, person: User) -> None:
    refuse_letter(letter.id, actor=Actor(str(person.pk)), at=NOON)


def test_the_letter_is_delivered_on_the_day_of_the_refusal(
    waiting: OutgoingLetter, anna: User
) -> None:
    refuse(waiting, anna)
    row = delivery_of(waiting)
    assert (row.standing, row.ended_at, row.ended_by) == (Standing.REFUSED, NOON, anna)
    upd = receipt_of(waiting.id)
    assert upd is not None
    facts = read_upd(upd.xml)
    assert (facts.way, facts.received_at) == (DeliveryWay.REFUSED, NOON)
    assert "art. 47 KPA" in (facts.basis or "")
    check = check_public_receipt(upd.xml, {}, at=NOON)
    assert check.valid
    assert check.signer is None
    assert opened_letter(waiting.id).delivered_on == NOON.date()


def test_both_sides_are_told(waiting: OutgoingLetter, anna: User, daria: User) -> None:
    refuse(waiting, anna)
    assert "Odmowa przyjęcia pisma" in mails_to(anna.email)
    assert "Pismo uznaje się za doręczone tego dnia." in mails_to(anna.email)
    assert "5 listopada 2026 r. (art. 47 KPA)" in mails_to(daria.email)
    told = mails_to(anna.email) + mails_to(daria.email)
    assert [secret for secret in SECRETS if secret in told] == []
    assert Event.objects.get(kind="DELIVERY_REFUSED").actor_id == str(anna.pk)


def test_a_refusal_comes_once(waiting: OutgoingLetter, anna: User) -> None:
    refuse(waiting, anna)
    assert refusal_of(lambda: refuse(waiting, anna)) is CollectFault.REFUSED
    assert refusal_of(lambda: collect(waiting, anna)) is CollectFault.REFUSED
    assert (ReceiptIntent.objects.count(), Receipt.objects.count()) == (1, 1)


def test_after_the_term_there_is_nothing_to_refuse(waiting: OutgoingLetter, anna: User) -> None:
    night_at(days(7, 15))
    actor = Actor(str(anna.pk))
    fault = refusal_of(lambda: refuse_letter(waiting.id, actor=actor, at=days(15)))
    assert fault is CollectFault.LAPSED
    assert not ReceiptIntent.objects.exists()


def test_what_the_request_sealed_the_outbox_does_not_seal_again(
    waiting: OutgoingLetter, anna: User
) -> None:
    refuse(waiting, anna)
    assert OutboxRow.objects.get(key=upd_key(waiting.id)).state == "DONE"
    finish_upd(waiting.id, at=NOON)
    assert Receipt.objects.count() == 1


@pytest.mark.usefixtures("_no_keys")
def test_while_the_keys_do_not_serve_the_refusal_stands_and_the_outbox_seals_later(
    waiting: OutgoingLetter, anna: User, keys: Path
) -> None:
    refuse(waiting, anna)
    assert delivery_of(waiting).standing == Standing.REFUSED
    assert receipt_of(waiting.id) is None
    row = OutboxRow.objects.get(key=upd_key(waiting.id))
    assert (row.effect, row.state) == ("SEAL_UPD", "PENDING")
    with pytest.raises(CannotSeal):
        finish_upd(waiting.id, at=NOON)
    for file in keys.iterdir():
        file.unlink()
    create_development_pki(keys, LONG_AGO)
    OutboxRow.objects.exclude(key=row.key).delete()
    assert drain("worker") == 1
    assert receipt_of(waiting.id) is not None
    row.refresh_from_db()
    assert row.state == "DONE"


def test_the_first_reading_is_noted_once(waiting: OutgoingLetter, anna: User, bogdan: User) -> None:
    refuse(waiting, anna)
    open_content(waiting.id, user_id=bogdan.pk, at=NOON)
    open_content(waiting.id, user_id=anna.pk, at=NOON + timedelta(days=1))
    assert delivery_of(waiting).opened_at == NOON
    assert Event.objects.get(kind="DELIVERY_OPENED").actor_id == str(bogdan.pk)


def test_a_letter_that_waits_is_not_opened_whoever_asks(
    waiting: OutgoingLetter, anna: User
) -> None:
    open_content(waiting.id, user_id=anna.pk, at=NOON)
    assert delivery_of(waiting).opened_at is None
    with pytest.raises(LookupError):
        opened_letter(waiting.id)
