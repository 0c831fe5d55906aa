"""The Polish dictionary: loaded once, and only by what indexes."""

from functools import cache, lru_cache

from morfeusz2 import Morfeusz

from skrytka.catalogue.search.words import fold


@lru_cache(maxsize=20_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """This will list the dictionary forms a word may come from, folded; an unknown word is its own.

    „zaświadczenia” is zaswiadczenie and zaswiadczyc; „Cieszynie” is cieszyn, cieszyna, cieszyno.
    """
    return tuple(dict.fromkeys(fold(lemma) for lemma in _raw_lemmas(word)))


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> tuple[tuple[str, str], ...]:
    """This will list every inflected form of a word's lemmas: pairs of form and lemma, folded."""
    pairs = {(fold(lemma), fold(lemma)) for lemma in _raw_lemmas(word)}
    for lemma in _raw_lemmas(word):
        pairs |= {(fold(found[0]), fold(lemma)) for found in _dictionary().generate(lemma)}
    return tuple(sorted((form, lemma) for form, lemma in pairs if form.isalnum()))


def _raw_lemmas(word: str) -> list[str]:
    """The lemma carries a mark of the homonym after a colon: „zamek:S1”."""
    if not any(letter.isalpha() for letter in word):
        return [word]
    found = (one[2][1].partition(":")[0] for one in _dictionary().analyse(word))
    return [lemma for lemma in dict.fromkeys(found) if fold(lemma).isalnum()] or [word]


@cache
def _dictionary() -> Morfeusz:
    return Morfeusz(generate=True, analyse=True, praet="composite")
