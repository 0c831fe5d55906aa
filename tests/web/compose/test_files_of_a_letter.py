"""Files one by one: sent by the page, asked for again, looked at, removed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.gateways.installed import install, installed
from skrytka.gateways.opened_blobs import open_blobs
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment
from tests.web.compose.conftest import ReaderOf
from tests.world.attachments import added, listed
from tests.world.files import csv, pdf

pytestmark = pytest.mark.django_db
XHR = {"X-Requested-With": "XMLHttpRequest"}


def _url(draft: Draft) -> str:
    return reverse("web:draft_files", args=[draft.id])


def _send(client: Client, draft: Draft, name: str, data: bytes) -> str:
    body = {"action": "upload", "files": SimpleUploadedFile(name, data)}
    return client.post(_url(draft), body, headers=XHR).content.decode()


def test_a_file_sent_by_the_page_answers_with_its_row_and_the_meter(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    page = _send(reader_of(anna), draft, "umowa.pdf", pdf())
    key = DraftAttachment.objects.get().id
    assert f'id="file-{key}"' in page
    assert f'value="remove:{key}"' in page
    assert 'id="meter"' in page
    assert "Plik bezpieczny, gotowy do wysłania" in page


def test_the_answer_tells_what_is_ready_now(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    client = reader_of(anna)
    page = _send(client, draft, "a.pdf", pdf())
    assert 'id="draft-ready"' in page
    assert "Załączniki: 1 z 1 gotowy" in page
    assert "Załączniki: 1 z 2 gotowy, 1 do poprawy" in _send(client, draft, "b.exe", b"MZ")


def test_a_refused_file_is_a_row_with_its_reason(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    page = _send(reader_of(anna), draft, "umowa.pages", b"abc")
    assert "Nie przyjmujemy plików PAGES. Zapisz dokument jako PDF i dodaj go ponownie." in page
    assert "file--bad" in page


def test_the_same_file_again_only_tells_so(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    client = reader_of(anna)
    _send(client, draft, "a.pdf", pdf())
    page = _send(client, draft, "b.pdf", pdf())
    assert "Ten plik jest już na liście: a.pdf." in page
    assert listed(draft.id) == [("a.pdf", "SAFE", "")]


def test_a_request_without_a_file_is_refused(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    client = reader_of(anna)
    assert client.post(_url(draft), {"action": "upload"}, headers=XHR).status_code == 400


def test_a_file_is_removed_without_reloading_the_page(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    key = added(draft, "a.pdf", pdf()).id
    client = reader_of(anna)
    for _twice in range(2):
        answer = client.post(_url(draft), {"action": f"remove:{key}"}, headers=XHR)
        assert 'id="meter"' in answer.content.decode()
    assert client.post(_url(draft), {"action": "remove:x"}, headers=XHR).status_code == 200
    assert listed(draft.id) == []


def test_a_file_that_waits_for_the_scanner_asks_again_until_it_is_settled(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "a.pdf", pdf())
    DraftAttachment.objects.update(state=AttachmentState.STORED)
    url = reverse("web:draft_file", args=[draft.id, file.id])
    client = reader_of(anna)
    page = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Nie możemy teraz sprawdzić pliku a.pdf." in page
    assert f'hx-get="{url}"' in page
    DraftAttachment.objects.update(state=AttachmentState.SAFE)
    page = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in page


def test_a_file_of_another_draft_does_not_exist_here(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    client = reader_of(anna)
    for name in ("draft_file", "draft_file_preview", "draft_file_download"):
        assert client.get(reverse(f"web:{name}", args=[draft.id, uuid4()])).status_code == 404


@pytest.mark.parametrize(("name", "data"), [("a b.pdf", pdf()), ("lista.csv", csv())])
def test_a_file_itself_is_for_saving_whatever_it_is(
    reader_of: ReaderOf, anna: User, draft: Draft, name: str, data: bytes
) -> None:
    file = added(draft, name, data)
    answer = reader_of(anna).get(reverse("web:draft_file_download", args=[draft.id, file.id]))
    assert answer.getvalue() == data
    safe = name.replace(" ", "_")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{safe}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_refused_file_is_shown_to_nobody(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    file = added(draft, "a.pages", b"abc")
    client = reader_of(anna)
    for name in ("draft_file_preview", "draft_file_download"):
        assert client.get(reverse(f"web:{name}", args=[draft.id, file.id])).status_code == 404


def test_what_is_ready_counts_the_files(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    added(draft, "a.pdf", pdf())
    added(draft, "b.pages", b"abc")
    page = reader_of(anna).get(reverse("web:draft_letter", args=[draft.id])).content.decode()
    assert "Załączniki: 1 z 2 gotowy, 1 do poprawy" in page


@pytest.fixture
def full(tmp_path: Path) -> Iterator[None]:
    """A store that takes nothing: a file stands where its folder should be."""
    before = installed()
    (tmp_path / "blobs").write_text("in the way")
    install(
        replace(before, blobs=open_blobs(f"file://{tmp_path}/blobs", settings.ENVIRONMENT.keys))
    )
    yield
    install(before)


NOT_STORED = "Nie możemy teraz zapisać pliku umowa.pdf. Reszta pisma jest zapisana."


@pytest.mark.usefixtures("full")
def test_a_file_that_cannot_be_stored_is_told_and_nothing_of_it_is_kept(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    page = _send(reader_of(anna), draft, "umowa.pdf", pdf())
    assert NOT_STORED in page
    assert "file--bad" in page
    assert listed(draft.id) == []


@pytest.mark.usefixtures("full")
def test_the_same_without_scripts_keeps_what_was_typed(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    body = {"action": "upload", "title": "Nowy tytuł", "body": "Treść", "version": draft.version,
            "files": SimpleUploadedFile("umowa.pdf", pdf())}  # fmt: skip
    page = reader_of(anna).post(reverse("web:draft_letter", args=[draft.id]), body)
    assert NOT_STORED in page.content.decode()
    draft.refresh_from_db()
    assert (draft.title, listed(draft.id)) == ("Nowy tytuł", [])
