"""Service cards in a tree of categories, and the versions of their forms."""

from skrytka.catalogue.models.cards import Category, RequiredSignature, ServiceCard
from skrytka.catalogue.models.forms import FormVersion

__all__ = ["Category", "FormVersion", "RequiredSignature", "ServiceCard"]
