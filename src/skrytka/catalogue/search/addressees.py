"""Finding institutions to write to: by name, town or the address of a box."""

from dataclasses import dataclass

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
    """This will find institutions; every word may be only the beginning of one."""
    question = ask(Corpus.ADDRESSEES, text, typing=True)
    hits = engine.find(ADDRESSEES, question.groups, MOST_FOUND)
    hits = hits or engine.find(ADDRESSEES, question.any_group, MOST_FOUND)
    typed = fold(text).strip()
    hits.sort(key=lambda hit: _rank(hit, typed, question.words))
    ids = tuple(hit.id for hit in hits)
    return FoundAddressees(ids, len(ids) == MOST_FOUND, question)


def _rank(hit: Hit, typed: str, words: tuple[str, ...]) -> tuple[bool, int, str, int]:
    """A name that begins as typed, then a name or a town that holds the very letters."""
    place = f" {hit.sort_key} {hit.facets}"
    missed = sum(f" {word}" not in place for word in words)
    return not hit.sort_key.startswith(typed), missed, hit.sort_key, hit.id
