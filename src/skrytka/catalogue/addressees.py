"""Which box of an institution a letter goes to, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from skrytka.accounts.queries import BoxView, SenderKind
from skrytka.catalogue.models import RequiredSignature


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
