"""A letter sent before the scanner answered is judged from what was stored."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Finding, MarkScanner, ScannerSilentError, ScanResult, Silent
from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.letters.models import Draft, DraftAttachment, Letter, LetterAttachment, SigningMode
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.screening.stored import judge_stored
from tests.world import files
from tests.world.attachments import AT, added, draft_of, scan_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _put_the_scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


@pytest.fixture
def letter(anna: User, cuw: Institution) -> Letter:
    """A letter with a file known to be safe and one that the scanner was silent about."""
    draft = draft_of(anna, cuw)
    rows = [added(draft, "a.pdf", files.pdf())]
    scan_with(Silent())
    rows.append(added(draft, "b.txt", files.txt()))
    return sent(draft, rows)


def sent(draft: Draft, rows: list[DraftAttachment]) -> Letter:
    box = draft.box
    assert box is not None
    letter = Letter.objects.create(
        draft_id=draft.id,
        institution=box.institution,
        box=box,
        box_address=box.address,
        sender=draft.party,
        author=draft.author,
        document_no="DOK-1",
        document_size=1,
        signing_mode=SigningMode.UNSIGNED,
        submitted_at=AT,
        attachment_count=len(rows),
        attachment_bytes=sum(row.size for row in rows),
    )
    LetterAttachment.objects.bulk_create(
        LetterAttachment(
            letter=letter,
            position=position,
            file_name=row.file_name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
        )
        for position, row in enumerate(rows, start=1)
    )
    return letter


def test_while_the_scanner_is_silent_there_is_no_answer(letter: Letter) -> None:
    with pytest.raises(ScannerSilentError):
        judge_stored(letter.id)


def test_a_clean_letter_has_no_refusal(letter: Letter) -> None:
    scan_with(EmbeddedScanner())
    assert judge_stored(letter.id).refusal is None


def test_malware_refuses_the_letter_and_names_the_file_in_polish(letter: Letter) -> None:
    scan_with(MarkScanner("Wnoszę".encode()))
    refusal = judge_stored(letter.id).refusal
    assert refusal is not None
    assert (refusal.code, refusal.file_name) == ("F-VIRUS", "b.txt")
    assert refusal.text.startswith("W pliku b.txt wykryliśmy złośliwe oprogramowanie.")


def test_every_file_that_waited_is_named_with_what_was_said_of_it(
    anna: User, cuw: Institution
) -> None:
    draft = draft_of(anna, cuw)
    scan_with(Silent())
    rows = [added(draft, name, files.txt() + name.encode()) for name in ("a.txt", "b.txt", "c.txt")]
    scan_with(MarkScanner(b"b.txt"))
    judged = judge_stored(sent(draft, rows).id)
    said = [(each.attachment.file_name, each.is_infected) for each in judged.files]
    assert said == [("a.txt", False), ("b.txt", True), ("c.txt", False)]


def test_a_fault_outweighs_a_scanner_that_falls_silent(anna: User, cuw: Institution) -> None:
    draft = draft_of(anna, cuw)
    scan_with(Silent())
    rows = [added(draft, name, files.txt() + name.encode()) for name in ("a.txt", "b.txt")]
    scan_with(SilentAfter(1))
    judged = judge_stored(sent(draft, rows).id)
    assert judged.refusal is not None
    assert [each.attachment.file_name for each in judged.files] == ["a.txt"]


class SilentAfter:
    """A scanner that finds malware so many times and then breaks down."""

    def __init__(self, answers: int) -> None:
        self.left = answers

    def scan(self, chunks: Iterable[bytes]) -> ScanResult:
        self.left -= 1
        if self.left < 0:
            raise ScannerSilentError
        assert b"".join(chunks)
        return ScanResult(Finding.MALWARE, "sure", "found")

    def in_use(self) -> str:
        return "sure"


def test_a_file_that_was_known_safe_is_not_screened_again(letter: Letter) -> None:
    scan_with(MarkScanner(b"%PDF"))
    assert judge_stored(letter.id).refusal is None


def test_the_rules_are_those_of_the_day_of_submission(letter: Letter) -> None:
    scan_with(EmbeddedScanner())
    later = (AT + timedelta(days=1)).date()
    rules = AttachmentRules("węższe", later, ("PDF",), 1000, "próba")
    adopt_attachment_rules(letter.institution_id, rules, at=AT)
    assert judge_stored(letter.id).refusal is None
