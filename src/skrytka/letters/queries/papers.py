"""A letter as a person reads it, taken from the very bytes that are signed and sent.

Nothing here comes from the draft: what the page shows is what parsing the document gives.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from skrytka.core.documents.letter import (
    ActingPerson,
    Address,
    AttachmentRef,
    LetterDirection,
    LetterFacts,
    LetterParty,
    LetterUnreadable,
    OrganisationParty,
    read_letter,
)
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact


@dataclass(frozen=True)
class PaperFile:
    """An attachment as the document names it; the digest is hexadecimal SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class Paper:
    """The parts of a rendered letter, from top to bottom.

    `direction` tells whether an institution writes; `case_mark` is empty where the letter bears
    none. Whatever else the letter says of itself stands in `head`.
    """

    direction: LetterDirection
    case_mark: str
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
        direction=letter.direction,
        case_mark=letter.case_mark or "",
        title=letter.title,
        head=_head(letter),
        answers=tuple(Fact(field.label, (field.value,)) for field in letter.fields),
        paragraphs=letter.paragraphs,
        files=tuple(_file(attachment) for attachment in letter.attachments),
    )


def _head(letter: LetterFacts) -> tuple[Fact, ...]:
    rows = (
        (_("Data"), (_written(letter),)),
        (_("Znak sprawy"), (letter.case_mark or "",)),
        (_("Odpowiedź na"), (letter.in_reply_to or "",)),
        (_("Nadawca"), _party_lines(letter.sender)),
        _acting_row(letter),
        (_("Adresat"), _party_lines(letter.addressee)),
    )
    return tuple(Fact(term, lines) for term, lines in rows if any(lines))


def _written(letter: LetterFacts) -> str:
    return " ".join(filter(None, (letter.place and f"{letter.place},", day(letter.written_on))))


def _acting_row(letter: LetterFacts) -> tuple[str, tuple[str, ...]]:
    """An office's clerk signs in its name by virtue of a post; others say only who submits."""
    acting = letter.acting
    if acting is None:
        return "", ()
    if letter.direction is LetterDirection.INCOMING:
        return _("Pismo składa"), (_name(acting),)
    lines = (_name(acting), acting.position or "", acting.authority or "")
    return _("W imieniu nadawcy"), tuple(filter(None, lines))


def _name(acting: ActingPerson) -> str:
    return f"{acting.given_name} {acting.family_name}"


def _party_lines(party: LetterParty) -> tuple[str, ...]:
    numbers: tuple[str, ...] = ()
    if isinstance(party, OrganisationParty):
        known = (("NIP", party.nip), ("REGON", party.regon), ("KRS", party.krs))
        numbers = tuple(f"{label} {value}" for label, value in known if value)
    lines = (party.name, *numbers, *_address_lines(party.address), party.email or "")
    return tuple(line for line in (*lines, party.box_address) if line)


def _address_lines(address: Address | None) -> tuple[str, ...]:
    if address is None:
        return ()
    house = "/".join(filter(None, (address.building, address.flat)))
    street = " ".join(filter(None, (address.street or (address.town if house else ""), house)))
    town = " ".join(filter(None, (address.postal_code, address.town)))
    return (street, town)


def _file(attachment: AttachmentRef) -> PaperFile:
    return PaperFile(attachment.file_name, attachment.size or 0, attachment.sha256 or "")
