"""A letter goes out once, signed, released where that is asked for, and lies in the box at once."""

import pytest
from django.db import DatabaseError

from skrytka.accounts.models import Box, Institution, User
from skrytka.core.delivery import POLICIES, Standing
from skrytka.delivery.models import (
    Delivery,
    Notice,
    OutgoingDraft,
    OutgoingLetter,
    OutgoingState,
    Release,
    UpdSignatures,
)
from skrytka.delivery.operations.dispatch import (
    CannotDispatch,
    Dispatch,
    DispatchFault,
    dispatch_letter,
)
from skrytka.evidence.queries import receipt_of, signature_report_of
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.models import Event
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter, LetterHandling
from tests.world.outgoing import SENT_AT, adopt, days, dispatched_letter, signed_draft

pytestmark = pytest.mark.django_db
ACTOR = Actor("1")


@pytest.fixture
def draft(daria: User, cuw: Institution, anna: User) -> OutgoingDraft:
    return signed_draft(daria, cuw, anna.party)


def sent(draft: OutgoingDraft) -> Dispatch:
    return dispatch_letter(draft.id, actor=ACTOR, at=SENT_AT)


def test_a_letter_lies_in_the_party_s_box_and_its_notice_is_on_the_way(
    draft: OutgoingDraft, anna: User
) -> None:
    letter = OutgoingLetter.objects.get(id=sent(draft).letter_id)
    delivery = letter.delivery
    assert (delivery.standing, delivery.dispatched_at) == (Standing.SENT, SENT_AT)
    assert (letter.addressee_name, letter.addressee_address) == (
        "Anna Kowalska",
        anna.party.box_address,
    )
    assert delivery.upd_no == "ESP-UPD-2026-0000001"
    notice = Notice.objects.get(delivery=delivery)
    assert (notice.address, notice.round, notice.state) == (anna.email, "FIRST", "DUE")
    assert [file.file_name for file in letter.files.all()] == ["zaświadczenie.pdf"]


def test_a_second_click_finds_the_first_letter(draft: OutgoingDraft) -> None:
    first, second = sent(draft), sent(draft)
    assert (first.already_sent, second.already_sent) == (False, True)
    assert first.letter_id == second.letter_id
    assert Delivery.objects.count() == Notice.objects.count() == 1


def test_the_report_on_the_signature_is_kept(draft: OutgoingDraft) -> None:
    report = signature_report_of(sent(draft).letter_id)
    assert report is not None
    assert report.document_sha256 == draft.signed_sha256


def test_what_was_sent_cannot_be_changed(draft: OutgoingDraft) -> None:
    letter_id = sent(draft).letter_id
    with pytest.raises(DatabaseError):
        OutgoingLetter.objects.filter(id=letter_id).update(title="Inny")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"signed_sha256": ""}, DispatchFault.NOT_SIGNED),
        ({"party": None}, DispatchFault.NO_ADDRESSEE),
        ({"state": OutgoingState.DISCARDED}, DispatchFault.DISCARDED),
    ],
)
def test_what_keeps_a_letter_back_is_told_and_the_draft_stays(
    draft: OutgoingDraft, change: dict[str, object], fault: DispatchFault
) -> None:
    OutgoingDraft.objects.filter(id=draft.id).update(**change)
    before = OutgoingDraft.objects.values().get(id=draft.id)
    with pytest.raises(CannotDispatch) as refused:
        sent(draft)
    assert refused.value.reason is fault
    assert OutgoingDraft.objects.values().get(id=draft.id) == before
    assert not OutgoingLetter.objects.exists()


def test_an_unknown_draft_is_told(draft: OutgoingDraft, db: None) -> None:
    draft.delete()
    with pytest.raises(CannotDispatch) as refused:
        dispatch_letter(draft.id, actor=ACTOR, at=SENT_AT)
    assert refused.value.reason is DispatchFault.NOT_FOUND


