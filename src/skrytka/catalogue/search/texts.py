"""A text as the index stores it, and the words it teaches."""

from dataclasses import dataclass, field

from skrytka.catalogue.search.dictionary import forms_of, lemmas_of
from skrytka.catalogue.search.words import STOP_WORDS, fold, words_of


@dataclass
class Lesson:
    """Words met while indexing: pairs of form and term."""

    seen: set[tuple[str, str]] = field(default_factory=set)
    inflected: set[tuple[str, str]] = field(default_factory=set)

    def indexed(self, text: str) -> str:
        """This will write a text as folded words with their lemmas, each once, and learn them."""
        stored: dict[str, None] = {}
        for word in dict.fromkeys(words_of(text)):
            folded = fold(word)
            if folded and folded not in STOP_WORDS:
                stored |= dict.fromkeys((folded, *self._learnt(word, folded)))
        return " ".join(stored)

    def _learnt(self, word: str, folded: str) -> tuple[str, ...]:
        # A name at the beginning of a sentence may be a common word: both readings count.
        lemmas = tuple(dict.fromkeys((*lemmas_of(word), *lemmas_of(word.lower()))))
        pair = (folded, folded)
        if pair not in self.seen:
            self.inflected |= {*forms_of(word), *forms_of(word.lower())}
        self.seen |= {pair, *((folded, lemma) for lemma in lemmas)}
        self.seen |= {(lemma, lemma) for lemma in lemmas}
        return lemmas
