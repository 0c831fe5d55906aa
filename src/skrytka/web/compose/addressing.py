"""To whom: what a person typed or picked becomes one box, and the page says why that one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from skrytka.accounts.queries import (
    BoxView,
    InstitutionView,
    PartyKind,
    box_of_address,
    institution_of_entity,
    institution_of_id,
)
from skrytka.accounts.queries.directory import find_institutions
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import Choice

MOST_LISTED = 20


@dataclass(frozen=True)
class ChosenBox:
    """The box a letter goes to and the reason that the page shows."""

    box: BoxView
    reason: str


def box_for(value: str, kind: PartyKind) -> ChosenBox | None:
    """This will read a picked value: the address of a box, or the entity of an institution."""
    if value.startswith("/"):
        box = box_of_address(value)
        return ChosenBox(box, "") if box and box.is_open else None
    institution = institution_of_entity(value)
    return choose_box(institution, kind) if institution else None


def choose_box(institution: InstitutionView, kind: PartyKind) -> ChosenBox | None:
    """This will choose the box meant for the sender's kind, otherwise the basic one."""
    open_boxes = [box for box in institution.boxes if box.is_open and takes(box, kind)]
    own = next((box for box in open_boxes if not box.is_basic), None)
    chosen = own or next(iter(open_boxes), None)
    return ChosenBox(chosen, reason_for(chosen, kind)) if chosen else None


def takes(box: BoxView, kind: PartyKind) -> bool:
    return kind.value in {sender.value for sender in box.sender_kinds}


def reason_for(box: BoxView, kind: PartyKind) -> str:
    """This will say why the letter goes to this box."""
    if box.is_basic:
        return _("To adres podstawowy tej instytucji.")
    return {
        PartyKind.PERSON: _("Piszesz jako osoba prywatna, więc wybraliśmy skrytkę dla obywateli."),
        PartyKind.COMPANY: _("Piszesz jako firma, więc wybraliśmy skrytkę dla firm."),
        PartyKind.ASSOCIATION: _(
            "Piszesz jako stowarzyszenie, więc wybraliśmy skrytkę dla stowarzyszeń."
        ),
    }[kind]


def box_reason(draft: DraftView, kind: PartyKind) -> str:
    """This will say why the draft goes to its box; nothing when the person picked it themselves."""
    if draft.addressee is None:
        return ""
    institution = institution_of_id(draft.addressee.institution_id)
    chosen = choose_box(institution, kind) if institution else None
    return chosen.reason if chosen and chosen.box.id == draft.addressee.box_id else ""


def found_boxes(text: str, kind: PartyKind, picked: str = "") -> tuple[Choice, ...]:
    """This will list every open box that fits the words, the one meant for the sender first."""
    choices: list[Choice] = []
    for entry in find_institutions(text):
        institution = institution_of_entity(entry.entity)
        if institution is not None:
            choices += _boxes_of(institution, kind, picked)
        if len(choices) >= MOST_LISTED:
            break
    return tuple(choices[:MOST_LISTED])


def _boxes_of(institution: InstitutionView, kind: PartyKind, picked: str) -> list[Choice]:
    chosen = choose_box(institution, kind)
    if chosen is None:
        return []
    first = chosen.box
    others = [box for box in institution.boxes if box.is_open and takes(box, kind)]
    ordered = [first, *(box for box in others if box.id != first.id)]
    return [
        Choice(
            box.address,
            f"{institution.name}, {box.address}",
            chosen.reason if box.id == first.id else box.purpose,
            checked=box.address == picked,
        )
        for box in ordered
    ]
