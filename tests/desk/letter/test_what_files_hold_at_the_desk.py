"""The clerk reads beside a file what it holds, before opening it."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from tests.desk.world import client_at
from tests.letters.test_remarks_go_with_the_file import SCRIPT, letter_with
from tests.world import files

pytestmark = pytest.mark.django_db


def page_of(who: User, letter_id: object) -> str:
    return client_at(who).get(reverse("desk:letter", args=[letter_id])).content.decode()


def test_the_clerk_reads_what_a_file_holds(
    anna: User, daria: User, edmund: User, cuw: Institution
) -> None:
    letter = letter_with(anna, cuw, "formularz.pdf", SCRIPT)
    assert "Zawiera skrypt" in page_of(daria, letter.id)
    assert "Zawiera skrypt" not in page_of(edmund, letter.id)


def test_of_a_file_that_holds_nothing_more_nothing_is_said(
    anna: User, daria: User, cuw: Institution
) -> None:
    letter = letter_with(anna, cuw, "pismo.pdf", files.pdf())
    assert "Zawiera" not in page_of(daria, letter.id)
