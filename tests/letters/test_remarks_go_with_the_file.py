"""What a file holds besides is kept with it, goes into the letter and is held against rules."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from skrytka.accounts.models import Box, Institution, User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Silent
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Letter, LetterAttachment
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.operations.completeness import DraftGap
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import choose_addressee
from skrytka.letters.operations.signing import send_unsigned
from skrytka.letters.operations.submission import submit_letter
from skrytka.letters.queries.drafts import draft_view
from skrytka.letters.queries.letters import letter_view
from skrytka.letters.screening import ArchiveLimits, ContentTerms, Remark, Treatment
from tests.letters.screening.table import pdfs
from tests.world import files
from tests.world.attachments import added, scan_with
from tests.world.letters import LATER, written_draft

pytestmark = pytest.mark.django_db
SCRIPT = pdfs.holding(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
DAY = date(2026, 1, 1)
OPEN = AttachmentRules(
    "otwarte", DAY, ("PDF", "ZIP", "TXT"), 100_000, "próba",
    archives=ArchiveLimits(nesting=1), terms=ContentTerms(locked=Treatment.REPORT),
)  # fmt: skip
STRICT = replace(
    OPEN, largest_file=50_000, archives=ArchiveLimits(), terms=ContentTerms(*[Treatment.REFUSE] * 4)
)


def letter_with(anna: User, cuw: Institution, name: str, data: bytes) -> Letter:
    draft = written_draft(anna, cuw)
    added(draft, name, data)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    sent = submit_letter(draft.id, actor=Actor(str(anna.pk)), at=LATER)
    return Letter.objects.get(id=sent.letter_id)


def test_a_remark_is_kept_in_the_draft_and_copied_into_the_letter(
    anna: User, cuw: Institution
) -> None:
    letter = letter_with(anna, cuw, "formularz.pdf", SCRIPT)
    assert LetterAttachment.objects.get(letter=letter).remarks == ["SCRIPT"]
    view = letter_view(letter.id)
    assert view is not None
    assert [file.remarks for file in view.attachments] == [(Remark.SCRIPT,)]


def test_a_file_of_which_there_is_nothing_to_say_has_no_remarks(
    anna: User, cuw: Institution
) -> None:
    letter = letter_with(anna, cuw, "pismo.pdf", files.pdf())
    assert LetterAttachment.objects.get(letter=letter).remarks == []


def test_a_file_that_waits_for_the_scanner_is_remarked_all_the_same(
    anna: User, cuw: Institution
) -> None:
    before = installed()
    scan_with(Silent())
    row = added(written_draft(anna, cuw), "formularz.pdf", SCRIPT)
    install(before)
    assert (row.state, row.remarks) == ("STORED", ["SCRIPT"])


def test_the_attachments_of_a_letter_are_still_written_once(anna: User, cuw: Institution) -> None:
    letter = letter_with(anna, cuw, "formularz.pdf", SCRIPT)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        LetterAttachment.objects.filter(letter=letter).update(remarks=[])


def test_what_a_new_addressee_refuses_is_told_before_signing(
    anna: User, cuw: Institution, town_hall: Institution
) -> None:
    adopt_attachment_rules(cuw.pk, OPEN, at=LATER)
    adopt_attachment_rules(town_hall.pk, STRICT, at=LATER)
    draft = written_draft(anna, cuw)
    added(draft, "formularz.pdf", SCRIPT)
    added(draft, "tajne.pdf", files.locked_pdf())
    added(draft, "duzy.txt", files.txt(repeat=900))
    added(draft, "paczka.zip", files.zipped({"b.zip": files.zipped({"a.txt": files.txt()})}))
    choose_addressee(draft.id, Box.objects.get(name="SEKAP").pk, at=LATER)
    view = draft_view(draft.id, at=LATER)
    assert view is not None
    assert [(problem.gap, problem.text, problem.remark) for problem in view.problems] == [
        (DraftGap.FILE_HOLDS_MORE, "formularz.pdf", "SCRIPT"),
        (DraftGap.FILE_LOCKED, "tajne.pdf", "LOCKED"),
        (DraftGap.FILE_TOO_BIG, "duzy.txt", ""),
        (DraftGap.FILE_HOLDS_MORE, "paczka.zip", "NESTED"),
    ]


def test_the_rules_of_the_box_decide_about_a_file(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    assert added(draft, "a.pdf", SCRIPT).state == "SAFE"
    adopt_attachment_rules(cuw.pk, replace(STRICT, box_id=draft.box_id), at=LATER)
    row = added(draft, "b.pdf", SCRIPT + b"\n")
    assert (row.state, row.code, row.details["remark"]) == ("REFUSED", "F-ACTIVE", "SCRIPT")
    large = added(draft, "c.txt", files.txt(repeat=900))
    assert (large.code, large.details["limit"]) == ("F-SIZE1", 50_000)
