"""Collecting under a trusted signature: one UPD, one end, both sides told, nothing twice."""

from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.core.delivery import Standing
from skrytka.core.receipts import DeliveryWay, read_upd
from skrytka.delivery.models import Delivery, Notice, NoticeState, OutgoingLetter, UpdSignatures
from skrytka.delivery.operations.collecting import collect_trusted
from skrytka.delivery.operations.ending import CollectFault
from skrytka.delivery.operations.notices import note_bounce
from skrytka.delivery.operations.refusing import refuse_letter
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.queries import check_public_receipt, receipt_of
from skrytka.ledger.models import Event, OutboxRow
from skrytka.ledger.operations import Actor
from tests.world.deliveries import (
    NOON,
    SECRETS,
    collect,
    confirmed,
    mails_to,
    refusal_of,
    waiting_letter,
)
from tests.world.letters import confirm_profile
from tests.world.outgoing import adopt, days, delivery_of, dispatched_letter, night_at

pytestmark = pytest.mark.django_db


def test_the_party_signs_and_the_letter_is_collected(waiting: OutgoingLetter, anna: User) -> None:
    collect(waiting, anna)
    row = delivery_of(waiting)
    assert (row.standing, row.ended_at, row.ended_by) == (Standing.COLLECTED, NOON, anna)
    assert row.due_at is None
    upd = receipt_of(waiting.id)
    assert upd is not None
    facts = read_upd(upd.xml)
    assert (facts.receipt_no, facts.received_at) == (row.upd_no, NOON)
    assert (facts.way, facts.case_mark) == (DeliveryWay.COLLECTED, "CUW.5321.7.2026")
    assert facts.document_sha256 == waiting.document_sha256
    assert b"Kowalska" in upd.xml
    assert check_public_receipt(upd.xml, {}, at=NOON).valid


def test_the_record_tells_who_and_how(waiting: OutgoingLetter, anna: User) -> None:
    collect(waiting, anna)
    event = Event.objects.get(kind="DELIVERY_COLLECTED")
    assert (event.subject_type, event.subject_id) == ("OUTGOING", str(waiting.id))
    assert (event.actor_id, event.institution_id) == (str(anna.pk), waiting.institution_id)
    upd_no = delivery_of(waiting).upd_no
    assert event.data == {"upd_no": upd_no, "signature": "TRUSTED"}


def test_both_sides_are_told_with_links_and_without_the_letter(
    waiting: OutgoingLetter, anna: User, bogdan: User, daria: User
) -> None:
    waiting.box.notify = ["sekretariat@example.pl"]
    waiting.box.save()
    collect(waiting, anna)
    for person in (anna, bogdan):
        told = mails_to(person.email)
        assert "Pismo odebrane" in told
        assert f"http://testserver/odebrane/{waiting.id}/" in told
    for address in (daria.email, "sekretariat@example.pl"):
        told = mails_to(address)
        assert "Pismo odebrane, jest UPD" in told
        assert f"http://testserver/kancelaria/wyslane/{waiting.id}/" in told
    told = "".join(mails_to(address) for address in (anna.email, bogdan.email, daria.email))
    assert [secret for secret in SECRETS if secret in told] == []


def test_a_proxy_collects_with_the_own_name(
    waiting: OutgoingLetter, bogdan: User, daria: User, cuw: Institution
) -> None:
    confirm_profile(bogdan, daria, cuw)
    collect(waiting, bogdan)
    upd = receipt_of(waiting.id)
    assert upd is not None
    assert delivery_of(waiting).ended_by == bogdan
    assert b"Nowak" in upd.xml
    assert read_upd(upd.xml).addressee.name == "Anna Kowalska"


def test_the_office_seals_first_where_its_rules_say_so(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, upd=UpdSignatures.OFFICE_AND_PARTY)
    confirm_profile(anna, daria, cuw)
    letter = waiting_letter(daria, cuw, anna)
    collect(letter, anna)
    upd = receipt_of(letter.id)
    assert upd is not None
    check = check_public_receipt(upd.xml, {}, at=NOON)
    assert check.valid
    assert (check.seal is not None, check.signer is not None) == (True, True)


