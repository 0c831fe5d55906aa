"""Questions about categories and service cards. Answers are frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, QuerySet

from skrytka.accounts.queries import PartyKind
from skrytka.catalogue.models import Category, RequiredSignature, ServiceCard
from skrytka.catalogue.operations import Fee

__all__ = [
    "GENERAL_CARD",
    "CardLine",
    "CardView",
    "CatalogueFrame",
    "CategoryNode",
    "CategoryRef",
    "Fee",
    "RequiredSignature",
    "card_lines",
    "card_of_slug",
    "cards_in",
    "catalogue_frame",
    "category_tree",
    "general_card",
]

# „Pismo ogólne do podmiotu publicznego”: for every case that has no card of its own.
GENERAL_CARD = "pismo-ogolne"


@dataclass(frozen=True)
class CategoryRef:
    """A category by the name people see and the slug its address has."""

    slug: str
    name: str


@dataclass(frozen=True)
class CategoryNode:
    """A category in the tree; `card_count` counts the active cards in it and below it."""

    slug: str
    name: str
    card_count: int
    children: tuple["CategoryNode", ...]


@dataclass(frozen=True)
class CatalogueFrame:
    """What stands around results: the topics, and the card for letters about anything."""

    topics: tuple[CategoryRef, ...]
    general: "CardView | None"


@dataclass(frozen=True)
class CardLine:
    """A card as one line of a list."""

    id: int
    slug: str
    name: str
    summary: str
    institution_name: str
    required_signature: RequiredSignature
    fees: tuple[Fee, ...]
    time_limit: str


@dataclass(frozen=True)
class CardView:
    """A service card with every field of the union schema; lists hold one line each.

    `institution_id` is None for a central card. `category_path` leads from the top of the tree.
    """

    id: int
    code: str
    slug: str
    name: str
    category_path: tuple[CategoryRef, ...]
    institution_id: int | None
    institution_name: str
    institution_entity: str
    summary: str
    description: str
    audience: tuple[PartyKind, ...]
    unit: str
    legal_basis: tuple[str, ...]
    documents_required: tuple[str, ...]
    documents_to_show: tuple[str, ...]
    fees: tuple[Fee, ...]
    where_and_how: str
    time_limit: str
    appeal: str
    remarks: str
    templates: tuple[str, ...]
    required_signature: RequiredSignature
    channel_effect: str
    synonyms: tuple[str, ...]
    form_id: int
    updated_on: date
    responsible: str
    popularity: int


def card_of_slug(slug: str) -> CardView | None:
    """This will find an active card by the last part of its address."""
    row = _cards().filter(slug=slug).first()
    return _card_view(row) if row else None


def time_limit_of(code: str) -> str:
    """This will return how long a service takes, as its card says now; empty where it does not."""
    row = ServiceCard.objects.filter(code=code).values_list("time_limit", flat=True).first()
    return row or ""


def general_card() -> CardView | None:
    """This will return the central card for letters about anything."""
    central = _cards().filter(institution=None).order_by("id")
    row = central.filter(slug=GENERAL_CARD).first() or central.first()
    return _card_view(row) if row else None


def category_tree() -> tuple[CategoryNode, ...]:
    """This will return the categories as they are browsed, those without cards included."""
    cards = ServiceCard.objects.filter(is_active=True).order_by()
    counted = cards.values_list("category_id").annotate(count=Count("pk"))
    counts = dict(counted)
    children: dict[int | None, list[Category]] = {}
    for row in Category.objects.order_by("order", "name"):
        children.setdefault(row.parent_id, []).append(row)
    return tuple(_node(row, children, counts) for row in children.get(None, []))


@lru_cache(maxsize=1)
def catalogue_frame(_edition: str) -> CatalogueFrame:
    """This will return the frame of one edition of the index of cards: publishing makes a new one.

    Kept in memory, so that the results of a search do not ask for it every time.
    """
    rows = Category.objects.filter(parent=None).order_by("order", "name")
    return CatalogueFrame(tuple(CategoryRef(row.slug, row.name) for row in rows), general_card())


def cards_in(category_slug: str) -> tuple[CardLine, ...]:
    """This will list the active cards of a category and of those below it, by name."""
    ids = _ids_below(category_slug)
    return tuple(_lines(_cards().filter(category_id__in=ids).order_by("name")))


def card_lines(ids: tuple[int, ...]) -> tuple[CardLine, ...]:
    """This will return these cards in the order of their ids given."""
    found = {line.id: line for line in _lines(_cards().filter(id__in=ids).order_by())}
    return tuple(found[one] for one in ids if one in found)


def _lines(rows: QuerySet[ServiceCard]) -> Iterator[CardLine]:
    """Only the columns of a line: a card and its institution have fifty, some of them long."""
    told = rows.values_list("fees", "required_signature", "institution__name", *PLAIN_OF_A_LINE)
    for fees, signature, office, key, slug, name, summary, limit in told:
        needs = RequiredSignature(signature)
        yield CardLine(key, slug, name, summary, office or "", needs, _fees(fees), limit)


PLAIN_OF_A_LINE = ("id", "slug", "name", "summary", "time_limit")


def _cards() -> QuerySet[ServiceCard]:
    return ServiceCard.objects.filter(is_active=True).select_related("institution")


def _ids_below(slug: str) -> list[int]:
    rows = {row.pk: row for row in Category.objects.all()}

    def is_below(row: Category) -> bool:
        if row.slug == slug:
            return True
        return row.parent_id is not None and is_below(rows[row.parent_id])

    return [key for key, row in rows.items() if is_below(row)]


def _node(
    row: Category, children: dict[int | None, list[Category]], counts: dict[int, int]
) -> CategoryNode:
    below = tuple(_node(child, children, counts) for child in children.get(row.pk, []))
    count = counts.get(row.pk, 0) + sum(node.card_count for node in below)
    return CategoryNode(row.slug, row.name, count, below)


def _path(category: Category) -> tuple[CategoryRef, ...]:
    above = _path(category.parent) if category.parent else ()
    return (*above, CategoryRef(category.slug, category.name))


def _fees(stored: list[dict[str, str]]) -> tuple[Fee, ...]:
    return tuple(
        Fee(fee["amount"], fee.get("account", ""), fee.get("exemptions", "")) for fee in stored
    )


def _card_view(row: ServiceCard) -> CardView:
    institution = row.institution
    return CardView(
        id=row.pk,
        code=row.code,
        slug=row.slug,
        name=row.name,
        category_path=_path(row.category),
        institution_id=row.institution_id,
        institution_name=institution.name if institution else "",
        institution_entity=institution.entity if institution else "",
        summary=row.summary,
        description=row.description,
        audience=tuple(PartyKind(kind) for kind in row.audience),
        unit=row.unit,
        legal_basis=tuple(row.legal_basis),
        documents_required=tuple(row.documents_required),
        documents_to_show=tuple(row.documents_to_show),
        fees=_fees(row.fees),
        where_and_how=row.where_and_how,
        time_limit=row.time_limit,
        appeal=row.appeal,
        remarks=row.remarks,
        templates=tuple(row.templates),
        required_signature=RequiredSignature(row.required_signature),
        channel_effect=row.channel_effect,
        synonyms=tuple(row.synonyms),
        form_id=row.form_id,
        updated_on=row.updated_on,
        responsible=row.responsible,
        popularity=row.popularity,
    )
