"""What cannot be written down is left out at the door; everything else stays as it was typed."""

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from skrytka.web.typed_text import writable, writable_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zażółć\tgęślą\r\njaźń 💩 עברית\u00a0–", "Zażółć\tgęślą\r\njaźń 💩 עברית\u00a0–"),
        ("strona 1\x0cstrona 2", "strona 1\nstrona 2"),
        ("strona 1\x0c\nstrona 2", "strona 1\nstrona 2"),
        ("wiersz\x0bwiersz", "wiersz\nwiersz"),
        ("a\x00b\x1f\x7f\x9fc\ufffe\U0001ffff\ufdd0", "abc"),
    ],
)
def test_breaks_become_line_breaks_and_the_unwritable_goes(typed: str, kept: str) -> None:
    assert writable_text(typed) == kept


@given(st.text())
def test_whatever_is_left_can_be_written_as_xml(typed: str) -> None:
    element = etree.Element("x")
    element.text = writable_text(typed)
    assert writable_text(element.text) == element.text


def test_a_query_without_odd_characters_is_the_very_same() -> None:
    sent = QueryDict("a=1&a=2&b=%C5%BC")
    assert writable(sent) is sent


def test_all_values_of_a_key_stay_in_their_order() -> None:
    cleaned = writable(QueryDict("a=1%00&a=2&b%00=3"))
    assert dict(cleaned.lists()) == {"a": ["1", "2"], "b": ["3"]}


@pytest.mark.django_db
def test_an_address_with_a_nought_leads_nowhere() -> None:
    assert Client().get("/instytucje/a%00b/").status_code == 404
    assert Client().get("/instytucje/?q=%00").status_code == 200
