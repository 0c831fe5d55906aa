"""A small catalogue to search in."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from skrytka.catalogue.models import RequiredSignature
from skrytka.catalogue.operations import Catalogue, NewCard, NewCategory, NewForm, publish

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORM = NewForm("PROBA", 1, {"type": "object", "properties": {}}, [])
CATEGORIES = (
    NewCategory("praca", "Praca i wynagrodzenie", order=1),
    NewCategory("zaswiadczenia-o-pracy", "Zaświadczenia o pracy", parent="praca"),
    NewCategory("podatki", "Podatki i opłaty", order=2),
)
PublishCard = Callable[..., None]


def card(name: str, **changed: object) -> NewCard:
    code = name.upper().replace(" ", "-")[:40]
    given: dict[str, object] = {
        "code": code,
        "slug": code.lower().encode("ascii", "ignore").decode(),
        "name": name,
        "category": "podatki",
        "summary": "",
        "form": "PROBA",
        "required_signature": RequiredSignature.REQUIRED,
        "updated_on": date(2026, 11, 1),
    }
    return NewCard(**{**given, **changed})  # type: ignore[arg-type] - tests name any field


@pytest.fixture
def publish_cards(db: None) -> Callable[..., None]:
    """Publishes cards into a tree of two topics."""

    def published(*cards: NewCard) -> None:
        publish(Catalogue(CATEGORIES, (FORM,), cards), at=NOW)

    return published
