"""A letter as a person reads it, taken from the very bytes that are signed and sent.

Nothing here comes from the draft: what the page shows is what parsing the document gives.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from skrytka.core.documents.letter import (
    Address,
    AttachmentRef,
    InstitutionParty,
    LetterFacts,
    LetterUnreadable,
    OrganisationParty,
    PersonParty,
    read_letter,
)
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact

Sender = PersonParty | OrganisationParty


@dataclass(frozen=True)
class PaperFile:
    """An attachment as the document names it; the digest is hexadecimal SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class Paper:
    """The parts of a rendered letter, from top to bottom."""

    title: str
    head: tuple[Fact, ...]
    answers: tuple[Fact, ...]
    paragraphs: tuple[str, ...]
    files: tuple[PaperFile, ...]


def paper_of(document: bytes | None) -> Paper | None:
    """This will render the document for reading; None when it is not a letter in our pattern."""
    if document is None:
        return None
    try:
        letter = read_letter(document)
    except LetterUnreadable:
        return None
    return Paper(
        title=letter.title,
        head=_head(letter),
        answers=tuple(Fact(field.label, (field.value,)) for field in letter.fields),
        paragraphs=letter.paragraphs,
        files=tuple(_file(attachment) for attachment in letter.attachments),
    )


def _head(letter: LetterFacts) -> tuple[Fact, ...]:
    written = " ".join(filter(None, (letter.place and f"{letter.place},", day(letter.written_on))))
    rows = [
        Fact(_("Data"), (written,)),
        Fact(_("Nadawca"), _sender_lines(letter.sender)),
        Fact(_("Adresat"), _addressee_lines(letter.addressee)),
    ]
    if letter.acting is not None:
        acting = f"{letter.acting.given_name} {letter.acting.family_name}"
        rows.insert(2, Fact(_("Pismo składa"), (acting,)))
    return tuple(rows)


def _sender_lines(sender: Sender) -> tuple[str, ...]:
    numbers: tuple[str, ...] = ()
    if isinstance(sender, OrganisationParty):
        known = (("NIP", sender.nip), ("REGON", sender.regon), ("KRS", sender.krs))
        numbers = tuple(f"{label} {value}" for label, value in known if value)
    lines = (sender.name, *numbers, *_address_lines(sender.address), sender.email or "")
    return tuple(line for line in (*lines, sender.box_address) if line)


def _addressee_lines(addressee: InstitutionParty) -> tuple[str, ...]:
    lines = (addressee.name, *_address_lines(addressee.address), addressee.box_address)
    return tuple(line for line in lines if line)


def _address_lines(address: Address | None) -> tuple[str, ...]:
    if address is None:
        return ()
    house = "/".join(filter(None, (address.building, address.flat)))
    street = " ".join(filter(None, (address.street or (address.town if house else ""), house)))
    town = " ".join(filter(None, (address.postal_code, address.town)))
    return (street, town)


def _file(attachment: AttachmentRef) -> PaperFile:
    return PaperFile(attachment.file_name, attachment.size or 0, attachment.sha256 or "")
