"""The catalogue is searched and filtered with plain links and forms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Unpack
from urllib.parse import urlencode

import pytest

from skrytka.accounts.models import Institution, User
from skrytka.catalogue.models import RequiredSignature
from skrytka.catalogue.operations import (
    Catalogue,
    Fee,
    NewCard,
    NewCategory,
    NewForm,
    publish,
)
from tests.catalogue.conftest import Changes
from tests.world.cast import ClientOf
from tests.world.page_client import PageClient

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def page(**asked: object) -> str:
    response = PageClient().get(f"/sprawy/?{urlencode(asked, doseq=True)}")
    assert response.status_code == 200
    return str(response.content.decode())


PLAIN = NewCard(
    code="",
    slug="",
    name="",
    category="praca",
    summary="Dla osób, które pracują w szkole.",
    form="PISMO",
    required_signature=RequiredSignature.REQUIRED,
    updated_on=date(2026, 11, 2),
)


def new_card(slug: str, name: str, **more: Unpack[Changes]) -> NewCard:
    return replace(PLAIN, code=slug.upper(), slug=slug, name=name, **more)


@pytest.fixture
def cards(cuw: Institution) -> None:
    categories = (
        NewCategory("praca", "Praca i wynagrodzenie", order=1),
        NewCategory("podatki", "Podatki i opłaty", order=2),
        NewCategory("nieruchomosci", "Nieruchomości", parent="podatki"),
        NewCategory("puste", "Nic tu nie ma", order=3),
    )
    general = new_card(
        "pismo-ogolne",
        "Pismo ogólne",
        category="puste",
        required_signature=RequiredSignature.RECOMMENDED,
        summary="W każdej sprawie.",
    )
    wage = new_card(
        "zarobki",
        "Zaświadczenie o zarobkach",
        institution_id=cuw.pk,
        audience=("PERSON",),
        time_limit="do 7 dni",
        synonyms=("pensja",),
    )
    tax = new_card(
        "zwrot",
        "Zwrot podatku od nieruchomości",
        category="nieruchomosci",
        audience=("PERSON", "COMPANY"),
        required_signature=RequiredSignature.NOT_NEEDED,
        fees=(Fee("21 zł", "PL10 1010", "studenci"),),
    )
    form = NewForm("PISMO", 1, {"type": "object", "properties": {}}, [])
    publish(Catalogue(categories, (form,), (general, wage, tax)), at=NOW)


def test_all_cases_are_listed_without_a_question(cards: None) -> None:
    shown = page()
    assert "Znaleziono 3 spraw" in shown
    assert "Zaświadczenie o zarobkach" in shown
    assert "Centrum Usług Wspólnych w Cieszynie" in shown


def test_a_word_finds_in_any_inflection_and_is_marked(cards: None) -> None:
    shown = page(q="zaswiadczeniami")
    assert "Znaleziono 1 sprawę" in shown
    assert "<mark>Zaświadczenie</mark>" in shown
    assert "Zwrot podatku" not in shown
    assert "Katalog spraw: zaswiadczeniami" in shown


def test_a_line_tells_signature_fee_and_time(cards: None) -> None:
    shown = page(q="zarobki")
    assert "Wymaga podpisu" in shown
    assert "Bezpłatnie" in shown
    assert "do 7 dni" in shown
    assert "Opłata 21 zł" in page(q="zwrot podatku")


def test_ticks_narrow_and_stay_ticked_and_counted(cards: None) -> None:
    shown = page(kto="COMPANY", podpis="nie")
    assert "Znaleziono 2 spraw" in shown
    assert 'value="COMPANY" form="find" checked' in shown
    assert 'value="nie" form="find" checked' in shown
    assert "Zaświadczenie o zarobkach" not in shown


def test_a_topic_holds_what_stands_below_it(cards: None) -> None:
    shown = page(temat="podatki")
    assert "Znaleziono 1 sprawę" in shown
    assert "Zwrot podatku od nieruchomości" in shown


def test_order_can_be_alphabetical(cards: None) -> None:
    shown = page(kolejnosc="nazwa")
    names = [shown.index(f">{name}") for name in ("Pismo ogólne", "Zaświadczenie o", "Zwrot pod")]
    assert names == sorted(names)
    assert '<option value="nazwa" selected>' in shown


def test_nothing_found_says_what_to_do_and_offers_the_general_letter(cards: None) -> None:
    shown = page(q="<b>hipopotam</b>")
    assert "Nie znaleźliśmy spraw dla „&lt;b&gt;hipopotam&lt;/b&gt;”" in shown
    assert "/pisma/nowe/pismo-ogolne/" in shown


def test_filters_that_fit_nothing_say_so(cards: None) -> None:
    assert "które pasują do wybranych filtrów" in page(kto="ASSOCIATION", temat="praca")


def test_an_empty_catalogue_says_so() -> None:
    assert "W katalogu nie ma jeszcze żadnej sprawy." in page()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\0'; drop --", "kto": "X", "temat": "../..", "podpis": "5", "page": "x"},
        {"q": '" * OR NEAR(', "kolejnosc": "losowa"},
        {"q": "(", "page": "-4"},
        {"q": "o w z"},
        {"q": "a" * 5000, "temat": ["nie-ma", "praca"]},
    ],
)
def test_any_address_is_answered(cards: None, asked: dict[str, object]) -> None:
    page(**asked)


def test_pages_keep_question_and_filters(cards: None) -> None:
    many = tuple(
        new_card(f"wniosek-{n}", f"Wniosek {n:02} o urlop", audience=("PERSON",)) for n in range(25)
    )
    publish(Catalogue((), (), many), at=NOW)
    shown = page(q="urlopu", kto="PERSON")
    assert "Znaleziono 25 spraw. Strona 1 z 3." in shown
    assert "q=urlopu&amp;kto=PERSON&amp;page=2" in shown
    assert "Strona 3 z 3." in page(q="urlopu", page=99)


def test_everybody_reads_the_same_catalogue(
    cards: None, client_of: ClientOf, celina: User, edmund: User, daria: User, bogdan: User
) -> None:
    for person in (celina, edmund, daria, bogdan):
        response = client_of(person).get("/sprawy/?q=pensja")
        assert "Znaleziono 1 sprawę" in response.content.decode()


def test_a_topic_page_lists_topics_below_and_cards(cards: None) -> None:
    shown = PageClient().get("/sprawy/tematy/podatki/").content.decode()
    assert "/sprawy/tematy/nieruchomosci/" in shown
    assert "Zwrot podatku od nieruchomości" in shown
    below = PageClient().get("/sprawy/tematy/nieruchomosci/").content.decode()
    assert "/sprawy/tematy/podatki/" in below
    assert PageClient().get("/sprawy/tematy/nie-ma/").status_code == 404


@pytest.fixture
def reading(cards: None) -> Callable[[str], str]:
    def read(slug: str) -> str:
        response = PageClient().get(f"/sprawy/{slug}/")
        assert response.status_code == 200
        return str(response.content.decode())

    return read


def test_a_card_tells_what_people_ask_and_leads_to_its_form(reading: Callable[[str], str]) -> None:
    shown = reading("zwrot")
    for heading in ("Dla kogo", "Co przygotować", "Ile to kosztuje", "Jak podpisać"):
        assert f">{heading}</h2>" in shown
    assert "21 zł. Konto do wpłaty: PL10 1010. Nie płaci: studenci." in shown
    assert "Nie musisz podpisywać." in shown
    assert "/pisma/nowe/zwrot/" in shown
    assert "2\u00a0listopada\u00a02026" in shown


def test_a_card_leaves_out_what_it_does_not_know(reading: Callable[[str], str]) -> None:
    shown = reading("zwrot")
    assert "Ile trwa" not in shown
    assert "Jak się odwołać" not in shown
    assert "Ile trwa" in reading("zarobki")


def test_a_withdrawn_or_unknown_card_is_not_found(cards: None) -> None:
    from skrytka.catalogue.models import ServiceCard

    ServiceCard.objects.filter(slug="zwrot").update(is_active=False)
    assert PageClient().get("/sprawy/zwrot/").status_code == 404
    assert PageClient().get("/sprawy/nie-ma/").status_code == 404
