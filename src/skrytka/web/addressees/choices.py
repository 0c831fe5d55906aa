"""The institutions that fit what was typed, as radio buttons for `web/addressees/choices.html`."""

from skrytka.catalogue.queries_addressees import AddresseeLines, addressees_like
from skrytka.ui.parts import Choice

MOST_LISTED = 20
LONGEST_TYPED = 200


def addressees_for(typed: str, limit: int = MOST_LISTED) -> AddresseeLines:
    """This will search by what a person typed, however long."""
    return addressees_like(typed.replace("\0", "").strip()[:LONGEST_TYPED], limit)


def addressee_choices(found: AddresseeLines, chosen: str = "") -> tuple[Choice, ...]:
    """This will lay the institutions found out as choices; the value is their entity."""
    return tuple(
        Choice(line.entity, line.name, line.box_address, checked=line.entity == chosen)
        for line in found.lines
    )
