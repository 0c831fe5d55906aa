"""The list of institutions, light enough for tens of thousands of them."""

import unicodedata
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from skrytka.accounts.models import Box, Institution

# NFKD does not take these apart.
FOLDED = str.maketrans("łŁøØđĐ", "lLoOdD")


@dataclass(frozen=True)
class DirectoryEntry:
    """An institution as one line of a list; `basic_address` is empty without a basic box."""

    entity: str
    name: str
    town: str
    commune: str
    phone: str
    hours: tuple[str, ...]
    basic_address: str


def find_institutions(text: str = "") -> tuple[DirectoryEntry, ...]:
    """This will list active institutions by name: those that hold every word of `text`.

    Words are looked for in the name, the town and the box address, without regard to capitals and
    diacritics.
    """
    words = _folded(text).split()
    found = (entry for entry in map(_entry, _rows().order_by("name")) if _holds(entry, words))
    return tuple(found)


def first_institutions(limit: int) -> tuple[DirectoryEntry, ...]:
    """This will list the institutions that have been here longest; the first is the host."""
    return tuple(map(_entry, _rows().order_by("id")[:limit]))


def host_institution() -> DirectoryEntry | None:
    """This will return the institution this installation was set up for: the first one founded."""
    return next(iter(first_institutions(1)), None)


def neighbours_of(entity: str) -> tuple[DirectoryEntry, ...]:
    """This will list the other institutions of the same commune, those who came first on top.

    People write to the wrong one of several offices in one building; their pages point at each
    other.
    """
    commune = Subquery(Institution.objects.filter(entity=entity).values("commune")[:1])
    rows = _rows().exclude(commune="").filter(commune=commune).exclude(entity=entity)
    return tuple(map(_entry, rows.order_by("id")[:5]))


def _rows() -> QuerySet[Institution]:
    basic = Box.objects.filter(institution=OuterRef("pk"), is_basic=True).values("name")[:1]
    return Institution.objects.filter(is_active=True).annotate(basic_box_name=Subquery(basic))


def _entry(row: Institution) -> DirectoryEntry:
    box_name = getattr(row, "basic_box_name", None)
    return DirectoryEntry(
        entity=row.entity,
        name=row.name,
        town=row.town,
        commune=row.commune,
        phone=row.phone,
        hours=tuple(row.hours),
        basic_address=f"/{row.entity}/{box_name}" if box_name else "",
    )


def _holds(entry: DirectoryEntry, words: list[str]) -> bool:
    text = _folded(f"{entry.name} {entry.town} {entry.commune} {entry.basic_address}")
    return all(word in text for word in words)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(FOLDED)).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
