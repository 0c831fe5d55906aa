"""To whom: institutions by what a person types, and which of their boxes a letter goes to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from skrytka.accounts.models import Box, Institution
from skrytka.accounts.queries import BoxView, SenderKind
from skrytka.accounts.queries.institutions import box_view
from skrytka.catalogue.models import RequiredSignature
from skrytka.catalogue.search.addressees import find_addressees
from skrytka.catalogue.search.indexing import follow_institutions


class BoxReason(StrEnum):
    """Why this box. The edge says it in Polish."""

    FOR_PERSONS = "FOR_PERSONS"
    FOR_COMPANIES = "FOR_COMPANIES"
    FOR_ASSOCIATIONS = "FOR_ASSOCIATIONS"
    FOR_INSTITUTIONS = "FOR_INSTITUTIONS"
    TAKES_UNSIGNED = "TAKES_UNSIGNED"
    BASIC = "BASIC"
    ONLY_OPEN = "ONLY_OPEN"


@dataclass(frozen=True)
class BoxChoice:
    box: BoxView
    reason: BoxReason


@dataclass(frozen=True)
class AddresseeLine:
    """An institution to write to, with its boxes: the basic one first."""

    institution_id: int
    entity: str
    name: str
    town: str
    boxes: tuple[BoxView, ...]


@dataclass(frozen=True)
class AddresseeLines:
    """Some of the institutions found. `is_cut`: there are more than `count`, too many to list."""

    lines: tuple[AddresseeLine, ...]
    count: int
    is_cut: bool


def addressees_matching(text: str, *, start: int = 0, limit: int = 10) -> AddresseeLines:
    """This will find institutions by name, town or box address; words may be only begun.

    An institution that changed a moment ago is already found by what it is called now.
    """
    follow_institutions()
    found = find_addressees(text)
    lines = _lines(found.ids[start : start + limit])
    return AddresseeLines(lines, len(found.ids), found.is_cut)


def _lines(ids: tuple[int, ...]) -> tuple[AddresseeLine, ...]:
    """One statement for institutions with boxes, which is nearly always all of them."""
    boxes: defaultdict[int, list[Box]] = defaultdict(list)
    for box in Box.objects.filter(institution__in=ids).select_related("institution").order_by():
        boxes[box.institution_id].append(box)
    rows = {key: some[0].institution for key, some in boxes.items()}
    without = [one for one in ids if one not in rows]
    rows |= Institution.objects.in_bulk(without)
    found = [rows[one] for one in ids if one in rows and rows[one].is_active]
    return tuple(_line(row, boxes[row.pk]) for row in found)


def _line(row: Institution, boxes: list[Box]) -> AddresseeLine:
    ordered = sorted(boxes, key=lambda box: (not box.is_basic, box.name))
    return AddresseeLine(row.pk, row.entity, row.name, row.town, tuple(map(box_view, ordered)))


REASONS = {
    SenderKind.PERSON: BoxReason.FOR_PERSONS,
    SenderKind.COMPANY: BoxReason.FOR_COMPANIES,
    SenderKind.ASSOCIATION: BoxReason.FOR_ASSOCIATIONS,
    SenderKind.INSTITUTION: BoxReason.FOR_INSTITUTIONS,
}


def choose_box(
    boxes: Iterable[BoxView],
    sender_kind: SenderKind,
    signature: RequiredSignature = RequiredSignature.RECOMMENDED,
) -> BoxChoice | None:
    """This will choose a box by the sender's kind; None when the institution has no open box.

    Signed letters of citizens, companies and associations go to the box that is there for them;
    letters that need no signature, and those between institutions, to the basic one (rules of the
    Cieszyn boxes). A closed box is never chosen.
    """
    open_boxes = [box for box in boxes if box.is_open]
    meant = [box for box in open_boxes if sender_kind in box.sender_kinds]
    basic = next((box for box in open_boxes if box.is_basic), None)
    if signature is RequiredSignature.NOT_NEEDED and basic and basic.accepts_unsigned:
        return BoxChoice(basic, BoxReason.TAKES_UNSIGNED)
    if sender_kind is SenderKind.INSTITUTION and basic:
        return BoxChoice(basic, BoxReason.FOR_INSTITUTIONS)
    own = min(meant, key=_generality, default=None)
    if own and (not own.is_basic):
        return BoxChoice(own, REASONS[sender_kind])
    if basic:
        return BoxChoice(basic, BoxReason.BASIC)
    first = next(iter(meant or open_boxes), None)
    return BoxChoice(first, BoxReason.ONLY_OPEN) if first else None


def _generality(box: BoxView) -> tuple[int, bool, str]:
    """A box meant for fewer kinds of senders is the more fitting one."""
    return len(box.sender_kinds), not box.is_basic, box.name
