"""The notice about cookies can be hidden without JavaScript, and asks for nothing."""

import pytest

from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
HIDE = "/informacje/pliki-cookie/ukryj/"
NOTICE = "Używamy tylko niezbędnych plików cookie"


def test_the_notice_is_shown_until_it_is_hidden() -> None:
    client = PageClient()
    assert NOTICE in client.get("/informacje/pomoc/").content.decode()
    response = client.post(HIDE, {"next": "/informacje/pomoc/"})
    assert response["Location"] == "/informacje/pomoc/"
    assert NOTICE not in client.get("/informacje/pomoc/").content.decode()


def test_the_cookie_lasts_a_year_and_is_out_of_reach_of_scripts() -> None:
    cookie = PageClient().post(HIDE).cookies["cookie_info"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_hiding_never_leads_to_another_host(away: str) -> None:
    assert PageClient().post(HIDE, {"next": away})["Location"] == "/"


def test_opening_the_address_by_a_link_does_nothing() -> None:
    response = PageClient().get(HIDE)
    assert response.status_code == 405
    assert "cookie_info" not in response.cookies
