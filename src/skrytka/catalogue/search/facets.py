"""What cards are filtered by, carried along in the index so that counting needs no second look."""

from dataclasses import dataclass
from functools import lru_cache

SEPARATOR = "|"


@dataclass(frozen=True)
class CardFacets:
    """For whom (PartyKind codes), the topics from the top down, the signature, how often used."""

    audience: tuple[str, ...]
    topics: tuple[str, ...]
    signature: str
    popularity: int

    def packed(self) -> str:
        parts = (" ".join(self.audience), " ".join(self.topics), self.signature)
        return SEPARATOR.join((*parts, str(self.popularity)))


@lru_cache(maxsize=20_000)
def unpacked(text: str) -> CardFacets:
    audience, topics, signature, popularity = text.split(SEPARATOR)
    return CardFacets(tuple(audience.split()), tuple(topics.split()), signature, int(popularity))
