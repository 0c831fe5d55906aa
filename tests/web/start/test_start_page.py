"""The start page names the institutions and leads on."""

import pytest
from django.urls import reverse

from skrytka.accounts.models import Institution, User
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


def start_page(client: PageClient | None = None) -> str:
    return (client or PageClient()).get("/").content.decode()


def test_it_names_each_institution_with_its_basic_address_to_copy(
    cuw: Institution, town_hall: Institution
) -> None:
    page = start_page()
    assert cuw.name in page
    assert town_hall.name in page
    assert 'data-copy="/ZOJO_Cieszyn/SkrytkaESP"' in page
    assert 'data-copy="/u390efc0tm/SEKAP"' in page
    assert "/ZOJO_Cieszyn/skrytka" not in page


def test_the_institution_that_was_first_stands_first(
    cuw: Institution, town_hall: Institution
) -> None:
    page = start_page()
    assert page.index(cuw.name) < page.index(town_hall.name)


def test_an_institution_that_closed_is_not_named(cuw: Institution, town_hall: Institution) -> None:
    Institution.objects.filter(pk=town_hall.pk).update(is_active=False)
    assert town_hall.name not in start_page()


def test_more_than_six_institutions_are_left_to_the_list(cuw: Institution) -> None:
    assert "Zobacz wszystkie instytucje" not in start_page()
    for number in range(6):
        Institution.objects.create(
            entity=f"sp{number}", name=f"Szkoła {number}", short_name="SP", office_code="SP"
        )
    page = start_page()
    assert "Zobacz wszystkie instytucje" in page
    assert "Szkoła 4" in page
    assert "Szkoła 5" not in page


def test_an_empty_installation_says_so() -> None:
    assert "Nie ma tu jeszcze żadnej instytucji." in start_page()


def test_a_stranger_is_shown_how_it_works_and_where_to_log_in() -> None:
    page = start_page()
    for text in ("1. Znajdź sprawę", "2. Napisz i podpisz", "3. Wyślij i zachowaj UPO"):
        assert text in page
    assert f'href="{reverse("account_login")}"' in page


def test_a_person_logged_in_is_led_to_their_letters(anna: User) -> None:
    client = PageClient()
    client.force_login(anna)
    page = start_page(client)
    assert "Twoje pisma" in page
    assert "Anna Kowalska" in page
    assert "Nie masz konta?" not in page
