"""Words of a text, folded: small letters without diacritics."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# NFKD does not take these apart; the full-text engines do not fold them either.
_WHOLE_LETTERS = str.maketrans("łŁøØđĐ", "lLoOdD")
# Ukrainian as a Pole would write it: many words are nearly the same („скарга”, „школа”, „податок”).
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ыэёъ"
_AS_HEARD = "a b w g g d e je z z y i i j k l m n o p r s t u f ch c cz sz szcz - ju ja - y e jo -"
_SOUNDS = str.maketrans(
    {
        letter: sound.strip("-")
        for letter, sound in zip(_CYRILLIC, _AS_HEARD.split(" "), strict=True)
        if letter != " "
    }
)
_WORD = re.compile(r"[^\W_]+")
# Words that say nothing about the subject; folded.
_SAY_NOTHING = """
    a aby albo ale bez byc by ci co czy dla do i ich ja jak jako jest jego jej jesli juz ktory
    ktora ktore lub ma mam mi moj moja moje moze mozna mu na nad nie o od oraz po pod przed przez
    przy sa sie tak te tego tej ten to tym u w we z za ze zeby
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split())
ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_RANKS = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}


def fold(text: str) -> str:
    """This will write a text in small Latin letters without diacritics: „Łódź” is lodz."""
    latin = text.casefold().translate(_SOUNDS).translate(_WHOLE_LETTERS)
    apart = unicodedata.normalize("NFKD", latin).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text: str) -> tuple[str, ...]:
    """This will list the words of a text as they stand in it, marks and spaces left out."""
    return tuple(_WORD.findall(text))


def word_places(text: str) -> Iterator[tuple[int, int]]:
    """This will tell where each word of `words_of` begins and ends."""
    return (found.span() for found in _WORD.finditer(text))


def meaningful(folded: Iterable[str]) -> tuple[str, ...]:
    """This will leave out words such as „dla” and „o”, unless nothing else is there."""
    listed = tuple(folded)
    return tuple(word for word in listed if word not in STOP_WORDS) or listed


def polish_order(text: str) -> str:
    """This will make a key that sorts as the Polish alphabet does, whatever the database."""
    return "".join(_RANKS.get(letter, letter) for letter in text.casefold())
