"""The catalogue of the demonstration: a shared-services centre and a town hall."""

from dataclasses import replace
from datetime import datetime

from skrytka.accounts.queries import institution_of_entity
from skrytka.catalogue.operations import Catalogue, NewCard, publish, reindex
from skrytka.cli.demo.cards_centre import CENTRE_CARDS, GENERAL_CARD
from skrytka.cli.demo.cards_town_hall import TOWN_HALL_CARDS
from skrytka.cli.demo.categories import CATEGORIES
from skrytka.cli.demo.forms import FORMS
from skrytka.cli.demo.institutions import CUW, TOWN_HALL


def publish_cards(at: datetime) -> None:
    """This will publish the catalogue of the demonstration; a second time it changes nothing."""
    cards = (
        GENERAL_CARD,
        *(_of(CUW.data.entity, card) for card in CENTRE_CARDS),
        *(_of(TOWN_HALL.data.entity, card) for card in TOWN_HALL_CARDS),
    )
    publish(Catalogue(CATEGORIES, FORMS, cards), at=at)
    reindex()


def _of(entity: str, card: NewCard) -> NewCard:
    institution = institution_of_entity(entity)
    if institution is None:
        raise LookupError(entity)
    return replace(card, institution_id=institution.id)
