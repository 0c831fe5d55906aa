"""Help, terms, privacy and cookies are there for everybody, in every language."""

import re

import pytest

from skrytka.accounts.models import Institution
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
PAGES = ("pomoc", "regulamin", "prywatnosc", "pliki-cookie", "dostepnosc")


def shown(page: str) -> str:
    response = PageClient().get(f"/informacje/{page}/")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_answers_a_stranger_and_is_marked_in_the_menu(page: str) -> None:
    assert 'aria-current="page"' in shown(page)


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_each_page_answers_in_each_language(language: str) -> None:
    for page in PAGES:
        response = PageClient().get(f"/informacje/{page}/", headers={"accept-language": language})
        assert f'<html lang="{language}"' in response.content.decode()


def test_only_the_four_necessary_cookies_are_listed() -> None:
    page = shown("pliki-cookie")
    names = re.findall(r"<th scope=\"row\"><code>([^<]+)</code>", page)
    assert names == [
        "sessionid", "csrftoken", "django_language", "cookie_info", "skrytka-last-active",
    ]  # fmt: skip


def test_no_page_asks_for_consent() -> None:
    assert "nie prosimy o zgodę" in shown("pliki-cookie")


def test_the_privacy_page_of_an_institution_shows_its_own_text(cuw: Institution) -> None:
    Institution.objects.filter(pk=cuw.pk).update(privacy_text="Administratorem jest <CUW>.")
    page = shown(f"prywatnosc/{cuw.entity}")
    assert "Administratorem jest &lt;CUW&gt;." in page
    assert "Jakie dane zapisujemy" in page


def test_an_institution_without_a_text_says_so(cuw: Institution) -> None:
    assert "nie dodała tu jeszcze swojej informacji" in shown(f"prywatnosc/{cuw.entity}")


def test_the_general_privacy_page_leads_to_those_of_the_institutions(cuw: Institution) -> None:
    assert f"/informacje/prywatnosc/{cuw.entity}/" in shown("prywatnosc")


@pytest.mark.parametrize("page", ["prywatnosc", "dostepnosc"])
def test_an_unknown_institution_has_no_page(page: str) -> None:
    assert PageClient().get(f"/informacje/{page}/nobody/").status_code == 404


def test_help_gives_the_telephone_of_the_host(cuw: Institution) -> None:
    Institution.objects.filter(pk=cuw.pk).update(phone="+48 33 47 94 200", hours=["7:30–15:30"])
    assert 'href="tel:+48334794200"' in shown("pomoc")
