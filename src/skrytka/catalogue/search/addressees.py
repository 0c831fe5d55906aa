"""Finding institutions to write to: by name, town or the address of a box."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from sys import maxunicode

from skrytka.catalogue.models import Corpus
from skrytka.catalogue.search import engine
from skrytka.catalogue.search.engine import ADDRESSEES
from skrytka.catalogue.search.questions import Question, ask
from skrytka.catalogue.search.rows import Hit
from skrytka.catalogue.search.words import fold

# The first words of a question may fit half the country: nobody reads further than this.
MOST_FOUND = 300


@dataclass(frozen=True)
class FoundAddressees:
    """Ids of the institutions found, the best first; `is_cut` when there are still more."""

    ids: tuple[int, ...]
    is_cut: bool
    question: Question


def find_addressees(text: str) -> FoundAddressees:
    """This will find institutions; every word may be only the beginning of one.

    Names that begin as typed are among those found however many others fit the words.
    """
    question = ask(Corpus.ADDRESSEES, text, typing=True)
    typed = fold(text).strip()
    begun = _names(question.edition).begun(typed) if question.words else ()
    hits = engine.find(ADDRESSEES, question.groups, MOST_FOUND)
    hits = hits or engine.find(ADDRESSEES, () if begun else question.any_group, MOST_FOUND)
    others = [hit for hit in hits if not hit.sort_key.startswith(typed)]
    others.sort(key=lambda hit: _rank(hit, question.words))
    ids = (*begun, *(hit.id for hit in others))[:MOST_FOUND]
    return FoundAddressees(ids, len(ids) == MOST_FOUND, question)


@dataclass(frozen=True)
class Names:
    """Folded names in order, and whose they are."""

    ordered: tuple[str, ...]
    ids: tuple[int, ...]

    def begun(self, typed: str) -> tuple[int, ...]:
        """This will list the first institutions by name whose names begin as typed."""
        start = bisect_left(self.ordered, typed)
        end = bisect_right(self.ordered, f"{typed}{chr(maxunicode)}")
        return self.ids[start : min(end, start + MOST_FOUND)]


@lru_cache(maxsize=1)
def _names(_edition: str) -> Names:
    """Kept in memory: no full-text index tells how a text begins."""
    known = sorted((hit.sort_key, hit.id) for hit in engine.everything(ADDRESSEES))
    return Names(tuple(name for name, _one in known), tuple(one for _name, one in known))


def _rank(hit: Hit, words: tuple[str, ...]) -> tuple[int, str, int]:
    """A name or a town that holds the very letters goes first."""
    place = f" {hit.sort_key} {hit.facets}"
    missed = sum(f" {word}" not in place for word in words)
    return missed, hit.sort_key, hit.id
