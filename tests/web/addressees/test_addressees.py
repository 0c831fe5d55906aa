"""Suggestions of addressees, and the list for who has no JavaScript."""

import json

import pytest
from django.test import Client

from skrytka.accounts.models import Box, Institution, User
from tests.world.cast import ClientOf
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db


def suggested(text: str, client: Client | None = None) -> list[dict[str, str]]:
    response = (client or Client()).get(
        "/adresaci/", {"q": text}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 200
    results: list[dict[str, str]] = json.loads(response.content)["results"]
    return results


def listed(text: str) -> str:
    response = PageClient().get("/adresaci/", {"q": text}, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_answer_keeps_the_contract_of_the_field(cuw: Institution) -> None:
    assert suggested("centr") == [
        {"value": "ZOJO_Cieszyn", "label": cuw.name, "detail": "/ZOJO_Cieszyn/SkrytkaESP"}
    ]


@pytest.mark.parametrize(
    "text", ["usl", "Usług wspólnych", "zojo", "/ZOJO_Cieszyn/skr", "centrm", "centrum cieszyn"]
)
def test_name_town_and_address_find_while_typing(
    cuw: Institution, town_hall: Institution, text: str
) -> None:
    assert suggested(text)[0]["value"] == "ZOJO_Cieszyn"


def test_the_town_finds_all_of_its_institutions(cuw: Institution, town_hall: Institution) -> None:
    assert {one["value"] for one in suggested("cieszyn")} == {"ZOJO_Cieszyn", "u390efc0tm"}


@pytest.mark.parametrize("text", ["", "c", " ", "\0", "((", '"*', "xyzxyz"])
def test_too_little_or_nonsense_suggests_nothing(cuw: Institution, text: str) -> None:
    assert suggested(text) == []


def test_who_has_no_open_box_is_not_suggested(cuw: Institution) -> None:
    Box.objects.filter(institution=cuw).update(is_open=False)
    assert suggested("centrum") == []


def test_a_closed_basic_box_leaves_the_open_one(cuw: Institution) -> None:
    Box.objects.filter(institution=cuw, is_basic=True).update(is_open=False)
    assert suggested("centrum")[0]["detail"] == "/ZOJO_Cieszyn/skrytka"


def test_everybody_gets_the_same_suggestions(
    cuw: Institution, client_of: ClientOf, celina: User, edmund: User
) -> None:
    for person in (celina, edmund):
        assert suggested("centrum", client_of(person))[0]["value"] == "ZOJO_Cieszyn"


def test_without_javascript_there_is_a_list(cuw: Institution, town_hall: Institution) -> None:
    assert "Do kogo chcesz napisać?" in listed("")
    assert "Znaleziono 2 instytuc" in listed("cieszyn")
    assert "Nie znaleźliśmy adresata dla „xyzxyz”" in listed("xyzxyz")
