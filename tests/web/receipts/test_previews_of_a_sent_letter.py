"""„Podgląd” of what one sent oneself: for those who may read the letter, once it was accepted."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.letters.models import Letter
from tests.web.receipts.conftest import ReaderOf

pytestmark = pytest.mark.django_db


def preview(letter: Letter, position: int = 1) -> str:
    return reverse("web:letter_preview", args=[letter.id, position])


def picture(letter: Letter) -> str:
    return reverse("web:letter_picture", args=[letter.id, 1, 1])


def test_the_sender_looks_at_what_was_sent(reader_of: ReaderOf, anna: User, letter: Letter) -> None:
    client = reader_of(anna)
    page = client.get(reverse("web:letter", args=[letter.id])).content.decode()
    assert preview(letter) in page
    assert f'src="{picture(letter)}"' in client.get(preview(letter)).content.decode()
    assert client.get(picture(letter)).headers["Content-Type"] == "image/png"
    assert client.get(preview(letter, 2)).status_code == 404


@pytest.mark.parametrize("who", ["celina", "daria", "edmund"])
def test_nobody_else_finds_it(
    who: str, reader_of: ReaderOf, letter: Letter, request: pytest.FixtureRequest
) -> None:
    client = reader_of(request.getfixturevalue(who))
    assert client.get(preview(letter)).status_code == 404
    assert client.get(picture(letter)).status_code == 404
