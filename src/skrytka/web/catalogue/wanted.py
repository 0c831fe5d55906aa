"""What the address of the catalogue asks for, and that address again."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from skrytka.accounts.queries import PartyKind
from skrytka.catalogue.search.cards import SIGNED, UNSIGNED, CardFilters, CardOrder

LONGEST_TEXT = 200
# The names of the parameters stand in people's bookmarks.
AUDIENCE, TOPIC, SIGNATURE, ORDER = "kto", "temat", "podpis", "kolejnosc"
SIGNATURES = {"tak": SIGNED, "nie": UNSIGNED}
ORDERS = {"trafnosc": CardOrder.BEST, "nazwa": CardOrder.NAME}


@dataclass(frozen=True)
class Wanted:
    """The words looked for, the filters ticked and the order, each in the product's own words."""

    text: str
    filters: CardFilters
    order: CardOrder
    address_part: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters.audience or self.filters.topics or self.filters.signature)


def wanted_of(asked: QueryDict) -> Wanted:
    """This will read the address; what nobody could tick is passed over."""
    text = asked.get("q", "").replace("\0", "").strip()[:LONGEST_TEXT]
    audience = [kind for kind in asked.getlist(AUDIENCE) if kind in PartyKind]
    topics = [slug for slug in asked.getlist(TOPIC) if slug.replace("-", "").isalnum()]
    signature = [code for code in asked.getlist(SIGNATURE) if code in SIGNATURES]
    order = asked.get(ORDER, "")
    pairs = (
        *_pairs("q", [text] if text else []),
        *_pairs(AUDIENCE, audience),
        *_pairs(TOPIC, topics),
        *_pairs(SIGNATURE, signature),
        *_pairs(ORDER, [order] if order in ORDERS else []),
    )
    filters = CardFilters(
        audience=frozenset(audience),
        topics=frozenset(topics),
        signature=frozenset(SIGNATURES[code] for code in signature),
    )
    return Wanted(text, filters, ORDERS.get(order, CardOrder.BEST), urlencode(pairs))


def _pairs(name: str, values: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for value in dict.fromkeys(values))
