"""Finding cards: ranking, filters with counts, order and pages."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, islice

from skrytka.catalogue.models import Corpus
from skrytka.catalogue.search import engine
from skrytka.catalogue.search.engine import CARDS
from skrytka.catalogue.search.facets import CardFacets, Shelf, card_shelf
from skrytka.catalogue.search.questions import Question, ask
from skrytka.catalogue.search.rows import Groups, Where

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


Test = Callable[[CardFacets], bool]
Tests = tuple[Test, Test, Test]
# Cards in groups: those of the first go before those of the second, and so on.
Ranked = list[list[int]]


def find_cards(
    text: str, filters: CardFilters | None = None, order: CardOrder = CardOrder.BEST
) -> FoundCards:
    """This will find active cards by the words of `text`; all of them when it holds none.

    Every word has to be met; when no card meets all, those that meet most are found. What stands in
    the name goes before synonyms, synonyms before descriptions; then the cards used most.
    """
    question = ask(Corpus.CARDS, text)
    shelf = card_shelf(question.edition)
    ranked = _ranked(text, question, shelf)
    tests = _tests(filters or CardFilters())
    counted = Counter(map(shelf.facets.__getitem__, chain.from_iterable(ranked)))
    tiers = _kept(ranked, shelf, counted, tests)
    return FoundCards(_in_order(tiers, shelf, order), _counts(counted, tests), question)


def _kept(ranked: Ranked, shelf: Shelf, counted: Counter[CardFacets], tests: Tests) -> Ranked:
    kept = {facets for facets in counted if all(test(facets) for test in tests)}
    if len(kept) == len(counted):
        return ranked
    return [[one for one in tier if shelf.facets[one] in kept] for tier in ranked]


def _ranked(text: str, question: Question, shelf: Shelf) -> Ranked:
    if not question.groups:
        return [] if text.strip() else [list(shelf.facets)]
    met = _tiers(question.groups) or _partly_met(question.groups)
    return [[one for one in tier if one in shelf.facets] for tier in met]


def _tiers(groups: Groups) -> Ranked:
    """All words in the name; in name and synonyms; anywhere."""
    in_name, in_two, anywhere = engine.ids(CARDS, [(groups, where) for where in Where])
    named, known = set(in_name), {*in_name, *in_two}
    tiers = [
        in_name,
        [one for one in in_two if one not in named],
        [one for one in anywhere if one not in known],
    ]
    return [tier for tier in tiers if tier]


def _partly_met(groups: Groups) -> Ranked:
    """The more words are met the better; of as many, those in names, then those in synonyms."""
    found = iter(engine.ids(CARDS, [((group,), where) for where in Where for group in groups]))
    in_name, in_two, anywhere = (
        Counter(chain.from_iterable(islice(found, len(groups)))) for _where in Where
    )
    tiers: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for one, count in anywhere.items():
        tiers[count, in_name[one], in_two[one]].append(one)
    return [tiers[met] for met in sorted(tiers, reverse=True)]


def _in_order(tiers: Ranked, shelf: Shelf, order: CardOrder) -> tuple[int, ...]:
    if order is CardOrder.NAME:
        return tuple(sorted(chain.from_iterable(tiers), key=shelf.by_name.__getitem__))
    by_use = (sorted(tier, key=shelf.by_use.__getitem__) for tier in tiers)
    return tuple(chain.from_iterable(by_use))


def _tests(filters: CardFilters) -> Tests:
    return (
        lambda facets: _meets(filters.audience, facets.audience),
        lambda facets: _meets(filters.topics, facets.topics),
        lambda facets: _meets(filters.signature, (signature_code(facets),)),
    )


def signature_code(facets: CardFacets) -> str:
    return SIGNED if facets.signature == NEEDS_SIGNATURE else UNSIGNED


def _meets(ticked: frozenset[str], values: Iterable[str]) -> bool:
    return not ticked or not ticked.isdisjoint(values)


def _counts(counted: Counter[CardFacets], tests: Tests) -> CardCounts:
    """Each filter is counted among the cards that pass the two others."""
    for_whom, about, signed = tests
    audience, topics, signature = Counter[str](), Counter[str](), Counter[str]()
    for facets, count in counted.items():
        passes = for_whom(facets), about(facets), signed(facets)
        if passes[1] and passes[2]:
            _add(audience, facets.audience, count)
        if passes[0] and passes[2]:
            _add(topics, facets.topics, count)
        if passes[0] and passes[1]:
            signature[signature_code(facets)] += count
    return CardCounts(audience, topics, signature)


def _add(counter: Counter[str], values: Iterable[str], count: int) -> None:
    for value in values:
        counter[value] += count
