"""Files come into a draft through the screening, and nothing refused is stored."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.installed import blobs_of
from skrytka.gateways.yara_scanner import EmbeddedScanner
from skrytka.ledger.models import Event
from skrytka.letters.models import AttachmentState, Draft, DraftState
from skrytka.letters.operations import attachments
from skrytka.letters.operations.attachments import (
    Upload,
    add_attachment,
    remove_attachment,
)
from skrytka.letters.operations.drafts import CannotChangeDraft
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.queries.attachments import attachment_bytes
from skrytka.letters.screening import AttachmentFault
from skrytka.ui.refusal_texts import refusal_text
from tests.world import files
from tests.world.attachments import ANNA, AT, added, draft_of, listed, small_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(anna: User, cuw: Institution) -> Draft:
    return draft_of(anna, cuw)


def test_a_safe_file_is_stored_and_can_be_read_back(draft: Draft) -> None:
    row = added(draft, "wniosek.pdf", files.pdf(), slot="dowod")
    assert (row.state, row.code, row.detected) == (AttachmentState.SAFE, "", "PDF")
    assert (row.media_type, row.size, row.slot) == ("application/pdf", len(files.pdf()), "dowod")
    content = attachment_bytes(draft.id, row.id)
    assert content is not None
    assert b"".join(content.chunks(0, None)) == files.pdf()


REFUSED = {
    "F-VIRUS": ("test.txt", files.EICAR),
    "F-VIRUS in a ZIP": ("test.zip", files.zipped({"test.txt": files.EICAR})),
    "F-MAGIC": ("rachunek.pdf", files.exe()),
    "F-EMPTY": ("pusty.pdf", b""),
    "F-LOCK": ("tajne.zip", files.locked_zip()),
    "F-TYPE": ("program.exe", files.exe()),
    "F-ZIP": ("bomba.zip", files.bomb_zip()),
    "F-BROKEN": ("uciety.pdf", files.pdf()[:-30]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_stays_in_the_list_without_its_bytes(case: str, draft: Draft) -> None:
    name, data = REFUSED[case]
    row = added(draft, name, data)
    assert (row.state, row.code) == (AttachmentState.REFUSED, case.split(maxsplit=1)[0])
    assert name in refusal_text(row.code, row.file_name, row.details) or row.code == "F-TYPE"
    assert row.sha256
    assert not blobs_of(row.kept_by_id).has(row.sha256)
    assert attachment_bytes(draft.id, row.id) is None


def test_a_refused_file_leaves_the_rest_of_the_draft_alone(draft: Draft) -> None:
    Draft.objects.filter(id=draft.id).update(
        title="Tytuł", body="Treść", document_sha256="a" * 64, signed_sha256="b" * 64
    )
    good = added(draft, "dobry.pdf", files.pdf())
    Draft.objects.filter(id=draft.id).update(document_sha256="a" * 64, signed_sha256="b" * 64)
    added(draft, "test.txt", files.EICAR)
    after = Draft.objects.get(id=draft.id)
    assert (after.title, after.body) == ("Tytuł", "Treść")
    assert (after.document_sha256, after.signed_sha256) == ("a" * 64, "b" * 64)
    assert listed(draft.id) == [
        ("dobry.pdf", "SAFE", ""),
        ("test.txt", "REFUSED", "F-VIRUS"),
    ]
    assert blobs_of(good.kept_by_id).has(good.sha256)


def test_each_refusal_says_its_own_sentence(draft: Draft) -> None:
    rows = [added(draft, name, data) for name, data in REFUSED.values()]
    texts = {refusal_text(row.code, "x", row.details | {"member": ""}) for row in rows}
    assert len(texts) == len({row.code for row in rows})


def test_what_was_found_is_in_the_journal_and_not_in_the_row(draft: Draft) -> None:
    row = added(draft, "test.txt", files.EICAR)
    event = Event.objects.get(kind="ATTACHMENT_REFUSED")
    assert (event.subject_id, event.actor_id, event.at) == (str(row.id), "anna", AT)
    engine = EmbeddedScanner().in_use()
    assert (event.data["rule"], event.data["engine"]) == ("eicar_test_file", engine)
    assert "rule" not in row.details


def test_an_added_file_drops_what_was_frozen_for_signing(draft: Draft) -> None:
    Draft.objects.filter(id=draft.id).update(document_sha256="a" * 64, signed_sha256="b" * 64)
    added(draft, "wniosek.pdf", files.pdf())
    after = Draft.objects.get(id=draft.id)
    assert (after.document_sha256, after.signed_sha256, after.updated_at) == ("", "", AT)


def test_the_same_bytes_twice_are_told(draft: Draft) -> None:
    added(draft, "a.pdf", files.pdf())
    with pytest.raises(CannotAttach) as refused:
        added(draft, "b.pdf", files.pdf())
    assert refused.value.reason is AttachmentFault.DUPLICATE
    assert refused.value.data.other_name == "a.pdf"
    assert len(listed(draft.id)) == 1


def test_a_file_that_was_refused_can_be_tried_again(draft: Draft) -> None:
    assert [added(draft, "a.pdf", files.exe()).code for _ in range(2)] == ["F-MAGIC", "F-MAGIC"]


def test_one_file_over_the_limit_is_not_read_to_its_end(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=1000)
    asked: list[int] = []

    def endless() -> Iterator[bytes]:
        for number in range(1000):
            asked.append(number)
            yield bytes(400)

    row_id = add_attachment(draft.id, Upload("a.pdf", endless()), actor=ANNA, at=AT)
    assert listed(draft.id) == [("a.pdf", "REFUSED", "F-SIZE1")]
    assert len(asked) == 3
    assert attachment_bytes(draft.id, row_id) is None


def test_a_file_declared_too_long_is_not_read_at_all(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=1000)

    chunks = iter([bytes(1000), bytes(1000)])
    upload = Upload("a.pdf", chunks, declared_size=2000)
    add_attachment(draft.id, upload, actor=ANNA, at=AT)
    assert len(list(chunks)) == 2
    row = draft.attachments.get()
    assert (row.code, row.details["size"], row.details["limit"]) == ("F-SIZE1", 2000, 1000)


def test_the_sum_of_all_files_is_limited(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=1000)
    added(draft, "a.txt", b"pierwszy plik " * 50)
    row = added(draft, "b.txt", b"drugi plik " * 50)
    assert (row.code, row.details["size"], row.details["limit"]) == ("F-SIZE2", 1250, 1000)
    assert added(draft, "c.txt", b"maly plik").state == AttachmentState.SAFE


def test_two_uploads_at_once_cannot_pass_the_limit_together(
    draft: Draft, cuw: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one comes in while the first one is being screened."""
    small_rules(cuw, total=1000)
    judged = attachments._judged

    def slowly(*arguments: object) -> object:
        monkeypatch.setattr(attachments, "_judged", judged)
        added(draft, "szybki.txt", b"szybki plik " * 50)
        return judged(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(attachments, "_judged", slowly)
    row = added(draft, "wolny.txt", b"wolny plik " * 60)
    assert (row.code, row.details["size"]) == ("F-SIZE2", 1260)


def test_the_same_file_uploaded_twice_at_once_is_listed_once(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = attachments._judged

    def slowly(*arguments: object) -> object:
        monkeypatch.setattr(attachments, "_judged", judged)
        added(draft, "a.pdf", files.pdf())
        return judged(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(attachments, "_judged", slowly)
    with pytest.raises(CannotAttach):
        added(draft, "b.pdf", files.pdf())
    assert listed(draft.id) == [("a.pdf", "SAFE", "")]


def test_the_number_of_files_is_limited_and_refused_ones_do_not_count(
    draft: Draft, cuw: Institution
) -> None:
    small_rules(cuw, total=10_000, count=2)
    added(draft, "zly.pdf", files.exe())
    for number in range(2):
        added(draft, f"{number}.txt", f"plik {number}".encode())
    with pytest.raises(CannotAttach) as refused:
        added(draft, "3.txt", b"plik 3")
    assert (refused.value.reason, refused.value.data.limit) == (AttachmentFault.TOO_MANY, 2)


def test_refused_files_do_not_pile_up_without_end(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=10_000, count=2)
    for _ in range(4):
        added(draft, "zly.pdf", files.exe())
    with pytest.raises(CannotAttach):
        added(draft, "dobry.pdf", files.pdf())


def test_files_keep_their_order_after_one_is_removed(draft: Draft) -> None:
    rows = [added(draft, f"{number}.txt", f"plik {number}".encode()) for number in range(3)]
    remove_attachment(draft.id, rows[1].id, at=AT)
    added(draft, "3.txt", b"plik 3")
    assert [name for name, _, _ in listed(draft.id)] == ["0.txt", "2.txt", "3.txt"]


def test_removing_drops_what_was_frozen_unless_the_file_was_refused(draft: Draft) -> None:
    good, bad = added(draft, "a.pdf", files.pdf()), added(draft, "b.pdf", files.exe())
    Draft.objects.filter(id=draft.id).update(document_sha256="a" * 64)
    remove_attachment(draft.id, bad.id, at=AT)
    assert Draft.objects.get(id=draft.id).document_sha256
    remove_attachment(draft.id, good.id, at=AT + timedelta(minutes=1))
    assert not Draft.objects.get(id=draft.id).document_sha256
    remove_attachment(draft.id, good.id, at=AT)
    assert listed(draft.id) == []


def test_a_file_of_another_draft_is_neither_removed_nor_read(draft: Draft, anna: User) -> None:
    row, other = added(draft, "a.pdf", files.pdf()), draft_of(anna)
    remove_attachment(other.id, row.id, at=AT)
    assert attachment_bytes(other.id, row.id) is None
    assert len(listed(draft.id)) == 1


@pytest.mark.parametrize("state", [DraftState.SENT, DraftState.DISCARDED])
def test_a_draft_that_is_not_open_takes_and_gives_no_file(state: DraftState, draft: Draft) -> None:
    row = added(draft, "a.pdf", files.pdf())
    Draft.objects.filter(id=draft.id).update(state=state)
    with pytest.raises(CannotChangeDraft):
        added(draft, "b.txt", b"ala")
    with pytest.raises(CannotChangeDraft):
        remove_attachment(draft.id, row.id, at=AT)


def test_an_unknown_draft_is_told() -> None:
    with pytest.raises(CannotChangeDraft):
        add_attachment(uuid4(), Upload("a.pdf", [files.pdf()]), actor=ANNA, at=AT)


def test_without_an_addressee_the_built_in_rules_apply(anna: User) -> None:
    assert added(draft_of(anna), "a.doc", files.doc()).state == AttachmentState.SAFE


def test_the_rules_are_those_of_the_addressee(draft: Draft, cuw: Institution) -> None:
    small_rules(cuw, total=100_000)
    assert added(draft, "a.doc", files.doc()).code == "F-TYPE"


def test_when_the_store_fails_nothing_is_listed(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise BlobNotStoredError("no space left")

    monkeypatch.setattr(type(blobs_of(None)), "put_stream", full)
    with pytest.raises(BlobNotStoredError):
        added(draft, "a.pdf", files.pdf())
    assert listed(draft.id) == []


def test_a_real_sum_of_151_megabytes_is_refused(draft: Draft) -> None:
    whole = files.pdf()
    cut = whole.index(b"xref\n")

    def scan(megabytes: int, mark: bytes) -> Iterator[bytes]:
        yield whole[:cut] + b"4 0 obj\n<< >>\nstream\n" + mark
        for _ in range(megabytes):
            yield bytes(1_000_000)
        yield b"\nendstream\nendobj\n" + whole[cut:]

    for name, megabytes in (("a.pdf", 90), ("b.pdf", 61)):
        upload = Upload(name, scan(megabytes, name.encode()))
        add_attachment(draft.id, upload, actor=ANNA, at=AT)
    assert listed(draft.id) == [("a.pdf", "SAFE", ""), ("b.pdf", "REFUSED", "F-SIZE2")]
    row = draft.attachments.get(file_name="b.pdf")
    assert refusal_text(row.code, row.file_name, row.details).startswith("Załączniki mają razem 15")
