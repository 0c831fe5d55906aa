"""Putting cards and addressees into their indexes."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from skrytka.accounts.models import Institution, InstitutionChange
from skrytka.accounts.operations.changes import take_up_changes
from skrytka.catalogue.models import Category, Corpus, ServiceCard
from skrytka.catalogue.search import engine
from skrytka.catalogue.search.engine import ADDRESSEES, CARDS
from skrytka.catalogue.search.facets import CardFacets, packed
from skrytka.catalogue.search.rows import IndexRow
from skrytka.catalogue.search.texts import Lesson
from skrytka.catalogue.search.vocabulary import forget, hold, learn
from skrytka.catalogue.search.words import fold, polish_order

ROWS_AT_ONCE = 1000
MANY = 100


@transaction.atomic
def index_cards(ids: Iterable[int]) -> None:
    """This will index these cards; those that are no longer active leave the index."""
    hold(Corpus.CARDS)
    asked = list(ids)
    rows = ServiceCard.objects.filter(id__in=asked, is_active=True).select_related("institution")
    paths = category_paths()
    lesson = Lesson()
    found = [_card_row(card, paths, lesson) for card in rows]
    engine.remove(CARDS, asked)
    engine.put(CARDS, found)
    _settle(CARDS, len(asked))
    learn(Corpus.CARDS, lesson.seen, lesson.inflected)


@transaction.atomic
def index_addressees(ids: Iterable[int] | None = None) -> None:
    """This will index these institutions with their boxes, or all of them anew."""
    hold(Corpus.ADDRESSEES)
    if ids is None:
        take_up_changes(InstitutionChange.objects.values_list("id", flat=True))
        engine.clear(ADDRESSEES)
        forget(Corpus.ADDRESSEES)
    asked = list(Institution.objects.values_list("id", flat=True) if ids is None else ids)
    lesson = Lesson()
    for some in _batches(asked):
        rows = Institution.objects.filter(id__in=some, is_active=True).prefetch_related("boxes")
        engine.remove(ADDRESSEES, some)
        engine.put(ADDRESSEES, [_addressee_row(row, lesson) for row in rows])
    _settle(ADDRESSEES, len(asked))
    learn(Corpus.ADDRESSEES, lesson.seen, lesson.inflected)


def follow_institutions() -> None:
    """This will index the institutions that are marked as changed since the last time.

    Cheap when nothing happened: a look at an empty table. The index is derived and holds nothing of
    its own, so whoever asks may bring it up to date.
    """
    if InstitutionChange.objects.exists():
        _catch_up()


@transaction.atomic
def _catch_up() -> None:
    """One at a time: the second one finds nothing left to do."""
    hold(Corpus.ADDRESSEES)
    marks = dict(InstitutionChange.objects.values_list("id", "institution_id"))
    if marks:
        index_addressees(sorted(set(marks.values())))
        take_up_changes(marks)


def category_paths() -> dict[int, tuple[str, ...]]:
    """This will return the slugs from the top of the tree down to each category."""
    rows = {row.pk: row for row in Category.objects.all()}

    def path(row: Category) -> tuple[str, ...]:
        above = path(rows[row.parent_id]) if row.parent_id else ()
        return (*above, row.slug)

    return {key: path(row) for key, row in rows.items()}


def _card_row(card: ServiceCard, paths: dict[int, tuple[str, ...]], lesson: Lesson) -> IndexRow:
    institution = card.institution
    place = f"{institution.name} {institution.town}" if institution else ""
    more = (card.summary, card.description, card.unit, place)
    facets = CardFacets(
        audience=tuple(card.audience),
        topics=paths[card.category_id],
        signature=card.required_signature,
    )
    return IndexRow(
        id=card.pk,
        first=lesson.indexed(card.name),
        second=lesson.indexed(f"{' '.join(card.synonyms)} {card.code}"),
        third=lesson.indexed(" ".join(more)),
        facets=packed(facets, card.popularity),
        sort_key=polish_order(card.name),
    )


def _addressee_row(row: Institution, lesson: Lesson) -> IndexRow:
    addresses = " ".join(box.name for box in row.boxes.all())
    return IndexRow(
        id=row.pk,
        first=lesson.indexed(f"{row.name} {row.short_name}"),
        second=lesson.indexed(f"{row.town} {row.commune}"),
        third=lesson.indexed(f"{row.entity} {addresses}"),
        facets=fold(row.town),
        sort_key=fold(row.name),
    )


def _settle(table: str, count: int) -> None:
    if count >= MANY:
        engine.settle(table)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + ROWS_AT_ONCE] for at in range(0, len(ids), ROWS_AT_ONCE))
