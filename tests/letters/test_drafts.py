"""Writing: everything is kept, and two tabs never overwrite each other."""

from datetime import timedelta
from uuid import uuid4

import pytest

from skrytka.accounts.models import Box, Institution, User
from skrytka.catalogue.models import FormVersion
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, DraftState
from skrytka.letters.operations.completeness import LONGEST_BODY, DraftGap
from skrytka.letters.operations.documents import freeze_document, name_in_package, paragraphs_of
from skrytka.letters.operations.drafts import (
    KEPT_FOR,
    CannotChangeDraft,
    DraftContent,
    DraftFault,
    choose_addressee,
    copy_draft,
    discard_draft,
    move_to_newest_form,
    purge_drafts,
    restore_draft,
    write_draft,
)
from skrytka.letters.queries.drafts import draft_view, drafts_of, frozen_document, signed_document
from tests.world.attachments import AT, added, draft_of, small_rules
from tests.world.files import csv, exe, pdf
from tests.world.letters import CONTENT, LATER, written_draft

pytestmark = pytest.mark.django_db
ACTOR = Actor("anna")


def reason_of(refused: pytest.ExceptionInfo[CannotChangeDraft]) -> DraftFault:
    return refused.value.reason


def test_each_save_counts(anna: User) -> None:
    draft = draft_of(anna)
    assert write_draft(draft.id, CONTENT, version=1, at=AT) == 2
    assert write_draft(draft.id, CONTENT, version=2, at=AT) == 3


def test_the_older_tab_is_told_and_changes_nothing(anna: User) -> None:
    draft = draft_of(anna)
    write_draft(draft.id, CONTENT, version=1, at=AT)
    with pytest.raises(CannotChangeDraft) as refused:
        write_draft(draft.id, DraftContent("Inny", "", {}), version=1, at=LATER)
    assert reason_of(refused) is DraftFault.CHANGED_ELSEWHERE
    assert Draft.objects.get(id=draft.id).title == CONTENT.title


