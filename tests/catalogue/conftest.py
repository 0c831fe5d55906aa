"""A small catalogue to search in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict, Unpack

import pytest

from skrytka.catalogue.models import RequiredSignature
from skrytka.catalogue.operations import Catalogue, Fee, NewCard, NewCategory, NewForm, publish

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORM = NewForm("PROBA", 1, {"type": "object", "properties": {}}, [])
CATEGORIES = (
    NewCategory("praca", "Praca i wynagrodzenie", order=1),
    NewCategory("zaswiadczenia-o-pracy", "Zaświadczenia o pracy", parent="praca"),
    NewCategory("podatki", "Podatki i opłaty", order=2),
)
PublishCard = Callable[..., None]


PLAIN = NewCard(
    code="",
    slug="",
    name="",
    category="podatki",
    summary="",
    form="PROBA",
    required_signature=RequiredSignature.REQUIRED,
    updated_on=date(2026, 11, 1),
)


class Changes(TypedDict, total=False):
    """What a test says about a card."""

    category: str
    summary: str
    description: str
    institution_id: int | None
    required_signature: RequiredSignature
    audience: tuple[str, ...]
    synonyms: tuple[str, ...]
    fees: tuple[Fee, ...]
    time_limit: str
    popularity: int
    unit: str
    form: str


def card(name: str, **changed: Unpack[Changes]) -> NewCard:
    code = name.upper().replace(" ", "-")[:40]
    slug = code.lower().encode("ascii", "ignore").decode()
    return replace(PLAIN, code=code, slug=slug, name=name, **changed)


@pytest.fixture
def publish_cards(db: None) -> Callable[..., None]:
    """Publishes cards into a tree of two topics."""

    def published(*cards: NewCard) -> None:
        publish(Catalogue(CATEGORIES, (FORM,), cards), at=NOW)

    return published
