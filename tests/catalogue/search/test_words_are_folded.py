"""Words lose capitals and diacritics before anything else happens to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skrytka.catalogue.search.dictionary import forms_of, lemmas_of
from skrytka.catalogue.search.words import (
    fold,
    meaningful,
    polish_order,
    word_places,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Łódź", "lodz"), ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"), ("Straße", "strasse"), ("", "")],
)
def test_diacritics_go(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more_in_words(text: str) -> None:
    for word in words_of(fold(text)):
        assert fold(word) == word


@given(st.text(max_size=80))
def test_places_are_those_of_the_words(text: str) -> None:
    assert tuple(text[a:b] for a, b in word_places(text)) == words_of(text)


@pytest.mark.parametrize(
    ("ukrainian", "folded"),
    [("Скарга", "skarga"), ("школа", "szkola"), ("Петиція", "petycija"), ("їжа", "iza"),
     ("обов’язок", "obow’jazok"), ("кількість", "kilkist")],
)  # fmt: skip
def test_ukrainian_is_written_as_it_is_heard(ukrainian: str, folded: str) -> None:
    assert fold(ukrainian) == folded


def test_words_that_say_nothing_stay_when_alone() -> None:
    assert meaningful(["podatek", "od", "psa"]) == ("podatek", "psa")
    assert meaningful(["do", "nas"]) == ("nas",)
    assert meaningful(["do", "od"]) == ("do", "od")


def test_the_polish_alphabet_orders() -> None:
    given_words = ["żaba", "zebra", "ćma", "cma", "łan", "lato", "ósmy", "osa", "123"]
    assert sorted(given_words, key=polish_order) == [
        "123", "cma", "ćma", "lato", "łan", "osa", "ósmy", "zebra", "żaba",
    ]  # fmt: skip


def test_lemmas_and_forms_come_folded() -> None:
    assert "zaswiadczenie" in lemmas_of("zaświadczeniami")
    assert "cieszyn" in lemmas_of("Cieszynie")
    assert ("szkole", "szkola") in forms_of("szkoły")


@pytest.mark.parametrize("unknown", ["Xyqwerty", "ERP7", "7", "2026"])
def test_what_the_dictionary_does_not_know_is_its_own_lemma(unknown: str) -> None:
    assert lemmas_of(unknown) == (fold(unknown),)
