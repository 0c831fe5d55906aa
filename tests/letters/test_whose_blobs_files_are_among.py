"""Files lie among the blobs of the addressee, at the latest when the letter goes."""

from uuid import uuid4

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, DraftAttachment, DraftState, Letter
from skrytka.letters.operations.attachments import remove_attachment
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import choose_addressee, write_draft
from skrytka.letters.operations.keeping import bring_to_addressee
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import CannotSubmit, SubmitFault, submit_letter
from tests.world.attachments import added, draft_of
from tests.world.files import EICAR, pdf, txt
from tests.world.letters import CONTENT, LATER

pytestmark = pytest.mark.django_db


def addressed(draft: Draft, institution: Institution) -> None:
    box = Box.objects.get(institution=institution, is_basic=True)
    choose_addressee(draft.id, box.pk, at=LATER)


def ready(draft: Draft) -> None:
    write_draft(draft.id, CONTENT, version=1, at=LATER)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)


def sent(draft: Draft) -> Letter:
    done = submit_letter(draft.id, actor=Actor(str(draft.author_id)), at=LATER)
    return Letter.objects.get(id=done.letter_id)


def test_a_file_goes_to_the_addressee_of_the_draft(anna: User, cuw: Institution) -> None:
    row = added(draft_of(anna, cuw), "umowa.pdf", pdf())
    assert row.kept_by_id == cuw.pk
    assert blobs_of(cuw.pk).read(row.sha256) == pdf()
    assert not blobs_of(None).has(row.sha256)


def test_without_an_addressee_it_waits_with_the_installation(anna: User, cuw: Institution) -> None:
    row = added(draft_of(anna), "opis.txt", txt())
    assert row.kept_by_id is None
    assert blobs_of(None).read(row.sha256) == txt()


def test_at_the_sending_every_file_lies_with_the_addressee(
    anna: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = draft_of(anna)
    first = added(draft, "opis.txt", txt())
    addressed(draft, town_hall)
    second = added(draft, "umowa.pdf", pdf())
    addressed(draft, cuw)
    third = added(draft, "inny.txt", txt() + b"x")
    assert [first.kept_by_id, second.kept_by_id, third.kept_by_id] == [None, town_hall.pk, cuw.pk]
    ready(draft)
    letter = sent(draft)
    for row in letter.attachments.all():
        assert blobs_of(cuw.pk).size(row.sha256) == row.size
    kept = dict(DraftAttachment.objects.values_list("id", "kept_by_id"))
    assert {kept[row.id] for row in (first, second, third)} == {cuw.pk}


def test_a_refused_file_has_no_bytes_to_bring(anna: User, cuw: Institution) -> None:
    draft = draft_of(anna)
    refused = added(draft, "wirus.txt", EICAR)
    addressed(draft, cuw)
    bring_to_addressee(draft.id)
    assert not blobs_of(cuw.pk).has(refused.sha256)


def test_a_store_that_fails_then_sends_nothing(
    anna: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(anna)
    added(draft, "opis.txt", txt() + uuid4().hex.encode())
    addressed(draft, cuw)
    ready(draft)

    def full(*_: object) -> None:
        raise BlobNotStoredError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(type(blobs_of(None)), "put_stream", full)
        with pytest.raises(BlobNotStoredError):
            sent(draft)
    assert Draft.objects.get(id=draft.id).state == DraftState.OPEN
    assert not Letter.objects.exists()
    assert sent(draft).attachment_count == 1, "the next click sends it"


def test_a_file_that_lies_elsewhere_at_the_last_moment_stops_the_sending(
    anna: User, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = draft_of(anna)
    added(draft, "opis.txt", txt())
    addressed(draft, cuw)
    ready(draft)
    monkeypatch.setattr(
        "skrytka.letters.operations.submission.bring_to_addressee", lambda _draft_id: None
    )
    with pytest.raises(CannotSubmit) as refusal:
        sent(draft)
    assert refusal.value.reason is SubmitFault.CHANGED
    assert not Letter.objects.exists()


def test_a_draft_without_an_addressee_brings_nothing_anywhere(anna: User) -> None:
    draft = draft_of(anna)
    row = added(draft, "opis.txt", txt())
    bring_to_addressee(draft.id)
    assert DraftAttachment.objects.get(id=row.id).kept_by_id is None
    remove_attachment(draft.id, row.id, at=LATER)
    bring_to_addressee(draft.id)
