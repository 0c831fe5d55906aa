"""The words that were looked for are marked in the names of the cards found."""

import pytest

from skrytka.catalogue.search.cards import find_cards
from skrytka.catalogue.search.marks import Piece, marked_names
from tests.catalogue.conftest import PublishCard, card

pytestmark = pytest.mark.django_db
NAME = "Zaświadczenie o niezaleganiu (w podatkach)"


def marks(typed: str, *names: str) -> list[str]:
    question = find_cards(typed).question
    return [
        "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)
        for pieces in marked_names(names, question)
    ]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("podatki", "Zaświadczenie o niezaleganiu (w [podatkach])"),
        ("zaswiadcz", "[Zaświadczenie] o niezaleganiu (w podatkach)"),
        ("podatkow zaswiadczenia", "[Zaświadczenie] o niezaleganiu (w [podatkach])"),
        ("zaświadcznie", "[Zaświadczenie] o niezaleganiu (w podatkach)"),
        ("", NAME),
        ("kombajn", NAME),
    ],
)
def test_in_whatever_form_they_were_typed(
    publish_cards: PublishCard, typed: str, marked: str
) -> None:
    publish_cards(card(NAME))
    assert marks(typed, NAME) == [marked]


def test_pieces_add_up_to_the_name_and_hold_no_markup(publish_cards: PublishCard) -> None:
    publish_cards(card("<b>Podatek</b>"))
    (pieces,) = marked_names(("<b>Podatek</b>",), find_cards("podatek").question)
    assert pieces == (
        Piece("<b>", is_marked=False),
        Piece("Podatek", is_marked=True),
        Piece("</b>", is_marked=False),
    )


def test_no_names_no_marks(publish_cards: PublishCard) -> None:
    publish_cards(card(NAME))
    assert marks("podatek") == []
