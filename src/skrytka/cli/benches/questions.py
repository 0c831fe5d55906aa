"""The kinds of question that the bench of search asks, each as its page asks it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from skrytka.catalogue.addressees import addressees_matching
from skrytka.catalogue.bench import KINDS, OFFICES, THINGS, BenchWords
from skrytka.catalogue.queries import card_lines, catalogue_frame
from skrytka.catalogue.search.cards import CardFilters, find_cards
from skrytka.catalogue.search.marks import marked_names
from skrytka.catalogue.search.words import fold

PER_PAGE = 10
INFLECTED = (
    "zaświadczenia", "wnioskiem", "podatku", "nieruchomości", "szkołę", "uczniowi", "pozwoleniem",
    "odwołań", "drzew", "budynkach", "pracownikom", "emerytury", "mieszkań", "zasiłków", "parkingi",
)  # fmt: skip
TICKED = CardFilters(audience=frozenset({"PERSON"}), signature=frozenset({"SIGNED"}))

Ask = Callable[[str], int]
Texts = Callable[[Random], str]


@dataclass(frozen=True)
class Kind:
    """`ask` returns how many lines the page shows; `texts` makes up what is typed."""

    name: str
    ask: Ask
    texts: Texts


def kinds(words: BenchWords) -> tuple[Kind, ...]:
    """This will return every kind of question."""
    towns, rare = words.towns, words.rare
    return (
        Kind("card: exact word", _cards, lambda chance: chance.choice(KINDS)),
        Kind("card: inflected", _cards, _of(INFLECTED)),
        Kind("card: no diacritics", _cards, lambda chance: fold(chance.choice(INFLECTED))),
        Kind("card: two words", _cards, lambda chance: " ".join(chance.sample(INFLECTED, 2))),
        Kind("card: rare word", _cards, _of(rare)),
        Kind("card: slip", _cards, _slips((*INFLECTED, *rare[:300]))),
        Kind("card: filters", _filtered_cards, _of((*KINDS, *THINGS))),
        Kind("card: no words", _cards, lambda _chance: ""),
        Kind("card: some words fit", _cards, lambda chance: f"{chance.choice(KINDS)} qqqqqqqq"),
        Kind("card: nothing fits", _cards, lambda chance: f"qq{chance.randint(1000, 9999)}qq"),
        Kind("addressee: beginning", _addressees, lambda chance: _begun(chance, towns)),
        Kind("addressee: town", _addressees, lambda chance: fold(chance.choice(towns))),
        Kind("addressee: name", _addressees, lambda chance: _name(chance, towns)),
        Kind("addressee: two words", _addressees, lambda chance: f"urząd {_begun(chance, towns)}"),
        Kind("addressee: slip", _addressees, _slips(towns)),
        Kind("addressee: broad word", _addressees, _of(("urząd", "szkoła", "biblioteki", "sąd"))),
        Kind("addressee: box address", _addressees, lambda chance: f"/E{_number(chance)}_"),
        Kind("addressee: address begun", _addressees, lambda chance: f"/E{_number(chance) // 99}"),
        Kind("addressee: nothing fits", _addressees, lambda chance: f"qq{_number(chance)}qq"),
    )


def _cards(text: str) -> int:
    return _results(text, CardFilters())


def _filtered_cards(text: str) -> int:
    return _results(text, TICKED)


def _results(text: str, filters: CardFilters) -> int:
    """What the page of results asks: cards, counts of filters, one page of lines with marks."""
    found = find_cards(text, filters)
    lines = card_lines(found.ids[:PER_PAGE])
    marked_names(tuple(line.name for line in lines), found.question)
    catalogue_frame(found.question.edition)
    return len(lines)


def _addressees(text: str) -> int:
    return len(addressees_matching(text, limit=PER_PAGE).lines)


def _of(words: Sequence[str]) -> Texts:
    return lambda chance: chance.choice(words)


def _slips(words: Sequence[str]) -> Texts:
    return lambda chance: slip(chance, chance.choice(words))


def _number(chance: Random) -> int:
    return chance.randint(0, 29_999)


def _begun(chance: Random, towns: Sequence[str]) -> str:
    town = chance.choice(towns)
    return town[: chance.randint(2, len(town))]


def _name(chance: Random, towns: Sequence[str]) -> str:
    return f"{chance.choice(OFFICES).format(n=chance.randint(1, 90))} {chance.choice(towns)}"


def slip(chance: Random, word: str) -> str:
    """One wrong, missing, doubled or swapped letter, not the first."""
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    swapped = f"{before}{after[0]}{letter}{after[1:]}"
    wrong = f"{before}{chance.choice('aeiorstn')}{after}"
    return chance.choice((swapped, wrong, before + after, before + letter * 2 + after))
