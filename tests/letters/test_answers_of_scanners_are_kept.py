"""Every answer of the scanners stands on record: safe and refused alike, never changed."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from skrytka.accounts.models import Institution, User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import Silent
from skrytka.letters.models import FileScreening
from skrytka.letters.operations.attachments import rescreen_attachment
from skrytka.letters.operations.intake import finish_intake
from skrytka.letters.queries.screenings import newest_screenings
from tests.world.attachments import AT, added, draft_of, scan_with
from tests.world.files import exe, pdf, txt
from tests.world.letters import LATER
from tests.world.screened import NEW, OLD, letter_in_waiting, wormy

pytestmark = pytest.mark.django_db
Kept = tuple[str, str, str, str, str]


@pytest.fixture(autouse=True)
def _scanner_back() -> Iterator[None]:
    before = installed()
    yield
    install(before)


def kept() -> list[Kept]:
    rows = FileScreening.objects.order_by("id")
    return [(row.occasion, row.outcome, row.code, row.engine, row.rule) for row in rows]


def test_a_safe_file_leaves_the_engine_and_the_instant(anna: User, cuw: Institution) -> None:
    scan_with(OLD)
    row = added(draft_of(anna, cuw), "umowa.pdf", pdf())
    assert kept() == [("ADDED", "SAFE", "", "mark, baza 1", "")]
    answer = FileScreening.objects.get()
    assert (answer.draft_id, answer.digest) == (row.draft_id, row.sha256)
    assert answer.screened_at == AT


def test_a_refused_file_leaves_the_rule_too(anna: User, cuw: Institution) -> None:
    scan_with(NEW)
    added(draft_of(anna, cuw), "faktura.txt", wormy())
    assert kept() == [("ADDED", "REFUSED", "F-VIRUS", "mark, baza 2", "mark")]


def test_what_no_scanner_answered_for_leaves_nothing(anna: User, cuw: Institution) -> None:
    draft = draft_of(anna, cuw)
    added(draft, "umowa.pdf", exe())
    scan_with(Silent())
    added(draft, "opis.txt", txt())
    assert kept() == []


def test_a_file_that_waited_leaves_what_was_said_at_last(anna: User, cuw: Institution) -> None:
    scan_with(Silent())
    row = added(draft_of(anna, cuw), "opis.txt", txt())
    scan_with(OLD)
    rescreen_attachment(row.id, at=LATER)
    rescreen_attachment(row.id, at=LATER)
    assert kept() == [("LATER", "SAFE", "", "mark, baza 1", "")]


def test_a_letter_that_waited_leaves_an_answer_for_each_file(anna: User, cuw: Institution) -> None:
    letter = letter_in_waiting(anna, cuw, a=wormy("a"), b=txt() + b"b", c=wormy("c"))
    scan_with(NEW)
    finish_intake(letter.id, at=LATER)
    assert [each[:2] for each in kept()] == [
        ("LATER", "REFUSED"), ("LATER", "SAFE"), ("LATER", "REFUSED"),
    ]  # fmt: skip


def test_the_newest_answer_counts(anna: User, cuw: Institution) -> None:
    scan_with(OLD)
    row = added(draft_of(anna, cuw), "umowa.pdf", pdf())
    first = newest_screenings(row.draft_id)[row.sha256]
    answer = FileScreening.objects.get()
    answer.pk, answer.engine, answer.screened_at = None, "mark, baza 2", LATER
    answer.save(force_insert=True)
    newest = newest_screenings(row.draft_id)[row.sha256]
    assert (first.engine, first.is_safe) == ("mark, baza 1", True)
    assert (newest.engine, newest.at) == ("mark, baza 2", LATER)


def test_nobody_changes_or_removes_an_answer(anna: User, cuw: Institution) -> None:
    added(draft_of(anna, cuw), "umowa.pdf", pdf())
    with pytest.raises(DatabaseError), transaction.atomic():
        FileScreening.objects.update(outcome="REFUSED")
    with pytest.raises(DatabaseError), transaction.atomic():
        FileScreening.objects.all().delete()
    assert kept()[0][1] == "SAFE"


def test_keeping_an_answer_costs_one_statement(anna: User, cuw: Institution) -> None:
    draft = draft_of(anna, cuw)
    added(draft, "pierwszy.pdf", pdf())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        added(draft, "drugi.txt", txt())
    about = [one["sql"] for one in asked if "filescreening" in one["sql"]]
    assert len(about) == 1
    assert about[0].startswith("INSERT")
