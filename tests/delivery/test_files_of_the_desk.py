"""Files of a letter of the desk: by the institution's rules, and a refused one leaves nothing."""

import hashlib
from collections.abc import Iterator

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingDraft, OutgoingFile
from skrytka.delivery.operations.completeness import OutgoingGap
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.documents import CannotFreezeOutgoing, freeze_outgoing
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingFault,
    copy_outgoing,
)
from skrytka.delivery.operations.files import add_file, remove_file
from skrytka.delivery.queries.outgoing import outgoing_document, outgoing_file
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.models import Event
from skrytka.letters.models import FileScreening, FlaggedFile
from skrytka.letters.operations.attachments import Upload
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.queries.papers import paper_of
from skrytka.letters.screening import AttachmentFault
from tests.world.attachments import scan_with, small_rules
from tests.world.desk_drafts import NOW, TEXT, actor, draft_at, frozen, sealed, written
from tests.world.files import EICAR, exe, pdf, txt
from tests.world.screened import NEW, OLD, letter_with, wormy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def draft(daria: User, anna: User, cuw: Institution) -> OutgoingDraft:
    return written(daria, cuw, to=anna)


def added(draft: OutgoingDraft, name: str, data: bytes, size: int = 0) -> OutgoingFile:
    upload = Upload(name, [data], declared_size=size)
    file_id = add_file(draft.id, upload, actor=actor(draft.author), at=NOW)
    return OutgoingFile.objects.get(id=file_id)


def refused(draft: OutgoingDraft, name: str, data: bytes, size: int = 0) -> AttachmentFault:
    before = OutgoingFile.objects.count()
    with pytest.raises(CannotAttach) as refusal:
        added(draft, name, data, size)
    assert OutgoingFile.objects.count() == before
    return refusal.value.reason


def is_stored(data: bytes) -> bool:
    store, sha256 = installed().blobs, hashlib.sha256(data).hexdigest()
    return any(store.of(scope).has(sha256) for scope in store.scopes())


def test_files_are_bound_to_the_document_in_order(draft: OutgoingDraft) -> None:
    added(draft, "decyzja.pdf", pdf())
    added(draft, "opis.txt", txt())
    freeze_outgoing(draft.id, at=NOW)
    paper = paper_of(outgoing_document(draft.id))
    assert paper is not None
    assert [file.name for file in paper.files] == ["decyzja.pdf", "opis.txt"]
    assert paper.files[0].digest == hashlib.sha256(pdf()).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("program.exe", exe(), AttachmentFault.FORMAT),
        ("pismo.pdf", exe(), AttachmentFault.OTHER_CONTENT),
        ("wirus.txt", EICAR, AttachmentFault.MALWARE),
        ("pusty.txt", b"", AttachmentFault.EMPTY),
    ],
)
def test_a_refused_file_is_never_stored(
    draft: OutgoingDraft, name: str, data: bytes, fault: AttachmentFault
) -> None:
    assert refused(draft, name, data) is fault
    assert not is_stored(data)
    event = Event.objects.get(kind="ATTACHMENT_REFUSED")
    assert (event.data["code"], event.institution_id) == (fault, draft.institution_id)


def test_what_scanners_say_of_files_of_the_desk_is_kept(
    draft: OutgoingDraft, anna: User, cuw: Institution
) -> None:
    scan_with(OLD)
    accepted = letter_with(anna, cuw, umowa=wormy())
    added(draft, "opis.txt", txt())
    scan_with(NEW)
    assert refused(draft, "umowa.txt", wormy()) is AttachmentFault.MALWARE
    rows = FileScreening.objects.filter(draft_id=draft.id).order_by("id")
    assert [(row.outcome, row.engine) for row in rows] == [
        ("SAFE", "mark, baza 1"),
        ("REFUSED", "mark, baza 2"),
    ]
    assert FlaggedFile.objects.get().attachment.letter == accepted


def test_while_the_scanner_is_silent_nothing_is_taken(draft: OutgoingDraft) -> None:
    before = installed().malware
    scan_with(Silent())
    try:
        data = txt(repeat=9)
        assert refused(draft, "opis.txt", data) is AttachmentFault.SCANNER_SILENT
        assert not is_stored(data)
    finally:
        scan_with(before)


def test_the_same_file_or_the_same_name_is_refused(draft: OutgoingDraft) -> None:
    added(draft, "Opis.txt", txt())
    assert refused(draft, "inny.txt", txt()) is AttachmentFault.DUPLICATE
    assert refused(draft, "opis.TXT", txt(repeat=6)) is AttachmentFault.DUPLICATE


def test_the_limits_are_those_of_the_institution(draft: OutgoingDraft, cuw: Institution) -> None:
    small_rules(cuw, total=2000, count=2)
    added(draft, "a.txt", txt(repeat=1))
    assert refused(draft, "b.txt", txt(repeat=100), 9000) is AttachmentFault.ONE_TOO_BIG
    assert refused(draft, "b.txt", txt(repeat=24)) is AttachmentFault.SUM_TOO_BIG
    added(draft, "c.txt", txt(repeat=2))
    assert refused(draft, "d.txt", txt(repeat=3)) is AttachmentFault.TOO_MANY


def test_rules_that_change_meanwhile_are_told_before_signing(
    draft: OutgoingDraft, cuw: Institution
) -> None:
    added(draft, "opis.rtf", rb"{\rtf1\ansi Wniosek.\par}")
    added(draft, "opis.txt", txt())
    small_rules(cuw, total=10)
    with pytest.raises(CannotFreezeOutgoing) as refusal:
        freeze_outgoing(draft.id, at=NOW)
    assert [problem.gap for problem in refusal.value.problems] == [
        OutgoingGap.FILE_NOT_TAKEN,
        OutgoingGap.FILES_TOO_BIG,
    ]


def test_a_file_added_or_removed_drops_the_document(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft = frozen(daria, cuw, anna)
    file = added(draft, "opis.txt", txt())
    assert not draft_at(draft.id).document_sha256
    freeze_outgoing(draft.id, at=NOW)
    remove_file(draft.id, file.id, at=NOW)
    remove_file(draft.id, file.id, at=NOW)
    assert not draft_at(draft.id).document_sha256
    assert outgoing_file(draft.id, file.id) is None


def test_a_sent_letter_takes_no_files(daria: User, anna: User, cuw: Institution) -> None:
    draft = sealed(daria, cuw, anna)
    dispatch_letter(draft.id, actor=actor(daria), at=NOW)
    with pytest.raises(CannotChangeOutgoing) as refusal:
        added(draft, "opis.txt", txt())
    assert refusal.value.reason is OutgoingFault.ALREADY_SENT


def test_a_copy_holds_the_files_too(draft: OutgoingDraft) -> None:
    file = added(draft, "opis.txt", txt())
    copy = draft_at(copy_outgoing(draft.id, TEXT, at=NOW))
    (copied,) = copy.files.all()
    assert (copied.sha256, copied.id != file.id) == (file.sha256, True)
    found = outgoing_file(copy.id, copied.id)
    assert found is not None
    assert b"".join(found.chunks(0, None)) == txt()
