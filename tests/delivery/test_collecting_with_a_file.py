"""The UPD goes out for signing and comes back the same day, unchanged, signed by that person."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import Standing
from skrytka.core.receipts import Outcome, read_upd
from skrytka.delivery.models import IssuedUpd, OutgoingLetter, UpdSignatures
from skrytka.delivery.operations.collecting import collect_with_file, issue_upd
from skrytka.delivery.operations.ending import CollectFault
from skrytka.evidence.models import Receipt
from skrytka.evidence.operations.delivery_receipts import LARGEST_SIGNED_UPD
from skrytka.evidence.queries import check_public_receipt, receipt_of
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from tests.world.deliveries import (
    FILE_NAME,
    NOON,
    SECRETS,
    brought_back,
    collect,
    personal_key,
    refusal_of,
    signed_at_home,
    waiting_letter,
)
from tests.world.outgoing import adopt, days, delivery_of, night_at, noticed_letter
from tests.world.pki import USUAL

pytestmark = pytest.mark.django_db
LATE, NEXT_DAY = NOON + timedelta(hours=11), NOON + timedelta(hours=13)


def bring(letter: OutgoingLetter, person: User, data: bytes, at: datetime = NOON) -> None:
    collect_with_file(letter.id, data, user_id=person.pk, actor=Actor(str(person.pk)), at=at)


def refused(letter: OutgoingLetter, person: User, data: bytes, at: datetime = NOON) -> CollectFault:
    fault = refusal_of(lambda: bring(letter, person, data, at))
    assert not Receipt.objects.exists()
    return fault


def test_the_day_on_the_upd_is_the_day_it_is_given_out(waiting: OutgoingLetter, anna: User) -> None:
    upd = issue_upd(waiting.id, anna.pk, at=NOON)
    assert read_upd(upd).received_at == NOON
    assert read_upd(upd).receipt_no == delivery_of(waiting).upd_no
    assert delivery_of(waiting).standing == Standing.NOTIFIED


def test_all_day_long_it_is_the_same_and_on_the_next_a_new_one(
    waiting: OutgoingLetter, anna: User
) -> None:
    """The day is that of Warsaw: at 11 in the evening of UTC it is tomorrow there."""
    first = issue_upd(waiting.id, anna.pk, at=NOON)
    assert issue_upd(waiting.id, anna.pk, at=LATE - timedelta(minutes=1)) == first
    second = issue_upd(waiting.id, anna.pk, at=LATE + timedelta(hours=1))
    assert second != first
    assert civil_date(read_upd(second).received_at) == civil_date(NOON) + timedelta(days=1)
    issued = IssuedUpd.objects.get()
    assert blobs_of(waiting.institution_id).read(issued.sha256) == second


def test_each_person_has_an_upd_of_their_own(
    waiting: OutgoingLetter, anna: User, bogdan: User
) -> None:
    issue_upd(waiting.id, anna.pk, at=NOON)
    issue_upd(waiting.id, bogdan.pk, at=NOON + timedelta(minutes=1))
    assert IssuedUpd.objects.count() == 2


def test_it_tells_nothing_of_the_letter_before_the_end(waiting: OutgoingLetter, anna: User) -> None:
    upd = issue_upd(waiting.id, anna.pk, at=NOON).decode()
    assert waiting.files.get().file_name == FILE_NAME
    assert waiting.files.get().sha256 in upd
    assert [secret for secret in SECRETS if secret in upd] == []


@pytest.mark.usefixtures("_cards_known")
def test_signed_with_a_known_card_it_collects_the_letter(
    waiting: OutgoingLetter, anna: User
) -> None:
    data = brought_back(waiting, anna)
    bring(waiting, anna, data, NOON + timedelta(hours=2))
    row = delivery_of(waiting)
    assert (row.standing, row.ended_by) == (Standing.COLLECTED, anna)
    assert row.ended_at == NOON + timedelta(hours=2)
    upd = receipt_of(waiting.id)
    assert upd is not None
    assert upd.xml == data
    assert check_public_receipt(data, {}, at=NOON).outcome is Outcome.VALID
    assert Event.objects.get(kind="DELIVERY_COLLECTED").data["signature"] == "FILE"


def test_an_issuer_unknown_here_is_no_refusal(waiting: OutgoingLetter, anna: User) -> None:
    data = brought_back(waiting, anna)
    bring(waiting, anna, data)
    assert delivery_of(waiting).standing == Standing.COLLECTED
    assert check_public_receipt(data, {}, at=NOON).outcome is Outcome.UNVERIFIABLE


def test_the_seal_of_the_office_stays_on_it(daria: User, cuw: Institution, anna: User) -> None:
    adopt(cuw, upd=UpdSignatures.OFFICE_AND_PARTY)
    letter = waiting_letter(daria, cuw, anna)
    bring(letter, anna, brought_back(letter, anna))
    upd = receipt_of(letter.id)
    assert upd is not None
    check = check_public_receipt(upd.xml, {}, at=NOON)
    assert (check.seal is not None, check.signer is not None) == (True, True)


def test_nobody_brings_back_what_was_not_given_out(
    waiting: OutgoingLetter, anna: User, bogdan: User
) -> None:
    data = brought_back(waiting, bogdan)
    assert refused(waiting, anna, data) is CollectFault.NOT_ISSUED


def test_an_upd_of_yesterday_is_refused(waiting: OutgoingLetter, anna: User) -> None:
    data = brought_back(waiting, anna)
    assert refused(waiting, anna, data, NEXT_DAY) is CollectFault.ANOTHER_DAY


def test_an_upd_of_yesterday_is_refused_also_when_a_new_one_was_given_out(
    waiting: OutgoingLetter, anna: User
) -> None:
    data = brought_back(waiting, anna)
    issue_upd(waiting.id, anna.pk, at=NEXT_DAY)
    assert refused(waiting, anna, data, NEXT_DAY) is CollectFault.ANOTHER_DAY


def test_the_upd_of_another_letter_is_refused(
    waiting: OutgoingLetter, anna: User, daria: User, cuw: Institution
) -> None:
    other = waiting_letter(daria, cuw, anna)
    issue_upd(waiting.id, anna.pk, at=NOON)
    assert refused(waiting, anna, brought_back(other, anna)) is CollectFault.OTHER_CONTENT


def test_a_change_after_signing_is_refused(waiting: OutgoingLetter, anna: User) -> None:
    signed = brought_back(waiting, anna)
    changed = signed.replace(b"CUW.5321.7.2026", b"CUW.5321.8.2026")
    assert changed != signed
    assert refused(waiting, anna, changed) is CollectFault.BAD


@pytest.mark.parametrize("data", [b"", b"nie xml", b"<!DOCTYPE a><a/>", b"PK\x03\x04"])
def test_what_is_no_signed_xml_is_refused(waiting: OutgoingLetter, anna: User, data: bytes) -> None:
    issue_upd(waiting.id, anna.pk, at=NOON)
    assert refused(waiting, anna, data) in {CollectFault.NOT_SIGNED, CollectFault.BAD}


def test_the_upd_as_it_was_given_out_is_not_signed(waiting: OutgoingLetter, anna: User) -> None:
    assert refused(waiting, anna, issue_upd(waiting.id, anna.pk, at=NOON)) is (
        CollectFault.NOT_SIGNED
    )


def test_a_file_too_large_is_refused(waiting: OutgoingLetter, anna: User) -> None:
    issue_upd(waiting.id, anna.pk, at=NOON)
    data = b" " * (LARGEST_SIGNED_UPD + 1)
    assert refused(waiting, anna, data) is CollectFault.TOO_LARGE


@pytest.mark.usefixtures("_cards_known")
def test_an_expired_certificate_is_refused(waiting: OutgoingLetter, anna: User) -> None:
    """The card ran out at noon; the program of the card signed in the morning."""
    morning = NOON - timedelta(hours=3)
    upd = issue_upd(waiting.id, anna.pk, at=morning)
    key = personal_key(terms=replace(USUAL, not_after=NOON - timedelta(hours=1)))
    signed = signed_at_home(upd, at=morning, key=key)
    assert refused(waiting, anna, signed) is CollectFault.CERTIFICATE_EXPIRED


@pytest.mark.usefixtures("_cards_known")
def test_the_card_of_another_person_is_refused(waiting: OutgoingLetter, anna: User) -> None:
    upd = issue_upd(waiting.id, anna.pk, at=NOON)
    signed = signed_at_home(upd, key=personal_key("02070803628"))
    assert refused(waiting, anna, signed) is CollectFault.ANOTHER_PERSON


def test_after_the_end_no_upd_is_given_out_or_taken(waiting: OutgoingLetter, anna: User) -> None:
    data = brought_back(waiting, anna)
    collect(waiting, anna)
    assert refusal_of(lambda: bring(waiting, anna, data)) is CollectFault.COLLECTED
    assert refusal_of(lambda: issue_upd(waiting.id, anna.pk, at=NOON)) is CollectFault.COLLECTED
    assert Receipt.objects.count() == 1


def test_after_the_term_no_upd_is_given_out(waiting: OutgoingLetter, anna: User) -> None:
    night_at(days(7, 15))
    assert refusal_of(lambda: issue_upd(waiting.id, anna.pk, at=days(15))) is CollectFault.LAPSED
    assert not IssuedUpd.objects.exists()


@pytest.mark.usefixtures("_no_keys")
def test_without_keys_an_upd_under_the_office_s_seal_waits(
    waiting: OutgoingLetter, anna: User
) -> None:
    delivery = delivery_of(waiting)
    delivery.upd_signatures = UpdSignatures.OFFICE_AND_PARTY
    delivery.save()
    fault = refusal_of(lambda: issue_upd(waiting.id, anna.pk, at=NOON))
    assert fault is CollectFault.UNAVAILABLE


def test_a_certificate_in_another_name_is_refused_without_a_profile_too(
    celina: User, daria: User, cuw: Institution
) -> None:
    """Anybody can make a certificate that nobody knows; not in another person's name."""
    hers = noticed_letter(daria, cuw, celina)
    upd = issue_upd(hers.id, celina.pk, at=NOON)
    assert refused(hers, celina, signed_at_home(upd)) is CollectFault.ANOTHER_PERSON
