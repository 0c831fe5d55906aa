"""The path that the pages of the catalogue show."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from skrytka.catalogue.queries import CardView, CategoryNode
from skrytka.ui.parts import Crumb

Crumbs = tuple[Crumb, ...]


def catalogue_crumb(*, is_last: bool = False) -> Crumbs:
    url = "" if is_last else reverse("web:catalogue")
    return (Crumb(_("Start"), reverse("web:start")), Crumb(_("Katalog spraw"), url))


def category_crumbs(tree: Iterable[CategoryNode], slug: str) -> Crumbs:
    """This will lead from the start to a topic, which itself is no link."""
    path = path_to(tree, slug)
    above = (Crumb(node.name, reverse("web:category", args=[node.slug])) for node in path[:-1])
    return (*catalogue_crumb(), *above, *(Crumb(node.name) for node in path[-1:]))


def card_crumbs(card: CardView) -> Crumbs:
    """This will lead from the start over the topics to a card."""
    topics = (
        Crumb(topic.name, reverse("web:category", args=[topic.slug]))
        for topic in card.category_path
    )
    return (*catalogue_crumb(), *topics, Crumb(card.name))


def path_to(tree: Iterable[CategoryNode], slug: str) -> tuple[CategoryNode, ...]:
    """This will return the nodes from the top of the tree to a slug, none when it is not there."""
    for node in tree:
        below = path_to(node.children, slug)
        if node.slug == slug or below:
            return (node, *below)
    return ()


def node_of_slug(tree: Iterable[CategoryNode], slug: str) -> CategoryNode | None:
    return next(iter(path_to(tree, slug)[-1:]), None)