def test_the_second_caller_is_told_and_signs_nothing(waiting: OutgoingLetter, anna: User) -> None:
    collect(waiting, anna)
    events, mails = Event.objects.count(), OutboxRow.objects.count()
    assert refusal_of(lambda: collect(waiting, anna)) is CollectFault.COLLECTED
    refused = refusal_of(lambda: refuse_letter(waiting.id, actor=Actor(str(anna.pk)), at=NOON))
    assert refused is CollectFault.COLLECTED
    assert (Receipt.objects.count(), ReceiptIntent.objects.count()) == (1, 1)
    assert (Event.objects.count(), OutboxRow.objects.count()) == (events, mails)


def test_without_a_confirmed_profile_nobody_signs(waiting: OutgoingLetter, bogdan: User) -> None:
    assert refusal_of(lambda: collect(waiting, bogdan)) is CollectFault.NO_PROFILE
    assert delivery_of(waiting).standing == Standing.NOTIFIED


def test_a_second_factor_serves_one_delivery_only(
    waiting: OutgoingLetter, anna: User, daria: User, cuw: Institution
) -> None:
    other = waiting_letter(daria, cuw, anna)
    stolen = confirmed(other, anna)
    actor = Actor(str(anna.pk))
    refused = refusal_of(lambda: collect_trusted(waiting.id, stolen, actor=actor, at=NOON))
    assert refused is CollectFault.FACTOR
    assert not Receipt.objects.exists()


@pytest.mark.usefixtures("_no_keys")
def test_a_seal_that_does_not_serve_leaves_the_letter_waiting(
    waiting: OutgoingLetter, anna: User
) -> None:
    assert refusal_of(lambda: collect(waiting, anna)) is CollectFault.UNAVAILABLE
    assert delivery_of(waiting).standing == Standing.NOTIFIED


def test_on_the_last_day_it_is_collected_and_a_second_later_it_is_not(
    waiting: OutgoingLetter, anna: User
) -> None:
    """Sent on 2 November: the last day is the 16th, in Warsaw until 23:00 UTC."""
    night_at(days(7, 15))
    midnight = days(14).replace(hour=23, minute=0)
    assert refusal_of(lambda: collect(waiting, anna, at=midnight)) is CollectFault.LAPSED
    assert not Receipt.objects.exists()
    collect(waiting, anna, at=midnight - timedelta(seconds=1))
    assert delivery_of(waiting).standing == Standing.COLLECTED


def test_a_letter_deemed_delivered_is_told_as_such(waiting: OutgoingLetter, anna: User) -> None:
    night_at(days(7, 15))
    night_at(days(14, 15))
    assert delivery_of(waiting).standing == Standing.DEEMED
    assert refusal_of(lambda: collect(waiting, anna, at=days(15))) is CollectFault.DEEMED


def test_a_stopped_clock_does_not_stop_the_party(waiting: OutgoingLetter, anna: User) -> None:
    notice = Notice.objects.get(delivery=waiting.id)
    note_bounce(notice.message_id, "550 no such user", at=days(1))
    assert delivery_of(waiting).standing == Standing.STOPPED
    collect(waiting, anna, at=days(40))
    assert delivery_of(waiting).standing == Standing.COLLECTED


def test_before_the_first_notice_goes_out_it_can_be_collected_and_needs_none(
    daria: User, cuw: Institution, anna: User
) -> None:
    confirm_profile(anna, daria, cuw)
    letter = dispatched_letter(daria, cuw, anna)
    collect(letter, anna)
    assert Notice.objects.get(delivery=letter.id).state == NoticeState.NOT_NEEDED
    assert OutboxRow.objects.get(effect="SEND_NOTICE").state == "DONE"
    assert Delivery.objects.get(pk=letter.id).standing == Standing.COLLECTED
