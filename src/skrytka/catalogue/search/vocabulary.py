"""The words of an index: which terms a form leads to, and which words a mistyped one may mean."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from uuid import uuid4

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from skrytka.catalogue.models import Corpus, SearchState, SearchWord

ROWS_AT_ONCE = 2000
LONGEST_WORD = 80
NEAREST = 3
FEW = 8
# How many slips a word of so many letters may hold and still be recognised.
SLIPS = ((4, 0), (6, 1), (9, 2))
MOST_SLIPS = 3


class Reach(Enum):
    """Which words of an index a list holds: those that stand in texts, or their other forms."""

    SEEN = auto()
    INFLECTED = auto()


@dataclass(frozen=True)
class WordList:
    """Words in order, and by length."""

    ordered: tuple[str, ...]
    by_length: dict[int, tuple[str, ...]]

    def has_prefix(self, prefix: str) -> bool:
        """This will tell whether some word begins like this."""
        at = bisect_left(self.ordered, prefix)
        return at < len(self.ordered) and self.ordered[at].startswith(prefix)

    def begun(self, prefix: str) -> tuple[str, ...]:
        """This will list the first few words that begin like this."""
        at = bisect_left(self.ordered, prefix)
        return tuple(word for word in self.ordered[at : at + FEW] if word.startswith(prefix))

    def nearest(self, word: str) -> tuple[str, ...]:
        """This will list the words that differ by the fewest slips, at most three.

        A slip is a wrong, missing, additional or swapped letter (optimal string alignment). People
        seldom miss the first letter, so words that share it go first; a short word that differs
        in it is another word.
        """
        allowed = next((slips for length, slips in SLIPS if len(word) < length), MOST_SLIPS)
        lengths = range(len(word) - allowed, len(word) + allowed + 1) if allowed else ()
        found = [
            (distance, candidate[0] != word[0], candidate)
            for length in lengths
            for candidate, distance, _at in process.extract(
                word,
                self.by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=allowed,
                limit=NEAREST,
            )
            if allowed > 1 or candidate[0] in word[:2]
        ]
        best = min((distance for distance, _other, _word in found), default=0)
        return tuple(near for distance, _other, near in sorted(found)[:NEAREST] if distance == best)


@dataclass(frozen=True)
class KnownWords:
    """The terms that known forms lead to, and the edition of the index that knows them.

    An edition changes whenever the index does; empty before the first time.
    """

    terms: dict[str, tuple[str, ...]]
    edition: str


# One statement for what every question asks first, in plain SQL: making it anew from a model costs
# more than it takes.
KNOWN_WORDS = """SELECT state.words_id, word.form, word.term FROM catalogue_searchstate state
LEFT JOIN catalogue_searchword word ON word.corpus = state.corpus AND word.form IN ({forms})
WHERE state.corpus = %s ORDER BY word.id"""


def known_words(corpus: Corpus, forms: Iterable[str]) -> KnownWords:
    """This will tell which indexed terms each form leads to; unknown forms are left out."""
    asked = [form for form in forms if len(form) <= LONGEST_WORD]
    places = ", ".join(["%s"] * len(asked)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_WORDS.format(forms=places), [*asked, corpus.value])
        rows = cursor.fetchall()
    found: dict[str, list[str]] = defaultdict(list)
    for _edition, form, term in rows:
        if form:
            found[form].append(term)
    edition = rows[0][0] if rows else ""
    return KnownWords({form: tuple(terms) for form, terms in found.items()}, edition)


def word_lists(corpus: Corpus, edition: str) -> Iterator[WordList]:
    """This will yield the words that stand in texts, then their other inflected forms.

    They are kept in memory and read again only after they have changed; the second list, which is
    long, only by who still looks for a word after the first.
    """
    if edition:
        yield _word_list(corpus, Reach.SEEN, edition)
        yield _word_list(corpus, Reach.INFLECTED, edition)


@lru_cache(maxsize=len(Corpus) * len(Reach))
def _word_list(corpus: Corpus, reach: Reach, _edition: str) -> WordList:
    rows = SearchWord.objects.filter(corpus=corpus, is_seen=reach is Reach.SEEN)
    ordered = tuple(sorted(set(rows.values_list("form", flat=True).iterator())))
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in ordered:
        by_length[len(word)].append(word)
    return WordList(ordered, {length: tuple(words) for length, words in by_length.items()})


def hold(corpus: Corpus) -> None:
    """This will keep others from changing an index until the caller's transaction ends."""
    SearchState.objects.get_or_create(corpus=corpus)
    SearchState.objects.select_for_update().get(corpus=corpus)


def learn(corpus: Corpus, seen: set[tuple[str, str]], inflected: set[tuple[str, str]]) -> None:
    """This will add pairs of form and term: those that stand in texts, and their other forms."""
    SearchWord.objects.bulk_create(
        [SearchWord(corpus=corpus, form=f, term=t, is_seen=True) for f, t in _fit(seen)],
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["corpus", "form", "term"],
        update_fields=["is_seen"],
    )
    SearchWord.objects.bulk_create(
        [SearchWord(corpus=corpus, form=f, term=t) for f, t in _fit(inflected - seen)],
        batch_size=ROWS_AT_ONCE,
        ignore_conflicts=True,
    )
    SearchState.objects.update_or_create(corpus=corpus, defaults={"words_id": uuid4().hex})


def forget(corpus: Corpus) -> None:
    """This will forget all words of an index."""
    SearchWord.objects.filter(corpus=corpus).delete()
    SearchState.objects.update_or_create(corpus=corpus, defaults={"words_id": uuid4().hex})


def _fit(pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted((form, term) for form, term in pairs if max(len(form), len(term)) <= LONGEST_WORD)
