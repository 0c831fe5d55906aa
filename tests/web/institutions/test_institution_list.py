"""The list of institutions can be searched the way people type."""

import pytest

from skrytka.accounts.models import Institution
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


def listed(query: str = "", page: str = "") -> str:
    response = PageClient().get("/instytucje/", {"q": query, "page": page})
    assert response.status_code == 200
    return str(response.content.decode())


def test_all_are_listed_without_a_query(cuw: Institution, town_hall: Institution) -> None:
    page = listed()
    assert cuw.name in page
    assert town_hall.name in page


@pytest.mark.parametrize("query", ["uslug wspolnych", "USŁUG", "zojo", "cieszyn centrum"])
def test_capitals_and_diacritics_do_not_matter(
    cuw: Institution, town_hall: Institution, query: str
) -> None:
    page = listed(query)
    assert cuw.name in page
    assert town_hall.name not in page


def test_what_was_looked_for_is_kept_and_counted(cuw: Institution) -> None:
    page = listed("usług")
    assert 'value="usług"' in page
    assert "Znaleziono 1 instytucję" in page


def test_nothing_found_says_what_to_do(cuw: Institution) -> None:
    page = listed("<b>zamek</b>")
    assert "Nie znaleźliśmy instytucji dla" in page
    assert "<b>zamek</b>" not in page


def test_an_empty_installation_says_so() -> None:
    assert "Nie ma tu jeszcze żadnej instytucji." in listed()


def test_long_lists_come_in_pages_that_keep_the_query(cuw: Institution) -> None:
    for number in range(25):
        Institution.objects.create(
            entity=f"szkola{number}", name=f"Szkoła {number:02}", short_name="S", office_code="S"
        )
    first = listed("szkola")
    assert "Szkoła 19" in first
    assert "Szkoła 20" not in first
    assert "q=szkola&amp;page=2" in first
    assert "Szkoła 20" in listed("szkola", "2")
    assert "Szkoła 24" in listed("szkola", "99")
