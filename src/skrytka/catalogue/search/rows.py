"""What goes into the full-text index and what comes out, whichever engine keeps it."""

from dataclasses import dataclass

NO_LIMIT = 1_000_000


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


@dataclass(frozen=True)
class Hit:
    """A row that was found. `tier` 0: all in the first text, 1: in the first two, 2: anywhere.

    A higher score is better; scores of one answer can be compared, scores of two engines cannot.
    """

    id: int
    tier: int
    score: float
    facets: str
    sort_key: str
