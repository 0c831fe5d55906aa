"""„Podgląd” at the desk: attachments that came are looked at without being opened."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from skrytka.letters.models import Letter
from tests.desk.world import client_at, refused_letter, signed_letter
from tests.world.page_client import PageClient
from tests.world.rendering import busy_renderer

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(anna: User, daria: User, cuw: Institution) -> Letter:
    return signed_letter(anna, daria, cuw)


@pytest.fixture
def at_desk(daria: User) -> PageClient:
    return client_at(daria)


def preview(letter: Letter) -> str:
    return reverse("desk:attachment_preview", args=[letter.id, 1])


def picture(letter: Letter, page_no: int = 1) -> str:
    return reverse("desk:attachment_picture", args=[letter.id, 1, page_no])


def test_the_letter_leads_to_the_preview_of_each_file(letter: Letter, at_desk: PageClient) -> None:
    page = at_desk.get(reverse("desk:letter", args=[letter.id])).content.decode()
    assert preview(letter) in page
    assert "Podgląd<span" in page


def test_the_preview_is_a_page_of_the_desk(letter: Letter, at_desk: PageClient) -> None:
    page = at_desk.get(preview(letter)).content.decode()
    assert f'src="{picture(letter)}" alt="Strona 1 z 1 pliku umowa najmu.pdf"' in page
    assert reverse("desk:attachment", args=[letter.id, 1]) in page
    answer = at_desk.get(picture(letter))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")


def test_what_is_not_there_does_not_exist(letter: Letter, at_desk: PageClient) -> None:
    assert at_desk.get(preview(letter), {"page": "2"}).status_code == 404
    assert at_desk.get(picture(letter, 2)).status_code == 404
    beyond = reverse("desk:attachment_preview", args=[letter.id, 2])
    assert at_desk.get(beyond).status_code == 404


def test_files_of_a_refused_letter_stay_shut(
    anna: User, at_desk: PageClient, cuw: Institution
) -> None:
    refused = refused_letter(anna, cuw)
    assert at_desk.get(preview(refused)).status_code == 404
    assert at_desk.get(picture(refused)).status_code == 404


def test_a_clerk_who_finds_no_place_is_told_to_come_again(
    letter: Letter, at_desk: PageClient
) -> None:
    with busy_renderer():
        assert at_desk.get(preview(letter)).status_code == 503
        assert at_desk.get(picture(letter)).status_code == 503
