"""Malware found anywhere holds the same bytes of letters that went out, until a false alarm."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import (
    FlaggedBytes,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetter,
    OutgoingLetterFile,
)
from skrytka.delivery.operations.completeness import OutgoingGap
from skrytka.delivery.operations.dispatch import CannotDispatch, DispatchFault, dispatch_letter
from skrytka.delivery.operations.documents import CannotFreezeOutgoing, freeze_outgoing
from skrytka.delivery.operations.drafts import copy_outgoing
from skrytka.delivery.operations.flags import release_sent_bytes, sends_bytes
from skrytka.delivery.operations.rescreening import rescreen_sent_letters
from skrytka.delivery.queries.flags import (
    flagged_bytes,
    flagged_bytes_count,
    flagged_bytes_of,
    flagged_sent_count,
)
from skrytka.delivery.queries.opened import opened_package
from skrytka.delivery.queries.outgoing import outgoing_file, outgoing_view
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.operations import Actor
from skrytka.ledger.queries import events_of
from skrytka.letters.models import AttachmentState, DraftAttachment, FlaggedFile
from skrytka.letters.operations.attachments import rescreen_attachment
from skrytka.letters.operations.flags import CannotRelease, ReleaseFault
from skrytka.letters.operations.rescreening import rescreen_letters
from tests.world.attachments import AT, added, draft_of, scan_with
from tests.world.desk_drafts import NOW, TEXT, frozen
from tests.world.letters import LATER
from tests.world.outgoing import days
from tests.world.screened import NEW, OLD, letter_with, renamed, wormy
from tests.world.sent_files import draft_with, found_in_worms, sent, sent_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    scan_with(OLD)
    yield
    install(before)


@pytest.fixture
def letter(daria: User, cuw: Institution, anna: User) -> OutgoingLetter:
    return sent_with(daria, cuw, anna)


@pytest.fixture
def flag(letter: OutgoingLetter, celina: User) -> FlaggedBytes:
    """Celina is refused the very bytes that the letter holds."""
    found_in_worms(celina)
    return FlaggedBytes.objects.get()


def names_in_package(letter: OutgoingLetter) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(opened_package(letter.id)))) as archive:
        return archive.namelist()


def release(flag: FlaggedBytes, by: User, reason: str = "Producent potwierdził pomyłkę") -> None:
    release_sent_bytes(flag.pk, flag.institution_id, reason, actor=Actor(str(by.pk)), at=LATER)


def test_a_file_refused_to_somebody_holds_the_same_bytes_here(
    flag: FlaggedBytes, letter: OutgoingLetter
) -> None:
    assert flag.digest == letter.files.get().sha256
    assert not any(name.endswith("umowa.txt") for name in names_in_package(letter))
    assert "pismo.xml" in names_in_package(letter)
    assert blobs_of(letter.institution_id).read(flag.digest) == wormy()


def test_what_came_in_flags_what_went_out(
    letter: OutgoingLetter, anna: User, cuw: Institution
) -> None:
    letter_with(anna, cuw, faktura=wormy())
    scan_with(NEW)
    assert rescreen_letters(days=30, at=LATER).flagged == 2
    assert (FlaggedFile.objects.count(), FlaggedBytes.objects.count()) == (1, 1)


def test_what_went_out_flags_what_came_in(
    letter: OutgoingLetter, anna: User, town_hall: Institution
) -> None:
    letter_with(anna, town_hall, faktura=wormy())
    scan_with(NEW)
    assert rescreen_sent_letters(days=30, at=days(1)).flagged == 2
    assert FlaggedFile.objects.get().institution == town_hall


def test_an_administrator_sees_it_under_the_number_of_the_letter(
    flag: FlaggedBytes, letter: OutgoingLetter, cuw: Institution, town_hall: Institution
) -> None:
    (kept,) = flagged_bytes(cuw.pk)
    assert (kept.document_no, kept.file_name) == (letter.document_no, "umowa.txt")
    assert flagged_bytes_of(cuw.pk, flag.pk) == kept
    assert (flagged_bytes_count(cuw.pk), flagged_sent_count(cuw.pk)) == (1, 1)
    assert flagged_bytes(town_hall.pk) == ()
    assert flagged_bytes_of(town_hall.pk, flag.pk) is None
    assert (flagged_bytes_count(town_hall.pk), flagged_sent_count(town_hall.pk)) == (0, 0)


def test_a_false_alarm_opens_it_again_and_is_on_record(
    flag: FlaggedBytes, letter: OutgoingLetter, daria: User, cuw: Institution
) -> None:
    release(flag, daria)
    flag.refresh_from_db()
    assert (flag.state, flag.released_by, flag.released_at) == ("RELEASED", daria, LATER)
    assert any(name.endswith("umowa.txt") for name in names_in_package(letter))
    last = events_of("OUTGOING", str(letter.id))[-1]
    assert (last.kind, last.actor_id) == ("FLAG_RELEASED", str(daria.pk))
    assert (flagged_bytes(cuw.pk), flagged_sent_count(cuw.pk)) == ((), 0)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_it_stays(flag: FlaggedBytes, daria: User, reason: str) -> None:
    with pytest.raises(CannotRelease) as refusal:
        release(flag, daria, reason)
    assert refusal.value.reason is ReleaseFault.NO_REASON
    assert FlaggedBytes.objects.get().state == "FLAGGED"


def test_another_institution_releases_nothing_and_nobody_twice(
    flag: FlaggedBytes, daria: User, town_hall: Institution
) -> None:
    with pytest.raises(CannotRelease) as refusal:
        release_sent_bytes(flag.pk, town_hall.pk, "pomyłka", actor=Actor(str(daria.pk)), at=LATER)
    assert refusal.value.reason is ReleaseFault.NOT_FLAGGED
    release(flag, daria)
    with pytest.raises(CannotRelease):
        release(flag, daria, "jeszcze raz")


def test_the_database_wants_a_reason_too(flag: FlaggedBytes) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FlaggedBytes.objects.update(state="RELEASED", released_at=LATER)


def test_the_same_finding_does_not_flag_again_and_another_does(
    flag: FlaggedBytes, daria: User, celina: User, bogdan: User
) -> None:
    release(flag, daria)
    found_in_worms(celina)
    assert FlaggedBytes.objects.get().state == "RELEASED"
    FlaggedBytes.objects.update(rule="inna")
    scan_with(renamed(NEW, "mark, baza 3"))
    added(draft_of(bogdan), "b.txt", wormy())
    assert sorted(FlaggedBytes.objects.values_list("state", flat=True)) == ["FLAGGED", "RELEASED"]


def test_a_draft_with_the_file_is_neither_frozen_nor_read(
    daria: User, anna: User, celina: User, cuw: Institution
) -> None:
    draft = frozen(daria, cuw, anna)
    infected = draft_with(daria, cuw, anna.party)
    OutgoingFile.objects.filter(draft=infected).update(draft=draft)
    file = OutgoingFile.objects.get(draft=draft)
    assert outgoing_file(draft.id, file.id) is not None
    found_in_worms(celina)
    with pytest.raises(CannotFreezeOutgoing):
        freeze_outgoing(draft.id, at=NOW)
    view = outgoing_view(draft.id, at=NOW)
    assert view is not None
    assert [problem.gap for problem in view.problems] == [OutgoingGap.FILE_INFECTED]
    assert [each.is_flagged for each in view.files] == [True]
    assert outgoing_file(draft.id, file.id) is None
    (event,) = events_of("OUTGOING_DRAFT", str(draft.id))[-1:]
    assert event.kind == "FILE_FLAGGED"


def test_a_copy_of_the_draft_holds_it_no_less(
    daria: User, anna: User, celina: User, cuw: Institution
) -> None:
    draft = draft_with(daria, cuw, anna.party)
    found_in_worms(celina)
    copy = outgoing_view(copy_outgoing(draft.id, TEXT, at=NOW), at=NOW)
    assert copy is not None
    assert copy.files[0].is_flagged
    assert outgoing_file(copy.id, copy.files[0].id) is None
    assert flagged_bytes(cuw.pk)[0].document_no == ""


def test_a_signed_draft_does_not_go_out_with_it(
    daria: User, anna: User, celina: User, cuw: Institution
) -> None:
    draft = draft_with(daria, cuw, anna.party)
    found_in_worms(celina)
    with pytest.raises(CannotDispatch) as refusal:
        sent(draft)
    assert refusal.value.reason is DispatchFault.FILE_INFECTED
    assert OutgoingDraft.objects.get(id=draft.id).state == "OPEN"
    release(FlaggedBytes.objects.get(), daria)
    assert not dispatch_letter(draft.id, actor=Actor("1"), at=NOW).already_sent


def test_bytes_of_a_letter_sent_outlive_a_refused_draft(
    letter: OutgoingLetter, anna: User, cuw: Institution
) -> None:
    scan_with(Silent())
    row = added(draft_of(anna, cuw), "umowa.txt", wormy())
    assert (row.state, row.kept_by_id) == (AttachmentState.STORED, cuw.pk)
    scan_with(NEW)
    rescreen_attachment(row.id, at=AT)
    assert DraftAttachment.objects.get(id=row.id).state == AttachmentState.REFUSED
    assert blobs_of(cuw.pk).read(row.sha256) == wormy()


def test_who_needs_bytes_is_told_by_the_institution_and_by_all(
    letter: OutgoingLetter, cuw: Institution, town_hall: Institution
) -> None:
    sha256 = letter.files.get().sha256
    assert (sends_bytes(sha256, cuw.pk), sends_bytes(sha256, None)) == (True, True)
    assert not sends_bytes(sha256, town_hall.pk)
    assert not sends_bytes("0" * 64, None)


def test_files_of_letters_sent_are_still_written_once(letter: OutgoingLetter) -> None:
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        OutgoingLetterFile.objects.update(remarks=["MACROS"])
