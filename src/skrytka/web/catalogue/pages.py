"""The results of a search, laid out: lines with marks, filters with counts, pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from skrytka.catalogue.queries import (
    CardLine,
    CardView,
    CategoryRef,
    card_lines,
    catalogue_frame,
)
from skrytka.catalogue.search.cards import FoundCards, find_cards
from skrytka.catalogue.search.marks import Piece, marked_names
from skrytka.ui.parts import Choice, Pill
from skrytka.web.catalogue.texts import AUDIENCES, found_text, page_text, pills_of
from skrytka.web.catalogue.wanted import AUDIENCE, ORDERS, SIGNATURE, SIGNATURES, TOPIC, Wanted

PER_PAGE = 10


@dataclass(frozen=True)
class ResultLine:
    """One card of the list; the words looked for are marked in its name."""

    card: CardLine
    name: tuple[Piece, ...]
    pills: tuple[Pill, ...]


@dataclass(frozen=True)
class Filter:
    """A group of checkboxes."""

    id: str
    name: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ResultsPage:
    """What the page of the catalogue shows."""

    wanted: Wanted
    lines: tuple[ResultLine, ...]
    filters: tuple[Filter, ...]
    orders: tuple[Choice, ...]
    page: Page[int]
    found: str
    status: str
    general: CardView | None


def results_page(wanted: Wanted, page_no: str) -> ResultsPage:
    """This will search and lay the results out."""
    found = find_cards(wanted.text, wanted.filters, wanted.order)
    page: Page[int] = Paginator(found.ids, PER_PAGE).get_page(page_no)
    frame = catalogue_frame(found.question.edition)
    count = len(found.ids)
    return ResultsPage(
        wanted=wanted,
        lines=_lines(tuple(page.object_list), found),
        filters=_filters(wanted, found, frame.topics),
        orders=_orders(wanted),
        page=page,
        found=found_text(count),
        status=page_text(count, page.number, page.paginator.num_pages),
        general=frame.general,
    )


def plain_lines(cards: Iterable[CardLine]) -> tuple[ResultLine, ...]:
    """This will lay cards out with nothing marked, as in a topic."""
    return tuple(
        ResultLine(card, (Piece(card.name, is_marked=False),), pills_of(card)) for card in cards
    )


def _lines(ids: tuple[int, ...], found: FoundCards) -> tuple[ResultLine, ...]:
    cards = card_lines(ids)
    names = marked_names(tuple(card.name for card in cards), found.question)
    return tuple(
        ResultLine(card, name, pills_of(card)) for card, name in zip(cards, names, strict=True)
    )


def _filters(
    wanted: Wanted, found: FoundCards, topics: tuple[CategoryRef, ...]
) -> tuple[Filter, ...]:
    counts = found.counts
    ticked = wanted.filters
    audiences = tuple(
        Choice(kind.value, str(text), "", kind in ticked.audience, counts.audience[kind])
        for kind, text in AUDIENCES.items()
    )
    signatures = tuple(
        Choice(value, text, "", code in ticked.signature, counts.signature[code])
        for (value, code), text in zip(
            SIGNATURES.items(), (_("Wymaga podpisu"), _("Bez podpisu")), strict=True
        )
    )
    subjects = tuple(
        Choice(topic.slug, topic.name, "", topic.slug in ticked.topics, counts.topics[topic.slug])
        for topic in topics
        if counts.topics[topic.slug] or topic.slug in ticked.topics
    )
    groups = (
        Filter("kto", AUDIENCE, _("Kto załatwia sprawę"), audiences),
        Filter("temat", TOPIC, _("Temat"), subjects),
        Filter("podpis", SIGNATURE, _("Podpis"), signatures),
    )
    return tuple(group for group in groups if group.choices)


def _orders(wanted: Wanted) -> tuple[Choice, ...]:
    texts = (_("Najtrafniejsze"), _("Od A do Z"))
    return tuple(
        Choice(value, text, checked=order is wanted.order)
        for (value, order), text in zip(ORDERS.items(), texts, strict=True)
    )
