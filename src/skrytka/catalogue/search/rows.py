"""What goes into the full-text index and what comes out, whichever engine keeps it."""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True)
class IndexRow:
    """Three texts of falling weight, as folded words with lemmas; `facets` travel along unread.

    `sort_key` orders by the Polish alphabet.
    """

    id: int
    first: str
    second: str
    third: str
    facets: str
    sort_key: str


@dataclass(frozen=True)
class Term:
    """One folded word to find, or the beginning of one."""

    text: str
    is_prefix: bool = False


# Every group must be met by one of its terms.
Groups = tuple[tuple[Term, ...], ...]


class Where(Enum):
    """Which of the three texts have to hold the words: one of them, or those down to one."""

    FIRST = auto()
    FIRST_TWO = auto()
    ANYWHERE = auto()


# A question and where its words have to stand.
Ask = tuple[Groups, Where]


@dataclass(frozen=True)
class Hit:
    """A row that was found, with what travels along."""

    id: int
    facets: str
    sort_key: str
