"""Service cards in a tree of categories, the versions of their forms, and what search knows."""

from skrytka.catalogue.models.cards import Category, RequiredSignature, ServiceCard
from skrytka.catalogue.models.forms import FormVersion
from skrytka.catalogue.models.search import Corpus, SearchState, SearchWord

__all__ = [
    "Category",
    "Corpus",
    "FormVersion",
    "RequiredSignature",
    "SearchState",
    "SearchWord",
    "ServiceCard",
]
