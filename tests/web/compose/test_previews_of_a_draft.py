"""„Podgląd” of a file of a draft: a picture of each page; the file itself is only for saving."""

import pytest
from django.test import Client
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment
from tests.web.compose.conftest import ReaderOf
from tests.world import files, pages
from tests.world.attachments import added
from tests.world.rendering import busy_renderer

pytestmark = pytest.mark.django_db


def at(name: str, file: DraftAttachment, *more: int) -> str:
    return reverse(f"web:{name}", args=[file.draft_id, file.id, *more])


def shown(client: Client, file: DraftAttachment, status: int = 200) -> str:
    answer = client.get(at("draft_file_preview", file))
    assert answer.status_code == status
    return answer.content.decode()


def test_the_row_of_a_file_leads_to_its_preview(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file, plain = added(draft, "a.pdf", pages.page()), added(draft, "b.rtf", files.rtf())
    client = reader_of(anna)
    page = client.get(reverse("web:draft_letter", args=[draft.id])).content.decode()
    assert at("draft_file_preview", file) in page
    assert at("draft_file_preview", plain) not in page
    assert client.get(at("draft_file_preview", plain)).status_code == 404


def test_the_page_shows_a_picture_and_ways_on(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "umowa najmu.pdf", pages.pages(12))
    page = shown(reader_of(anna), file)
    assert f'src="{at("draft_file_picture", file, 1)}"' in page
    assert "Strona 1 z 12" in page
    assert at("draft_file_download", file) in page
    assert reverse("web:draft_letter", args=[draft.id]) in page
    second = reader_of(anna).get(at("draft_file_preview", file), {"page": "2"}).content.decode()
    assert f'src="{at("draft_file_picture", file, 2)}"' in second


def test_the_picture_is_private_and_is_not_sent_twice(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "a.pdf", pages.page())
    client = reader_of(anna)
    answer = client.get(at("draft_file_picture", file, 1))
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"] == f'"{file.sha256}-1"'
    known = {"If-None-Match": answer.headers["ETag"]}
    again = client.get(at("draft_file_picture", file, 1), headers=known)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "999999999"])
def test_a_page_that_is_not_there_does_not_exist(
    reader_of: ReaderOf, anna: User, draft: Draft, page: str
) -> None:
    file = added(draft, "a.pdf", pages.page())
    client = reader_of(anna)
    assert client.get(at("draft_file_preview", file), {"page": page}).status_code == 404
    assert client.get(at("draft_file_picture", file, 2)).status_code == 404


def test_a_text_is_shown_by_its_lines(reader_of: ReaderOf, anna: User, draft: Draft) -> None:
    file = added(draft, "lista.csv", files.csv("cp1250"))
    client = reader_of(anna)
    page = shown(client, file)
    assert "1;Łucja;Żory;1,50" in page
    assert "<img class=" not in page
    assert client.get(at("draft_file_picture", file, 1)).status_code == 404


def test_a_file_that_cannot_be_drawn_is_told_in_words(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "a.jpg", files.jpg())
    client = reader_of(anna)
    page = shown(client, file)
    assert "Nie umiemy pokazać tego pliku. Pobierz go i otwórz u siebie." in page
    assert at("draft_file_download", file) in page
    assert client.get(at("draft_file_picture", file, 1)).status_code == 404


def test_a_bomb_is_told_in_words_with_the_number_in_the_log(
    reader_of: ReaderOf, anna: User, draft: Draft, caplog: pytest.LogCaptureFixture
) -> None:
    file = added(draft, "a.pdf", pages.laughs())
    page = shown(reader_of(anna), file)
    assert "Ten plik jest za duży na podgląd." in page
    incident = caplog.records[-1].getMessage().split("incident=")[1].split()[0]
    assert incident in page


def test_who_finds_no_place_is_told_to_come_again(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "a.pdf", pages.page())
    client = reader_of(anna)
    with busy_renderer():
        assert "Spróbuj ponownie</a>" in shown(client, file, status=503)
        assert client.get(at("draft_file_picture", file, 1)).status_code == 503


def test_what_was_not_screened_yet_is_shown_to_nobody(
    reader_of: ReaderOf, anna: User, draft: Draft
) -> None:
    file = added(draft, "a.pdf", pages.page())
    DraftAttachment.objects.update(state=AttachmentState.STORED)
    client = reader_of(anna)
    addresses = [at("draft_file_preview", file), at("draft_file_download", file)]
    addresses.append(at("draft_file_picture", file, 1))
    assert {client.get(each).status_code for each in addresses} == {404}
