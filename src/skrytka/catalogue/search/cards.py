"""Finding cards: ranking, filters with counts, order and pages."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from skrytka.catalogue.models import Corpus
from skrytka.catalogue.search import engine
from skrytka.catalogue.search.engine import CARDS
from skrytka.catalogue.search.facets import CardFacets, unpacked
from skrytka.catalogue.search.questions import Question, ask
from skrytka.catalogue.search.rows import Hit

SIGNED, UNSIGNED = "SIGNED", "UNSIGNED"
NEEDS_SIGNATURE = "REQUIRED"


class CardOrder(StrEnum):
    BEST = "BEST"
    NAME = "NAME"


@dataclass(frozen=True)
class CardFilters:
    """What is ticked: PartyKind codes, slugs of topics, SIGNED and UNSIGNED. Empty: no filter."""

    audience: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    signature: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CardCounts:
    """How many found cards each tick would show, the other filters kept as they are."""

    audience: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    signature: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class FoundCards:
    """Ids of the cards found, the best first. `question` marks their names."""

    ids: tuple[int, ...]
    counts: CardCounts
    question: Question


Found = tuple[Hit, CardFacets]
Test = Callable[[CardFacets], bool]


def find_cards(
    text: str, filters: CardFilters | None = None, order: CardOrder = CardOrder.BEST
) -> FoundCards:
    """This will find active cards by the words of `text`; all of them when it holds none.

    Every word has to be met; when no card meets all, those that meet any are found. What stands in
    the name goes before synonyms, synonyms before descriptions; then the cards used most.
    """
    question = ask(Corpus.CARDS, text)
    found = [(hit, unpacked(hit.facets)) for hit in _hits(text, question)]
    tests = _tests(filters or CardFilters())
    kept = [one for one in found if all(test(one[1]) for test in tests)]
    kept.sort(key=_by_name if order is CardOrder.NAME else _by_fitness)
    return FoundCards(tuple(hit.id for hit, _facets in kept), _counts(found, tests), question)


def _hits(text: str, question: Question) -> list[Hit]:
    if not question.groups:
        return [] if text.strip() else engine.everything(CARDS)
    return engine.find(CARDS, question.groups) or engine.find(CARDS, question.any_group)


def _by_name(one: Found) -> tuple[str, int]:
    return one[0].sort_key, one[0].id


def _by_fitness(one: Found) -> tuple[int, float, int, str]:
    """Where words stand in names or synonyms, what people use most goes first."""
    hit, facets = one
    score = hit.score if hit.tier > 1 else 0.0
    return hit.tier, -score, -facets.popularity, hit.sort_key


def _tests(filters: CardFilters) -> tuple[Test, Test, Test]:
    return (
        lambda facets: _meets(filters.audience, facets.audience),
        lambda facets: _meets(filters.topics, facets.topics),
        lambda facets: _meets(filters.signature, (signature_code(facets),)),
    )


def signature_code(facets: CardFacets) -> str:
    return SIGNED if facets.signature == NEEDS_SIGNATURE else UNSIGNED


def _meets(ticked: frozenset[str], values: Iterable[str]) -> bool:
    return not ticked or not ticked.isdisjoint(values)


def _counts(found: list[Found], tests: tuple[Test, Test, Test]) -> CardCounts:
    """Each filter is counted among the cards that pass the two others."""
    for_whom, about, signed = tests
    counts = CardCounts()
    for _hit, facets in found:
        passes = for_whom(facets), about(facets), signed(facets)
        if passes[1] and passes[2]:
            counts.audience.update(facets.audience)
        if passes[0] and passes[2]:
            counts.topics.update(facets.topics)
        if passes[0] and passes[1]:
            counts.signature[signature_code(facets)] += 1
    return counts
