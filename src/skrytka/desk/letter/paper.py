"""A letter as a clerk reads it, taken from the verified bytes of its document."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from skrytka.core.documents.letter import (
    Address,
    LetterFacts,
    LetterUnreadable,
    OrganisationParty,
    PersonParty,
    read_letter,
)
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact


@dataclass(frozen=True)
class Paper:
    """The parts of a rendered letter, from top to bottom."""

    title: str
    head: tuple[Fact, ...]
    paragraphs: tuple[str, ...]
    answers: tuple[Fact, ...]


def paper_of(document: bytes | None) -> Paper | None:
    """This will render the document for reading; None when there is nothing safe to show."""
    if document is None:
        return None
    try:
        letter = read_letter(document)
    except LetterUnreadable:
        return None
    answers = tuple(Fact(field.label, (field.value,)) for field in letter.fields)
    return Paper(letter.title, _head(letter), letter.paragraphs, answers)


def _head(letter: LetterFacts) -> tuple[Fact, ...]:
    written = " ".join(filter(None, (letter.place and f"{letter.place},", day(letter.written_on))))
    addressee = _lines(letter.addressee.name, letter.addressee.box_address)
    rows = [
        Fact(_("Data"), (written,)),
        Fact(_("Nadawca"), _sender(letter.sender)),
        Fact(_("Adresat"), addressee),
    ]
    if letter.acting is not None:
        acting = (f"{letter.acting.given_name} {letter.acting.family_name}",)
        rows.insert(2, Fact(_("Pismo składa"), acting))
    return tuple(rows)


def _sender(sender: PersonParty | OrganisationParty) -> tuple[str, ...]:
    numbers: tuple[str, ...] = ()
    if isinstance(sender, OrganisationParty):
        known = (("NIP", sender.nip), ("REGON", sender.regon), ("KRS", sender.krs))
        numbers = tuple(f"{label} {value}" for label, value in known if value)
    return _lines(sender.name, *numbers, *_postal(sender.address), sender.email, sender.box_address)


def _postal(address: Address | None) -> tuple[str, ...]:
    if address is None:
        return ()
    house = "/".join(filter(None, (address.building, address.flat)))
    street = " ".join(filter(None, (address.street or (address.town if house else ""), house)))
    return _lines(street, " ".join(filter(None, (address.postal_code, address.town))))


def _lines(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
