"""The institutions that fit what was typed, as radio buttons for `web/addressees/choices.html`."""

from dataclasses import dataclass

from skrytka.catalogue.addressees import addressees_matching
from skrytka.ui.parts import Choice

MOST_LISTED = 20
LONGEST_TYPED = 200


@dataclass(frozen=True)
class Suggestion:
    """An institution as one line; `box_address` is its basic box, or its first open one."""

    entity: str
    name: str
    box_address: str


@dataclass(frozen=True)
class Suggestions:
    """The best that were found, of `count` altogether; of even more when `is_cut`."""

    lines: tuple[Suggestion, ...]
    count: int
    is_cut: bool


def suggestions_for(typed: str, limit: int = MOST_LISTED) -> Suggestions:
    """This will find institutions with an open box by what a person typed, however long."""
    found = addressees_matching(typed.replace("\0", "").strip()[:LONGEST_TYPED], limit=limit)
    lines = []
    for line in found.lines:
        box = next((box for box in line.boxes if box.is_open), None)
        if box is not None:
            lines.append(Suggestion(line.entity, line.name, box.address))
    return Suggestions(tuple(lines), found.count, found.is_cut)


def addressee_choices(found: Suggestions, chosen: str = "") -> tuple[Choice, ...]:
    """This will lay the institutions found out as choices; the value is their entity."""
    return tuple(
        Choice(line.entity, line.name, line.box_address, checked=line.entity == chosen)
        for line in found.lines
    )
