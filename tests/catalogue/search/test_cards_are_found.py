"""Cards are found the way people type."""

from dataclasses import replace

import pytest

from skrytka.catalogue.models import RequiredSignature, ServiceCard
from skrytka.catalogue.operations import Catalogue, NewCategory, publish
from skrytka.catalogue.search.cards import CardFilters, CardOrder, find_cards
from skrytka.catalogue.search.indexing import index_cards
from tests.catalogue.conftest import NOW, PublishCard, card

pytestmark = pytest.mark.django_db

TAX = "Zaświadczenie o niezaleganiu w podatkach"
SCHOOL = "Stypendium szkolne dla ucznia"
GENERAL = "Pismo ogólne"


@pytest.fixture
def three(publish_cards: PublishCard) -> None:
    publish_cards(
        card(
            TAX, summary="Dla osób, które nie mają długów w gminie", audience=("PERSON", "COMPANY")
        ),
        card(
            SCHOOL,
            category="zaswiadczenia-o-pracy",
            synonyms=("pomoc dla ucznia", "zapomoga"),
            required_signature=RequiredSignature.NOT_NEEDED,
            audience=("PERSON",),
        ),
        card(GENERAL, summary="Sprawa, której nie ma w katalogu", popularity=9),
    )


def names(
    text: str, filters: CardFilters | None = None, order: CardOrder = CardOrder.BEST
) -> list[str]:
    found = find_cards(text, filters, order)
    known = dict(ServiceCard.objects.values_list("id", "name"))
    return [known[one] for one in found.ids]


@pytest.mark.parametrize(
    "typed",
    [
        "zaświadczenie", "zaświadczeniem", "zaswiadczen", "ZAŚWIADCZENIA", "zaświadcz",
        "podatkow", "podatek niezaleganie", "o zaświadczeniu", "zaswiadczenia o podatku",
    ],
)  # fmt: skip
def test_inflection_capitals_and_missing_diacritics_do_not_matter(three: None, typed: str) -> None:
    assert names(typed) == [TAX]


@pytest.mark.parametrize(
    "typed",
    ["zaświadcznie", "zaswiadczeine", "zaświadczennie", "zaśwadczenia", "podtaki", "podatkch"],
)
def test_typing_mistakes_are_forgiven(three: None, typed: str) -> None:
    assert names(typed) == [TAX]


@pytest.mark.parametrize("typed", ["zapomogi", "pomoc", "uczniowi", "szkole stypendia"])
def test_synonyms_and_other_words_of_the_name_count(three: None, typed: str) -> None:
    if typed == "szkole stypendia":
        assert SCHOOL in names(typed)
    else:
        assert names(typed) == [SCHOOL]


def test_without_words_all_are_found_the_most_used_first(three: None) -> None:
    assert names("")[0] == GENERAL
    assert len(names("  ")) == 3


@pytest.mark.parametrize("typed", ["kombajn", "xyzzy", "!!!", '"', "* OR NEAR(", "a:b & !c | ('"])
def test_what_is_not_there_is_not_found_and_nothing_breaks(three: None, typed: str) -> None:
    assert names(typed) == []


def test_words_that_say_nothing_are_passed_over(three: None) -> None:
    assert names("zaświadczenie dla mnie o podatkach") == [TAX]


def test_when_no_card_meets_every_word_those_that_meet_some_are_found(three: None) -> None:
    assert names("stypendium kombajn") == [SCHOOL]


def test_the_name_goes_before_synonyms_and_these_before_descriptions(
    publish_cards: PublishCard,
) -> None:
    publish_cards(
        card("Opis", summary="dowód dowodu dowody"),
        card("Synonim", synonyms=("dowód osobisty", "karta")),
        card("Wymiana i odbiór po terminie: dowód", description="bardzo długi opis " * 30),
    )
    assert names("dowód") == ["Wymiana i odbiór po terminie: dowód", "Synonim", "Opis"]


def test_of_cards_that_meet_as_many_words_the_one_that_is_named_so_goes_first(
    publish_cards: PublishCard,
) -> None:
    publish_cards(
        card("Zarobki", summary="Potwierdzenie pensji", popularity=9),
        card("Pobyt", synonyms=("zameldowanie",), popularity=5),
        card("Zameldowanie", popularity=1),
    )
    assert names("potwierdzenie zameldowania") == ["Zameldowanie", "Pobyt", "Zarobki"]


@pytest.mark.parametrize("typed", ["jazda", "każda", "rdoga"])
def test_a_short_word_with_another_first_letter_is_another_word(
    publish_cards: PublishCard, typed: str
) -> None:
    publish_cards(card("Droga"), card("Gazda"))
    assert names(typed) == (["Droga"] if typed == "rdoga" else [])


def test_a_category_that_moves_takes_its_cards_along(three: None) -> None:
    moved = NewCategory("zaswiadczenia-o-pracy", "Zaświadczenia o pracy", parent="podatki")
    publish(Catalogue(categories=(moved,)), at=NOW)
    assert names("", CardFilters(topics=frozenset({"praca"}))) == []
    assert SCHOOL in names("", CardFilters(topics=frozenset({"podatki"})))


def test_order_by_name_follows_the_polish_alphabet(publish_cards: PublishCard) -> None:
    publish_cards(card("Żłobek"), card("Zasiłek"), card("Łąka"), card("Lato"), card("Ćma"))
    ordered = ["Ćma", "Lato", "Łąka", "Zasiłek", "Żłobek"]
    assert names("", order=CardOrder.NAME) == ordered


def test_filters_narrow_and_combine(three: None) -> None:
    assert names("", CardFilters(audience=frozenset({"COMPANY"}), signature=frozenset({"SIGNED"})))
    assert names("", CardFilters(signature=frozenset({"UNSIGNED"}))) == [SCHOOL]
    assert names("", CardFilters(topics=frozenset({"praca"}))) == [SCHOOL]
    assert names("", CardFilters(topics=frozenset({"zaswiadczenia-o-pracy"}))) == [SCHOOL]
    assert names("", CardFilters(frozenset({"COMPANY"}), frozenset({"praca"}))) == []


def test_each_filter_is_counted_with_the_others_kept(three: None) -> None:
    counts = find_cards("", CardFilters(signature=frozenset({"UNSIGNED"}))).counts
    assert counts.signature == {"SIGNED": 2, "UNSIGNED": 1}
    assert counts.audience == {"PERSON": 1}
    assert counts.topics == {"praca": 1, "zaswiadczenia-o-pracy": 1}


def test_a_withdrawn_card_leaves_the_index(three: None) -> None:
    card = ServiceCard.objects.get(name=TAX)
    ServiceCard.objects.filter(id=card.pk).update(is_active=False)
    index_cards([card.pk])
    assert names("podatek") == []


def test_a_changed_card_is_found_by_its_new_words_only(
    three: None, publish_cards: PublishCard
) -> None:
    publish_cards(replace(card("Grzybobranie"), code="WN-7"))
    publish_cards(replace(card("Parking w mieście"), code="WN-7"))
    assert names("parkingi") == ["Parking w mieście"]
    assert names("grzybobranie") == []
