"""„Podgląd” of what an institution sent: after the end of the delivery, for those who may read."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import User
from skrytka.delivery.models import OutgoingLetter
from tests.web.incoming.conftest import ReaderOf

pytestmark = pytest.mark.django_db


def preview(letter: OutgoingLetter, position: int = 1) -> str:
    return reverse("web:incoming_preview", args=[letter.id, position])


def picture(letter: OutgoingLetter) -> str:
    return reverse("web:incoming_picture", args=[letter.id, 1, 1])


@pytest.mark.parametrize("who", ["anna", "bogdan"])
def test_who_may_read_the_letter_looks_at_its_files(
    who: str, reader_of: ReaderOf, collected: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    client = reader_of(request.getfixturevalue(who))
    letter = client.get(reverse("web:incoming_letter", args=[collected.id])).content.decode()
    assert preview(collected) in letter
    assert f'src="{picture(collected)}"' in client.get(preview(collected)).content.decode()
    assert client.get(picture(collected)).headers["Content-Type"] == "image/png"
    assert client.get(preview(collected, 2)).status_code == 404


@pytest.mark.parametrize("who", ["celina", "daria", "edmund"])
def test_nobody_else_finds_them(
    who: str, reader_of: ReaderOf, collected: OutgoingLetter, request: pytest.FixtureRequest
) -> None:
    client = reader_of(request.getfixturevalue(who))
    assert client.get(preview(collected)).status_code == 404
    assert client.get(picture(collected)).status_code == 404


def test_before_the_end_there_is_nothing_to_see(
    reader_of: ReaderOf, anna: User, waiting: OutgoingLetter
) -> None:
    client = reader_of(anna)
    assert client.get(preview(waiting)).status_code == 404
    assert client.get(picture(waiting)).status_code == 404
