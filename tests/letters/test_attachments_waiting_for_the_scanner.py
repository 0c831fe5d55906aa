"""A silent scanner never yields a false "safe" and never loses a file."""

from collections.abc import Iterator

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.malware import MarkScanner, ScannerSilentError, Silent
from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.ledger.models import OutboxRow
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, DraftState
from skrytka.letters.operations.attachments import remove_attachment, rescreen_attachment
from skrytka.letters.queries.attachments import attachment_bytes, attachments_awaiting_screening
from tests.world import files
from tests.world.attachments import AT, added, draft_of, listed, scan_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _put_the_scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return draft_of(anna, cuw)


@pytest.fixture
def waiting(draft: Draft) -> DraftAttachment:
    scan_with(Silent())
    return added(draft, "a.txt", files.txt())


def test_the_file_is_kept_but_is_not_safe(waiting: DraftAttachment) -> None:
    assert (waiting.state, waiting.code) == (AttachmentState.STORED, "F-SCAN")
    assert blobs_of(waiting.kept_by_id).has(waiting.sha256)
    assert attachment_bytes(waiting.draft_id, waiting.id) is None
    assert attachments_awaiting_screening() == 1


def test_the_outbox_is_asked_to_screen_it(waiting: DraftAttachment) -> None:
    row = OutboxRow.objects.get(effect="SCREEN_ATTACHMENT")
    assert row.payload == {"attachment": str(waiting.id)}


def test_while_the_scanner_is_silent_nothing_changes(waiting: DraftAttachment) -> None:
    with pytest.raises(ScannerSilentError):
        rescreen_attachment(waiting.id, at=AT)
    assert listed(waiting.draft_id) == [("a.txt", "STORED", "F-SCAN")]


def test_once_it_answers_the_file_is_safe_and_the_frozen_document_stays(
    waiting: DraftAttachment,
) -> None:
    Draft.objects.filter(id=waiting.draft_id).update(document_sha256="a" * 64)
    scan_with(EmbeddedScanner())
    rescreen_attachment(waiting.id, at=AT)
    rescreen_attachment(waiting.id, at=AT)
    row = DraftAttachment.objects.get(id=waiting.id)
    assert (row.state, row.code, row.details) == (AttachmentState.SAFE, "", {})
    assert Draft.objects.get(id=waiting.draft_id).document_sha256
    assert attachment_bytes(row.draft_id, row.id) is not None


def test_malware_found_later_is_refused_and_its_bytes_are_removed(
    waiting: DraftAttachment,
) -> None:
    Draft.objects.filter(id=waiting.draft_id).update(document_sha256="a" * 64)
    scan_with(MarkScanner("Wnoszę".encode()))
    rescreen_attachment(waiting.id, at=AT)
    assert listed(waiting.draft_id) == [("a.txt", "REFUSED", "F-VIRUS")]
    assert not blobs_of(waiting.kept_by_id).has(waiting.sha256)
    assert not Draft.objects.get(id=waiting.draft_id).document_sha256


def test_bytes_that_another_draft_still_waits_for_are_not_removed(
    waiting: DraftAttachment, anna: User, cuw: Institution
) -> None:
    added(draft_of(anna, cuw), "b.txt", files.txt())
    scan_with(MarkScanner("Wnoszę".encode()))
    rescreen_attachment(waiting.id, at=AT)
    assert blobs_of(waiting.kept_by_id).has(waiting.sha256)


def test_the_same_bytes_of_another_institution_are_not_touched(
    waiting: DraftAttachment, anna: User, town_hall: Institution
) -> None:
    other = added(draft_of(anna, town_hall), "b.txt", files.txt())
    scan_with(MarkScanner("Wnoszę".encode()))
    rescreen_attachment(waiting.id, at=AT)
    assert not blobs_of(waiting.kept_by_id).has(waiting.sha256)
    assert blobs_of(town_hall.pk).read(other.sha256) == files.txt()


def test_a_file_removed_meanwhile_is_passed_over(waiting: DraftAttachment) -> None:
    remove_attachment(waiting.draft_id, waiting.id, at=AT)
    scan_with(EmbeddedScanner())
    rescreen_attachment(waiting.id, at=AT)
    assert listed(waiting.draft_id) == []


@pytest.mark.parametrize("when", ["before", "during"])
def test_a_file_of_a_draft_sent_meanwhile_is_left_to_the_letter(
    waiting: DraftAttachment, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_with(EmbeddedScanner())

    def send() -> None:
        Draft.objects.filter(id=waiting.draft_id).update(state=DraftState.SENT)

    if when == "before":
        send()
    else:
        from skrytka.letters.operations import attachments

        screened = attachments.screened_again

        def slowly(*arguments: object) -> object:
            send()
            return screened(*arguments)  # type: ignore[arg-type]  # passed on as they came

        monkeypatch.setattr(attachments, "screened_again", slowly)
    rescreen_attachment(waiting.id, at=AT)
    assert listed(waiting.draft_id) == [("a.txt", "STORED", "F-SCAN")]


def test_a_draft_deleted_while_its_file_is_screened_is_no_error(
    waiting: DraftAttachment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from skrytka.letters.operations import attachments

    scan_with(EmbeddedScanner())
    screened = attachments.screened_again

    def slowly(*arguments: object) -> object:
        Draft.objects.filter(id=waiting.draft_id).delete()
        return screened(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(attachments, "screened_again", slowly)
    rescreen_attachment(waiting.id, at=AT)
    assert attachments_awaiting_screening() == 0
