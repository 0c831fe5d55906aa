"""Whom one may write to, by the words a person types."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from skrytka.accounts.models import Box, Institution
from skrytka.catalogue.search.addressees import find_addressees
from skrytka.catalogue.search.indexing import follow_institutions


@dataclass(frozen=True)
class AddresseeLine:
    """An institution as one line of a list; `box_address` is the basic one, or the first open."""

    entity: str
    name: str
    town: str
    box_address: str


@dataclass(frozen=True)
class AddresseeLines:
    """The best that were found; `total` counts all, at least, when `is_more`."""

    lines: tuple[AddresseeLine, ...]
    total: int
    is_more: bool


def addressees_like(text: str, limit: int) -> AddresseeLines:
    """This will find active institutions with an open box by name, town or box address.

    The index follows institutions and boxes by itself: what was founded a moment ago is found.
    """
    follow_institutions()
    found = find_addressees(text)
    rows = Institution.objects.filter(id__in=found.ids[:limit], is_active=True)
    boxes = Box.objects.filter(institution=OuterRef("pk"), is_open=True)
    first = Subquery(boxes.order_by("-is_basic", "name").values("name")[:1])
    lines = {
        row.pk: AddresseeLine(row.entity, row.name, row.town, f"/{row.entity}/{row.first_box}")
        for row in rows.annotate(first_box=first).exclude(first_box=None)
    }
    listed = tuple(lines[one] for one in found.ids[:limit] if one in lines)
    return AddresseeLines(listed, len(found.ids), found.is_cut)
