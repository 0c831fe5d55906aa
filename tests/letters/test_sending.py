"""Sending: once, with its instant, its number and its receipt."""

from uuid import uuid4

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.core.documents.letter import read_letter
from skrytka.core.receipts import read_upp
from skrytka.evidence.models import Receipt, ReceiptIntent
from skrytka.evidence.queries import Outcome, receipt_of, signature_report_of
from skrytka.ledger.models import OutboxRow
from skrytka.ledger.operations import Actor
from skrytka.letters.models import (
    Draft,
    DraftState,
    HandlingState,
    IntakeState,
    Letter,
    RegisterEntry,
)
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import CannotChangeDraft, DraftFault, write_draft
from skrytka.letters.operations.submission import CannotSubmit, SubmitFault, submit_letter
from skrytka.letters.queries.letters import letter_document, letter_view
from tests.world.attachments import added
from tests.world.files import pdf
from tests.world.letters import (
    CONTENT,
    LATER,
    confirm_profile,
    sent_letter,
    sign_as_author,
    unsigned_draft,
    written_draft,
)

pytestmark = pytest.mark.django_db
ACTOR = Actor("anna")


def test_the_letter_gets_its_instant_number_and_receipt_at_once(
    anna: User, cuw: Institution
) -> None:
    letter = sent_letter(anna, cuw)
    assert letter.submitted_at == LATER
    assert letter.intake.state == IntakeState.ACCEPTED
    assert letter.register_entry.register_no == "RPW/CUW/00001/2026"
    assert letter.handling.state == HandlingState.NEW
    receipt = receipt_of(letter.id)
    assert receipt is not None
    facts = read_upp(receipt.xml)
    assert facts.delivered_at == LATER
    assert facts.register_no == "RPW/CUW/00001/2026"
    assert facts.document_sha256 == letter.document_sha256


def test_the_document_says_what_was_typed(anna: User, cuw: Institution) -> None:
    facts = read_letter(letter_document(sent_letter(anna, cuw).id))
    assert facts.title == "Wniosek o zaświadczenie"
    assert facts.paragraphs == ("Proszę o zaświadczenie.", "Dziękuję.")
    assert facts.addressee.box_address == "/ZOJO_Cieszyn/SkrytkaESP"


def test_a_second_click_returns_the_first_letter(anna: User, cuw: Institution) -> None:
    draft = unsigned_draft(anna, cuw)
    first = submit_letter(draft.id, actor=ACTOR, at=LATER)
    second = submit_letter(draft.id, actor=ACTOR, at=LATER)
    assert (first.letter_id, first.already_sent) == (second.letter_id, False)
    assert second.already_sent
    assert (Letter.objects.count(), Receipt.objects.count(), RegisterEntry.objects.count()) == (
        1,
        1,
        1,
    )


def test_attachments_are_bound_by_digest(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    added(draft, "umowa najmu.pdf", pdf())
    freeze_document(draft.id, at=LATER)
    Draft.objects.filter(id=draft.id).update(signing_mode="UNSIGNED")
    letter_id = submit_letter(draft.id, actor=ACTOR, at=LATER).letter_id
    view = letter_view(letter_id)
    assert view is not None
    (file,) = view.attachments
    (bound,) = read_letter(letter_document(letter_id)).attachments
    assert (bound.sha256, bound.size) == (file.sha256, file.size)
    assert bound.uri == "zalaczniki/01-umowa_najmu.pdf"


def test_a_signed_letter_carries_its_report(anna: User, daria: User, cuw: Institution) -> None:
    confirm_profile(anna, daria, cuw)
    draft = written_draft(anna, cuw)
    freeze_document(draft.id, at=LATER)
    sign_as_author(draft.id)
    letter_id = submit_letter(draft.id, actor=ACTOR, at=LATER).letter_id
    report = signature_report_of(letter_id)
    assert report is not None
    assert report.outcome is Outcome.VALID
    assert b"PodpisZP" in letter_document(letter_id)


def test_a_draft_that_is_not_signed_is_not_sent(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    with pytest.raises(CannotSubmit) as refused:
        submit_letter(draft.id, actor=ACTOR, at=LATER)
    assert refused.value.reason is SubmitFault.NOT_SIGNED
    assert Draft.objects.get(id=draft.id).state == DraftState.OPEN
    assert not Letter.objects.exists()


def test_a_change_after_signing_drops_the_signature(anna: User, cuw: Institution) -> None:
    draft = unsigned_draft(anna, cuw)
    write_draft(draft.id, CONTENT, version=draft.version, at=LATER)
    with pytest.raises(CannotSubmit) as refused:
        submit_letter(draft.id, actor=ACTOR, at=LATER)
    assert refused.value.reason is SubmitFault.NOT_SIGNED


def test_a_closed_box_takes_nothing(anna: User, cuw: Institution) -> None:
    draft = unsigned_draft(anna, cuw)
    cuw.boxes.update(is_open=False)
    with pytest.raises(CannotSubmit) as refused:
        submit_letter(draft.id, actor=ACTOR, at=LATER)
    assert refused.value.reason is SubmitFault.BOX_CLOSED


def test_a_draft_nobody_knows_is_not_sent() -> None:
    with pytest.raises(CannotSubmit) as refused:
        submit_letter(uuid4(), actor=ACTOR, at=LATER)
    assert refused.value.reason is SubmitFault.NOT_FOUND


def test_a_sent_draft_cannot_be_written_any_more(anna: User, cuw: Institution) -> None:
    letter = sent_letter(anna, cuw)
    with pytest.raises(CannotChangeDraft) as refused:
        write_draft(letter.draft_id, CONTENT, version=2, at=LATER)
    assert refused.value.reason is DraftFault.ALREADY_SENT


def test_the_sender_is_told_by_mail_with_a_link(anna: User, cuw: Institution) -> None:
    letter = sent_letter(anna, cuw)
    row = OutboxRow.objects.get(key=f"mail:receipt:{letter.id}")
    assert row.payload["to"] == anna.email
    assert str(letter.id) in row.payload["text"]
    assert letter.title not in row.payload["text"]


def test_numbers_are_counted_per_institution(
    anna: User, cuw: Institution, town_hall: Institution
) -> None:
    town_hall.boxes.update(accepts_unsigned=True)
    numbers = [
        sent_letter(anna, where).register_entry.register_no for where in (cuw, town_hall, cuw)
    ]
    assert numbers == ["RPW/CUW/00001/2026", "RPW/UM/00001/2026", "RPW/CUW/00002/2026"]
    assert ReceiptIntent.objects.count() == 3
