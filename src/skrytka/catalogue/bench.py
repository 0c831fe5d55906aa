"""A large invented catalogue and directory to measure search on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from random import Random
from typing import TypeVar

from django.db import transaction

from skrytka.accounts.models import Box, Institution, SenderKind
from skrytka.catalogue.models import Category, FormVersion, RequiredSignature, ServiceCard
from skrytka.catalogue.search.indexing import index_addressees, index_cards
from skrytka.catalogue.search.words import fold
from skrytka.core.calendar import civil_date

Row = TypeVar("Row")
ROWS_AT_ONCE = 2000
KINDS = (
    "zaświadczenie", "wniosek", "zgłoszenie", "odwołanie", "skarga", "zezwolenie", "decyzja",
    "pozwolenie", "wpis", "odpis", "wypis", "deklaracja", "informacja", "zwolnienie", "ulga",
    "dofinansowanie", "stypendium", "zasiłek", "świadczenie", "refundacja", "licencja", "karta",
    "legitymacja", "umorzenie", "rejestracja", "wymeldowanie", "zameldowanie", "opinia",
)  # fmt: skip
THINGS = (
    "podatek", "nieruchomość", "działalność", "pojazd", "drzewo", "budynek", "lokal", "mieszkanie",
    "szkoła", "przedszkole", "uczeń", "pracownik", "wynagrodzenie", "emerytura", "renta", "dziecko",
    "rodzina", "małżeństwo", "urodzenie", "zgon", "nazwisko", "dowód", "paszport", "droga",
    "parking", "reklama", "alkohol", "sprzedaż", "odpady", "ścieki", "woda", "energia", "piec",
    "azbest", "zabytek", "grunt", "działka", "rozbiórka", "przebudowa", "zgromadzenie",
    "stowarzyszenie", "fundacja", "organizacja", "taksówka", "zwierzę", "pies", "targowisko",
    "dzierżawa", "najem",
)  # fmt: skip
ADJECTIVES = (
    "gminny", "powiatowy", "miejski", "wiejski", "rolny", "leśny", "szkolny", "socjalny",
    "publiczny", "prywatny", "czasowy", "stały", "jednorazowy", "zbiorowy", "pilny", "zagraniczny",
    "rodzinny", "techniczny", "budowlany", "wodny", "drogowy", "kulturalny", "sportowy", "medyczny",
)  # fmt: skip
OFFICES = (
    "Urząd Miejski w", "Urząd Gminy", "Starostwo Powiatowe w", "Ośrodek Pomocy Społecznej w",
    "Centrum Usług Wspólnych w", "Szkoła Podstawowa nr {n} w", "Przedszkole nr {n} w",
    "Biblioteka Publiczna w", "Powiatowy Urząd Pracy w", "Sąd Rejonowy w", "Zarząd Dróg w",
    "Muzeum Regionalne w", "Dom Kultury w", "Inspektorat Weterynarii w", "Straż Miejska w",
)  # fmt: skip
STARTS = ("Bor", "Brze", "Cie", "Dąb", "Gło", "Gra", "Jas", "Kar", "Lip", "Łom", "Mało", "Nowo",
          "Ole", "Prze", "Rado", "Sie", "Świę", "Tar", "Wiel", "Wło", "Zale", "Żar")  # fmt: skip
MIDDLES = ("bie", "cho", "dro", "gó", "ko", "li", "ma", "mie", "no", "ro", "rze", "sła", "szy",
           "to", "wo", "za", "zio", "że", "chno", "tyn")  # fmt: skip
ENDS = ("wice", "wo", "szyn", "sław", "ków", "rzec", "nica", "dz", "ław", "niki", "lin", "czyce",
        "grody", "łęka")  # fmt: skip


@dataclass(frozen=True)
class BenchWords:
    """What was put in: the towns, and the words of the cards."""

    towns: tuple[str, ...]
    rare: tuple[str, ...]


@transaction.atomic
def fill(cards: int, addressees: int, *, at: datetime, seed: int = 7) -> BenchWords:
    """This will put so many cards and addressees (boxes of half as many institutions) in place.

    Every card and every town holds a made-up word or two, so that the vocabulary has a long tail.
    """
    chance = Random(seed)  # noqa: S311 - an invented corpus, no secret
    towns = _invented(chance, max(20, addressees // 20))
    rare = _invented(chance, max(20, cards))
    _put_institutions(chance, towns, addressees // 2)
    _put_cards(chance, rare, cards, at)
    index_addressees()
    index_cards(ServiceCard.objects.values_list("id", flat=True))
    return BenchWords(towns, rare)


def _invented(chance: Random, count: int) -> tuple[str, ...]:
    words: dict[str, None] = {}
    while len(words) < count:
        middle = "".join(chance.choices(MIDDLES, k=chance.randint(0, 2)))
        words[f"{chance.choice(STARTS)}{middle}{chance.choice(ENDS)}"] = None
    return tuple(words)


def _put_institutions(chance: Random, towns: tuple[str, ...], count: int) -> None:
    rows = (_institution(chance, towns, number) for number in range(count))
    for some in _batches(rows):
        stored = Institution.objects.bulk_create(some)
        Box.objects.bulk_create(box for row in stored for box in _boxes(row))


def _institution(chance: Random, towns: tuple[str, ...], number: int) -> Institution:
    town = chance.choice(towns)
    office = chance.choice(OFFICES).format(n=chance.randint(1, 90))
    return Institution(
        entity=f"E{number}_{fold(town)}",
        name=f"{office} {town}",
        short_name=town,
        office_code=f"X{number}"[:12],
        town=town,
        commune=town,
    )


def _boxes(row: Institution) -> Iterator[Box]:
    kinds = [kind.value for kind in SenderKind]
    yield Box(institution=row, name="SkrytkaESP", is_basic=True, sender_kinds=kinds)
    yield Box(institution=row, name="skrytka", sender_kinds=kinds[:3])


def _put_cards(chance: Random, rare: tuple[str, ...], count: int, at: datetime) -> None:
    form = FormVersion.objects.create(
        code="BENCH", version=1, schema={"type": "object"}, layout=[], published_at=at
    )
    topics = [
        Category.objects.create(slug=f"bench-{number}", name=f"Temat {number}")
        for number in range(8)
    ]
    ids = list(Institution.objects.values_list("id", flat=True)[:200])
    rows = (_card(chance, rare[number], number) for number in range(count))
    for some in _batches(rows):
        for card in some:
            card.form, card.category = form, chance.choice(topics)
            card.institution_id = chance.choice(ids) if card.code != "B-0" else None
            card.updated_on = civil_date(at)
        ServiceCard.objects.bulk_create(some)


def _card(chance: Random, rare: str, number: int) -> ServiceCard:
    things = chance.sample(THINGS, 3)
    name = f"{chance.choice(KINDS)} {chance.choice(ADJECTIVES)} {things[0]} {rare}".capitalize()
    return ServiceCard(
        code=f"B-{number}",
        slug=f"b-{number}",
        name=name,
        summary=f"Dotyczy: {things[1]}, {things[2]}, {chance.choice(ADJECTIVES)} {rare}",
        description=" ".join(chance.choices((*KINDS, *THINGS, *ADJECTIVES), k=25)),
        synonyms=[chance.choice(THINGS), f"{chance.choice(KINDS)} {chance.choice(THINGS)}"],
        audience=chance.sample(["PERSON", "COMPANY", "ASSOCIATION"], 2),
        required_signature=chance.choice(list(RequiredSignature)),
        time_limit="do 30 dni",
        popularity=chance.randint(0, 500),
    )


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some