def test_the_older_tab_can_be_kept_as_a_copy(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    added(draft, "umowa.pdf", pdf())
    copy = Draft.objects.get(
        id=copy_draft(draft.id, DraftContent("Moja wersja", "x", {}), at=LATER)
    )
    assert (copy.title, copy.body, copy.box_id) == ("Moja wersja", "x", draft.box_id)
    assert [file.file_name for file in copy.attachments.all()] == ["umowa.pdf"]
    assert draft.attachments.count() == 1


def test_a_file_added_does_not_disturb_the_text_but_drops_the_frozen_document(
    anna: User, cuw: Institution
) -> None:
    draft = written_draft(anna, cuw)
    freeze_document(draft.id, at=LATER)
    added(draft, "umowa.pdf", pdf())
    changed = Draft.objects.get(id=draft.id)
    assert (changed.version, changed.document_sha256) == (draft.version, "")


def test_a_new_addressee_drops_the_frozen_document(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    freeze_document(draft.id, at=LATER)
    assert frozen_document(draft.id)
    choose_addressee(draft.id, Box.objects.get(name="skrytka").pk, at=LATER)
    assert frozen_document(draft.id) is None
    assert signed_document(draft.id) is None


def test_a_discarded_draft_comes_back(anna: User) -> None:
    draft = draft_of(anna)
    discard_draft(draft.id, actor=ACTOR, at=LATER)
    assert [row.id for row in drafts_of(anna.pk, DraftState.DISCARDED)] == [draft.id]
    with pytest.raises(CannotChangeDraft) as refused:
        write_draft(draft.id, CONTENT, version=1, at=LATER)
    assert reason_of(refused) is DraftFault.DISCARDED
    restore_draft(draft.id, at=LATER)
    assert [row.id for row in drafts_of(anna.pk)] == [draft.id]
    with pytest.raises(CannotChangeDraft):
        restore_draft(draft.id, at=LATER)


def test_a_draft_nobody_knows_is_told_as_such() -> None:
    with pytest.raises(CannotChangeDraft) as refused:
        write_draft(uuid4(), CONTENT, version=1, at=LATER)
    assert reason_of(refused) is DraftFault.NOT_FOUND
    assert draft_view(uuid4(), at=LATER) is None


def test_drafts_are_kept_thirty_days_after_the_last_change(anna: User) -> None:
    draft = draft_of(anna)
    write_draft(draft.id, CONTENT, version=1, at=LATER)
    assert purge_drafts(at=LATER + KEPT_FOR - timedelta(seconds=1)) == 0
    assert purge_drafts(at=LATER + KEPT_FOR) == 1


def test_a_draft_follows_the_newest_form(anna: User) -> None:
    draft = draft_of(anna)
    move_to_newest_form(draft.id, at=LATER)
    assert Draft.objects.get(id=draft.id).form_id == draft.form_id
    newer = FormVersion.objects.create(
        code=draft.form.code, version=2, schema={}, layout=[], published_at=AT
    )
    move_to_newest_form(draft.id, at=LATER)
    assert Draft.objects.get(id=draft.id).form_id == newer.pk


def test_what_is_missing_is_listed(anna: User, cuw: Institution) -> None:
    draft = written_draft(anna, cuw)
    added(draft, "program.pdf", exe())
    long_body = DraftContent("", "x" * (LONGEST_BODY + 7), {})
    write_draft(draft.id, long_body, version=draft.version, at=LATER)
    Box.objects.update(is_open=False)
    view = draft_view(draft.id, at=LATER)
    assert view is not None
    assert [problem.gap for problem in view.problems] == [
        DraftGap.BOX_CLOSED,
        DraftGap.NO_TITLE,
        DraftGap.BODY_TOO_LONG,
        DraftGap.REFUSED_FILE,
    ]
    assert view.problems[2].number == 7
    assert view.used_bytes == 0


def test_files_obey_the_rules_of_a_new_addressee(
    anna: User, cuw: Institution, town_hall: Institution
) -> None:
    draft = written_draft(anna, cuw)
    added(draft, "lista.csv", csv())
    added(draft, "umowa.pdf", pdf())
    small_rules(town_hall, total=10)
    choose_addressee(draft.id, Box.objects.get(name="SEKAP").pk, at=LATER)
    view = draft_view(draft.id, at=LATER)
    assert view is not None
    found = [(problem.gap, problem.text) for problem in view.problems]
    assert found == [(DraftGap.FILE_NOT_TAKEN, "lista.csv"), (DraftGap.FILES_TOO_BIG, "")]


def test_the_list_names_the_case_and_the_addressee(anna: User, cuw: Institution) -> None:
    written_draft(anna, cuw)
    draft_of(anna)
    names = sorted(row.institution_name for row in drafts_of(anna.pk))
    assert names == ["", "Centrum Usług Wspólnych w Cieszynie"]


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("", ()),
        ("a\r\n\r\nb\nc", ("a", "b\nc")),
        ("\n\n a \n \n\nb\n", ("a", "b")),
    ],
)
def test_paragraphs_are_what_blank_lines_part(body: str, paragraphs: tuple[str, ...]) -> None:
    assert paragraphs_of(body) == paragraphs


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("umowa najmu.pdf", "zalaczniki/03-umowa_najmu.pdf"),
        ("../../etc/passwd.txt", "zalaczniki/03-etc_passwd.txt"),
        ("bez końcówki", "zalaczniki/03-bez_końcówki"),
        (".pdf", "zalaczniki/03-plik.pdf"),
        ("a" * 300 + ".zip", f"zalaczniki/03-{'a' * 100}.zip"),
    ],
)
def test_names_in_the_package_are_safe_everywhere(name: str, path: str) -> None:
    assert name_in_package(3, name) == path
