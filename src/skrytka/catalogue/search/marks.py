"""Which words of a name a question has found."""

from dataclasses import dataclass

from skrytka.catalogue.models import Corpus
from skrytka.catalogue.search.questions import Question
from skrytka.catalogue.search.vocabulary import known_words
from skrytka.catalogue.search.words import fold, word_places


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked when it is what was looked for."""

    text: str
    is_marked: bool


def marked_names(names: tuple[str, ...], question: Question) -> tuple[tuple[Piece, ...], ...]:
    """This will mark the names of cards."""
    return marked(Corpus.CARDS, names, question)


def marked(
    corpus: Corpus, texts: tuple[str, ...], question: Question
) -> tuple[tuple[Piece, ...], ...]:
    """This will cut each text into pieces; the words that a question has found are marked."""
    folded = {text[a:b]: fold(text[a:b]) for text in texts for a, b in word_places(text)}
    terms = known_words(corpus, set(folded.values())).terms if question.groups else {}
    hits = {
        word for word, plain in folded.items() if _is_met(question, (plain, *terms.get(plain, ())))
    }
    return tuple(_pieces(text, hits) for text in texts)


def _is_met(question: Question, variants: tuple[str, ...]) -> bool:
    asked = [term for group in question.groups for term in group]
    exact = {term.text for term in asked if not term.is_prefix}
    begun = tuple(term.text for term in asked if term.is_prefix)
    return not exact.isdisjoint(variants) or bool(begun and variants[0].startswith(begun))


def _pieces(text: str, hits: set[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = 0
    for start, end in word_places(text):
        if text[start:end] in hits:
            pieces += [
                Piece(text[at:start], is_marked=False),
                Piece(text[start:end], is_marked=True),
            ]
            at = end
    pieces.append(Piece(text[at:], is_marked=False))
    return tuple(piece for piece in pieces if piece.text)