def test_where_two_persons_are_asked_for_the_second_lets_it_go(
    draft: OutgoingDraft, cuw: Institution, edmund: User
) -> None:
    adopt(cuw, release=Release.SECOND_PERSON)
    with pytest.raises(CannotDispatch) as refused:
        sent(draft)
    assert refused.value.reason is DispatchFault.NOT_RELEASED
    OutgoingDraft.objects.filter(id=draft.id).update(
        state=OutgoingState.WAITING, released_by=edmund
    )
    letter = OutgoingLetter.objects.get(id=sent(draft).letter_id)
    assert letter.released_by == edmund


def test_a_delivery_keeps_the_rules_it_began_with(
    daria: User, cuw: Institution, anna: User
) -> None:
    adopt(cuw, POLICIES["ude-art42"], upd=UpdSignatures.OFFICE_AND_PARTY)
    letter = dispatched_letter(daria, cuw, anna)
    adopt(cuw, POLICIES["kpa-2014-shifted"], at=days(1))
    delivery = Delivery.objects.get(pk=letter.id)
    assert delivery.policy["id"] == "ude-art42"
    assert delivery.upd_signatures == UpdSignatures.OFFICE_AND_PARTY
    assert dispatched_letter(daria, cuw, anna, at=days(1)).delivery.policy["id"] == (
        "kpa-2014-shifted"
    )


def test_the_event_names_no_content(draft: OutgoingDraft) -> None:
    letter_id = sent(draft).letter_id
    event = Event.objects.get(kind="OUTGOING_DISPATCHED")
    assert (event.subject_id, event.data) == (str(letter_id), {"answers": None})


@pytest.fixture
def to_town_hall(draft: OutgoingDraft, town_hall: Institution) -> OutgoingDraft:
    box = Box.objects.get(institution=town_hall)
    OutgoingDraft.objects.filter(id=draft.id).update(party=None, to_box=box)
    return OutgoingDraft.objects.get(id=draft.id)


def test_to_an_institution_a_letter_is_delivered_on_arrival(
    to_town_hall: OutgoingDraft, town_hall: Institution
) -> None:
    outgoing = OutgoingLetter.objects.get(id=sent(to_town_hall).letter_id)
    letter = Letter.objects.get(institution=town_hall)
    assert outgoing.received_as == letter
    assert letter.submitted_at == SENT_AT
    assert LetterHandling.objects.get(letter=letter).signature_outcome == "VALID"
    upp = receipt_of(letter.id)
    assert upp is not None
    assert upp.receipt_no == "ESP-UPP-2026-0000001"
    assert not Delivery.objects.exists()
    assert letter.sender.box_entity == "ZOJO_Cieszyn"
    assert letter.sender_address == "/ZOJO_Cieszyn/SkrytkaESP"


def test_a_letter_between_institutions_lies_with_both(
    to_town_hall: OutgoingDraft, town_hall: Institution, cuw: Institution
) -> None:
    outgoing = OutgoingLetter.objects.get(id=sent(to_town_hall).letter_id)
    letter = Letter.objects.get(institution=town_hall)
    digests = [letter.document_sha256, *letter.attachments.values_list("sha256", flat=True)]
    assert len(digests) == 1 + outgoing.file_count == 2
    for institution in (cuw, town_hall):
        assert all(blobs_of(institution.pk).read(sha256) for sha256 in digests)


def test_a_second_letter_between_institutions_finds_the_same_sender(
    to_town_hall: OutgoingDraft, daria: User, cuw: Institution
) -> None:
    sent(to_town_hall)
    again = signed_draft(daria, cuw, None)
    OutgoingDraft.objects.filter(id=again.id).update(to_box=to_town_hall.to_box)
    sent(again)
    assert Letter.objects.values("sender").distinct().count() == 1


def test_a_closed_box_takes_nothing(to_town_hall: OutgoingDraft) -> None:
    Box.objects.filter(institution__entity="u390efc0tm").update(is_open=False)
    with pytest.raises(CannotDispatch) as refused:
        sent(to_town_hall)
    assert refused.value.reason is DispatchFault.ADDRESSEE_CLOSED
    assert not Letter.objects.exists()
