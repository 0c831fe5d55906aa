"""What a file of the desk holds besides goes with it: into copies, letters, another institution."""

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.drafts import copy_outgoing
from skrytka.delivery.operations.files import add_file
from skrytka.delivery.queries.outgoing import outgoing_view
from skrytka.delivery.queries.tracked_letter import sent_letter
from skrytka.letters.models import LetterAttachment
from skrytka.letters.operations.attachments import Upload
from skrytka.letters.screening import Remark
from tests.letters.test_remarks_go_with_the_file import SCRIPT
from tests.world.desk_drafts import NOW, TEXT, actor, written
from tests.world.files import pdf
from tests.world.outgoing import SENT_AT, signed_draft

pytestmark = pytest.mark.django_db


def with_script(draft: OutgoingDraft) -> OutgoingFile:
    file_id = add_file(
        draft.id, Upload("formularz.pdf", [SCRIPT]), actor=actor(draft.author), at=NOW
    )
    return OutgoingFile.objects.get(id=file_id)


def ready(draft: OutgoingDraft) -> OutgoingDraft:
    """Signed, with the very file that was added to another draft."""
    file = with_script(written(draft.author, draft.institution))
    OutgoingFile.objects.filter(draft=draft).delete()
    OutgoingFile.objects.filter(id=file.id).update(draft=draft)
    return draft


def test_what_was_found_is_kept_with_the_file(daria: User, anna: User, cuw: Institution) -> None:
    draft = written(daria, cuw, to=anna)
    assert with_script(draft).remarks == ["SCRIPT"]
    view = outgoing_view(draft.id, at=NOW)
    assert view is not None
    assert [file.remarks for file in view.files] == [(Remark.SCRIPT,)]


def test_of_a_file_that_holds_nothing_more_nothing_is_kept(
    daria: User, anna: User, cuw: Institution
) -> None:
    draft = written(daria, cuw, to=anna)
    add_file(draft.id, Upload("pismo.pdf", [pdf()]), actor=actor(daria), at=NOW)
    assert OutgoingFile.objects.get().remarks == []


def test_a_copy_keeps_it(daria: User, anna: User, cuw: Institution) -> None:
    draft = written(daria, cuw, to=anna)
    with_script(draft)
    copy = copy_outgoing(draft.id, TEXT, at=NOW)
    assert OutgoingFile.objects.get(draft=copy).remarks == ["SCRIPT"]


def test_the_letter_keeps_it(daria: User, anna: User, cuw: Institution) -> None:
    draft = ready(signed_draft(daria, cuw, anna.party))
    letter_id = dispatch_letter(draft.id, actor=actor(daria), at=SENT_AT).letter_id
    letter = OutgoingLetter.objects.get(id=letter_id)
    assert letter.files.get().remarks == ["SCRIPT"]
    assert [file.remarks for file in sent_letter(letter.id, at=NOW).files] == [(Remark.SCRIPT,)]


def test_another_institution_receives_it(
    daria: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = ready(signed_draft(daria, cuw, None))
    box = town_hall.boxes.get(is_basic=True)
    OutgoingDraft.objects.filter(id=draft.id).update(to_box=box)
    letter_id = dispatch_letter(draft.id, actor=actor(daria), at=SENT_AT).letter_id
    received = OutgoingLetter.objects.get(id=letter_id).received_as_id
    assert LetterAttachment.objects.get(letter=received).remarks == ["SCRIPT"]
