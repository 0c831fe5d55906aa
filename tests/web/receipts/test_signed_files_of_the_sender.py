"""The sender reads one sentence of each signed file; whose letter it is not, reads nothing."""

import pytest
from django.urls import reverse

from skrytka.config.effects import drain
from skrytka.letters.models import Letter
from tests.web.receipts.conftest import ReaderOf

pytestmark = pytest.mark.django_db
PENDING = "Jeszcze sprawdzamy podpis."
GOOD = "Podpis jest ważny. Podpisano jako: Anna Kowalska."


@pytest.mark.parametrize("person", ["anna", "bogdan"])
def test_the_sender_is_told_of_each_signed_file(
    reader_of: ReaderOf, request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    reader = reader_of(request.getfixturevalue(person))
    page = reverse("web:letter", args=[letter.id])
    assert PENDING in reader.get(page).content.decode()
    while drain("test"):
        pass
    told = reader.get(page).content.decode()
    assert GOOD in told
    assert PENDING not in told


@pytest.mark.parametrize("person", ["celina", "daria", "edmund"])
def test_nobody_else_is_told(
    reader_of: ReaderOf, request: pytest.FixtureRequest, letter: Letter, person: str
) -> None:
    reader = reader_of(request.getfixturevalue(person))
    assert reader.get(reverse("web:letter", args=[letter.id])).status_code == 404
