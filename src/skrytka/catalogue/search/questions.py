"""From what a person types to the terms to find."""

from collections.abc import Iterable
from dataclasses import dataclass

from skrytka.catalogue.models import Corpus
from skrytka.catalogue.search.rows import Groups, Term
from skrytka.catalogue.search.vocabulary import KnownWords, known_words, word_lists
from skrytka.catalogue.search.words import fold, meaningful, words_of

LONGEST_QUESTION = 200
MOST_WORDS = 12
# Shorter beginnings of words would match nearly everything.
SHORTEST_PREFIX = 2


@dataclass(frozen=True)
class Question:
    """What is looked for, in which edition of the index.

    `words` are folded, as typed; `groups` stand in their order.
    """

    words: tuple[str, ...]
    groups: Groups
    edition: str

    @property
    def any_group(self) -> Groups:
        """The same question, content with any one of its words."""
        return (tuple(term for group in self.groups for term in group),) if self.groups else ()


def ask(corpus: Corpus, text: str, *, typing: bool = False) -> Question:
    """This will turn typed text into a question.

    A known form stands for its lemmas; an unknown one for the words it begins; failing that, for
    the words it may be a misspelling of. While the person is still `typing`, every word may also be
    the beginning of a longer one.
    """
    folded = (fold(word) for word in words_of(text[:LONGEST_QUESTION]))
    words = meaningful(word for word in folded if word)[:MOST_WORDS]
    known = known_words(corpus, words)
    groups = tuple(
        _group(word, known.terms[word], typing=typing)
        if word in known.terms
        else _guess(corpus, word, known)
        for word in words
    )
    return Question(words, groups, known.edition)


def _group(word: str, terms: Iterable[str], *, typing: bool) -> tuple[Term, ...]:
    exact = tuple(Term(term) for term in dict.fromkeys((word, *terms)))
    return (*exact, Term(word, is_prefix=True)) if typing else exact


def _guess(corpus: Corpus, word: str, known: KnownWords) -> tuple[Term, ...]:
    """The first words of which the typed one is the beginning, else those it is a slip of."""
    for listed in word_lists(corpus, known.edition):
        if len(word) >= SHORTEST_PREFIX and listed.has_prefix(word):
            return (Term(word, is_prefix=True), *_all_terms(corpus, listed.begun(word)))
        near = listed.nearest(word)
        if near:
            return _all_terms(corpus, near)
    return (Term(word),)


def _all_terms(corpus: Corpus, forms: tuple[str, ...]) -> tuple[Term, ...]:
    known = known_words(corpus, forms).terms
    meant = dict.fromkeys(one for form in forms for one in (form, *known.get(form, ())))
    return tuple(map(Term, meant))
