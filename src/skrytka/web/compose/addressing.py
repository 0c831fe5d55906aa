"""To whom: what a person typed or picked becomes one box, and the page says why that one."""

from dataclasses import dataclass, replace

from skrytka.accounts.queries import (
    BoxView,
    InstitutionView,
    PartyKind,
    SenderKind,
    box_of_address,
    institution_of_entity,
    institution_of_id,
)
from skrytka.catalogue.addressees import AddresseeLine, addressees_matching, choose_box
from skrytka.catalogue.queries import CardView
from skrytka.letters.queries.drafts import CardOfDraft, DraftView
from skrytka.ui.parts import Choice
from skrytka.web.addressees.texts import box_reason_text

MOST_LISTED = 20
Owner = InstitutionView | AddresseeLine


@dataclass(frozen=True)
class Sender:
    """Who writes, and whether what they write about needs a signature."""

    kind: PartyKind
    card: CardView | CardOfDraft


@dataclass(frozen=True)
class ChosenBox:
    """The box a letter goes to and the reason that the page shows."""

    box: BoxView
    reason: str


def box_for(value: str, sender: Sender) -> ChosenBox | None:
    """This will read a picked value: the address of a box, or the entity of an institution."""
    if not value.startswith("/"):
        institution = institution_of_entity(value)
        return chosen_box(institution, sender) if institution else None
    box = box_of_address(value)
    return ChosenBox(box, "") if box and _takes(box, sender.kind) else None


def box_of_card(sender: Sender) -> ChosenBox | None:
    """This will choose the box of the institution that settles the case; none for a general one."""
    owner_id = sender.card.institution_id
    institution = institution_of_id(owner_id) if owner_id else None
    return chosen_box(institution, sender) if institution else None


def chosen_box(institution: Owner, sender: Sender) -> ChosenBox | None:
    """This will choose the institution's box for the sender and say why."""
    choice = choose_box(
        institution.boxes, SenderKind(sender.kind.value), sender.card.required_signature
    )
    return ChosenBox(choice.box, box_reason_text(choice.reason)) if choice else None


def box_reason(draft: DraftView, kind: PartyKind) -> str:
    """This will say why the draft goes to its box; nothing when the person picked it themselves."""
    if draft.addressee is None:
        return ""
    institution = institution_of_id(draft.addressee.institution_id)
    sender = Sender(kind, draft.card)
    chosen = chosen_box(institution, sender) if institution else None
    return chosen.reason if chosen and chosen.box.id == draft.addressee.box_id else ""


def unsigned_box_of(draft: DraftView, kind: PartyKind) -> BoxView | None:
    """This will return another box of the addressee that takes letters without a signature."""
    box = draft.addressee
    institution = institution_of_id(box.institution_id) if box else None
    for other in institution.boxes if institution else ():
        if other.accepts_unsigned and _takes(other, kind):
            return other
    return None


def found_boxes(text: str, sender: Sender) -> tuple[Choice, ...]:
    """This will list every open box that fits the words, the one meant for the sender first."""
    choices: list[Choice] = []
    for line in addressees_matching(text.replace("\0", ""), limit=MOST_LISTED).lines:
        choices += _boxes_of(line, sender)
    return tuple(choices[:MOST_LISTED])


def boxes_beside(draft: DraftView, sender: Sender) -> tuple[Choice, ...]:
    """This will list the boxes of the chosen institution, so that another can be picked."""
    box = draft.addressee
    institution = institution_of_id(box.institution_id) if box else None
    if box is None or institution is None:
        return ()
    return tuple(
        replace(choice, checked=choice.value == box.box_address)
        for choice in _boxes_of(institution, sender)
    )


def _boxes_of(institution: Owner, sender: Sender) -> list[Choice]:
    chosen = chosen_box(institution, sender)
    if chosen is None:
        return []
    others = [
        Choice(box.address, _named(institution, box), box.purpose)
        for box in institution.boxes
        if box.id != chosen.box.id and _takes(box, sender.kind)
    ]
    first = Choice(chosen.box.address, _named(institution, chosen.box), chosen.reason)
    return [first, *others]


def _takes(box: BoxView, kind: PartyKind) -> bool:
    return box.is_open and (not box.sender_kinds or kind.value in box.sender_kinds)


def _named(institution: Owner, box: BoxView) -> str:
    return f"{institution.name}, {box.address}"
