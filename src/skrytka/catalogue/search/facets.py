"""What cards are filtered and ordered by, kept in memory so that counting asks no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from skrytka.catalogue.search import engine
from skrytka.catalogue.search.engine import CARDS

SEPARATOR = "|"


@dataclass(frozen=True, eq=False)
class CardFacets:
    """For whom (PartyKind codes), the topics from the top down, and the signature.

    Compared by identity: a shelf holds one value for equal facets, and ten thousand cards are
    counted by it for every question.
    """

    audience: tuple[str, ...]
    topics: tuple[str, ...]
    signature: str


@dataclass(frozen=True)
class Shelf:
    """All active cards by id: their facets, and their places by use and by name.

    Cards of equal facets share one value, so that a thousand cards are counted as a handful.
    """

    facets: Mapping[int, CardFacets]
    by_use: Mapping[int, int]
    by_name: Mapping[int, int]


def packed(facets: CardFacets, popularity: int) -> str:
    """This will write facets as the index carries them."""
    parts = (" ".join(facets.audience), " ".join(facets.topics), facets.signature)
    return SEPARATOR.join((str(popularity), *parts))


@lru_cache(maxsize=1)
def card_shelf(_edition: str) -> Shelf:
    """This will return the shelf of an edition of the index, filled once."""
    rows = engine.everything(CARDS)
    split = {row.id: row.facets.partition(SEPARATOR) for row in rows}
    known = {text: _facets(text) for text in {text for _use, _mark, text in split.values()}}
    keys = {row.id: row.sort_key for row in rows}
    by_use = sorted(keys, key=lambda one: (-int(split[one][0]), keys[one], one))
    by_name = sorted(keys, key=lambda one: (keys[one], one))
    return Shelf(
        {one: known[split[one][2]] for one in by_use},
        {one: place for place, one in enumerate(by_use)},
        {one: place for place, one in enumerate(by_name)},
    )


def _facets(text: str) -> CardFacets:
    audience, topics, signature = text.split(SEPARATOR)
    return CardFacets(tuple(audience.split()), tuple(topics.split()), signature)
