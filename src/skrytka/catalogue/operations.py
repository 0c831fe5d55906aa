"""Publishing: categories, service cards and form versions, idempotent by their codes."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from skrytka.catalogue.forms import JsonObject, JsonValue, read_form
from skrytka.catalogue.models import Category, FormVersion, RequiredSignature, ServiceCard
from skrytka.catalogue.search.indexing import index_addressees, index_cards

__all__ = [
    "CannotPublish",
    "Catalogue",
    "Fee",
    "NewCard",
    "NewCategory",
    "NewForm",
    "RequiredSignature",
    "publish",
    "reindex",
]


class CannotPublish(Exception):
    """This version of the form was published with other questions: publish the next version."""

    def __init__(self, code: str, version: int) -> None:
        super().__init__(f"{code}/{version}")
        self.code = code
        self.version = version


@dataclass(frozen=True)
class NewCategory:
    """A node of the tree; `parent` is the slug of the node above, empty at the top."""

    slug: str
    name: str
    parent: str = ""
    order: int = 0


@dataclass(frozen=True)
class NewForm:
    """A version of a form: JSON Schema 2020-12 of the answers, and the layout that asks them."""

    code: str
    version: int
    schema: JsonObject
    layout: list[JsonValue]


@dataclass(frozen=True)
class Fee:
    """An amount as text („17 zł”), the account to pay it to, and who need not pay."""

    amount: str
    account: str = ""
    exemptions: str = ""


@dataclass(frozen=True)
class NewCard:
    """A service card with the fields of the union schema; lists hold one line each."""

    code: str
    slug: str
    name: str
    category: str
    summary: str
    form: str
    required_signature: RequiredSignature
    updated_on: date
    institution_id: int | None = None
    description: str = ""
    audience: tuple[str, ...] = ("PERSON", "COMPANY", "ASSOCIATION")
    unit: str = ""
    legal_basis: tuple[str, ...] = ()
    documents_required: tuple[str, ...] = ()
    documents_to_show: tuple[str, ...] = ()
    fees: tuple[Fee, ...] = ()
    where_and_how: str = ""
    time_limit: str = ""
    appeal: str = ""
    remarks: str = ""
    templates: tuple[str, ...] = ()
    channel_effect: str = ""
    synonyms: tuple[str, ...] = ()
    responsible: str = ""
    popularity: int = 0


@dataclass(frozen=True)
class Catalogue:
    """What is published together."""

    categories: tuple[NewCategory, ...] = ()
    forms: tuple[NewForm, ...] = ()
    cards: tuple[NewCard, ...] = field(default=())


def publish(catalogue: Catalogue, *, at: datetime) -> None:
    """This will publish categories, then forms, then cards, and index what can be searched.

    A published form version is never changed. Raises FormFaultyError, CannotPublish.
    """
    with transaction.atomic():
        moved = [_publish_category(category) for category in catalogue.categories]
        for form in catalogue.forms:
            _publish_form(form, at)
        ids = [_publish_card(card) for card in catalogue.cards]
        index_cards(_all_cards() if any(moved) else ids)


def reindex() -> None:
    """This will index every card and addressee anew."""
    with transaction.atomic():
        index_cards(_all_cards())
        index_addressees()


def _all_cards() -> QuerySet[ServiceCard, int]:
    return ServiceCard.objects.values_list("id", flat=True)


def _publish_category(new: NewCategory) -> bool:
    """This will tell whether it has moved: its cards are filtered by the way down to them."""
    parent = Category.objects.get(slug=new.parent) if new.parent else None
    before = Category.objects.filter(slug=new.slug).first()
    Category.objects.update_or_create(
        slug=new.slug, defaults={"name": new.name, "parent": parent, "order": new.order}
    )
    return before is not None and before.parent != parent


def _publish_form(new: NewForm, at: datetime) -> None:
    read_form(new.code, new.version, new.schema, new.layout)
    stored, _created = FormVersion.objects.get_or_create(
        code=new.code,
        version=new.version,
        defaults={"schema": new.schema, "layout": new.layout, "published_at": at},
    )
    if (stored.schema, stored.layout) != (new.schema, new.layout):
        raise CannotPublish(new.code, new.version)


def _publish_card(new: NewCard) -> int:
    given = {name: getattr(new, name) for name in PLAIN}
    given |= {name: list(getattr(new, name)) for name in LISTS}
    given |= {
        "category": Category.objects.get(slug=new.category),
        "form": FormVersion.objects.filter(code=new.form).latest("version"),
        "fees": [vars(fee) for fee in new.fees],
    }
    card, _created = ServiceCard.objects.update_or_create(code=new.code, defaults=given)
    return card.pk


PLAIN = (
    *("slug", "name", "summary", "required_signature", "updated_on", "institution_id"),
    *("description", "unit", "where_and_how", "time_limit", "appeal", "remarks"),
    *("channel_effect", "responsible", "popularity"),
)
LISTS = (
    *("audience", "legal_basis", "documents_required", "documents_to_show"),
    *("templates", "synonyms"),
)
