"""What a letter says, apart from how the pattern writes it down."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from skrytka.core.calendar import whole_milliseconds


class LetterFault(StrEnum):
    """Why bytes are not read as a letter."""

    XML = "LETTER-XML"
    PATTERN = "LETTER-PATTERN"
    MISSING = "LETTER-MISSING"
    REPEATED = "LETTER-REPEATED"
    DATE = "LETTER-DATE"
    FIELD = "LETTER-FIELD"
    DIRECTION = "LETTER-DIRECTION"


class LetterDirection(StrEnum):
    """Who writes: INCOMING is a letter to an institution, OUTGOING one that an institution writes.

    A letter from one institution to another is OUTGOING.
    """

    INCOMING = "INCOMING"
    OUTGOING = "OUTGOING"


class LetterUnreadable(Exception):
    """The document is not a letter in the pattern.

    ``reason`` names the rule; ``detail`` is the element, or the code of the XML parser.
    """

    def __init__(self, reason: LetterFault, detail: str) -> None:
        """Keep the rule and the place; never the content."""
        super().__init__(f"{reason.value} {detail}")
        self.reason = reason
        self.detail = detail


class LetterUnwritable(Exception):
    """A fact cannot stand in XML: ``field`` names it, for instance ``paragraphs[2]``."""

    def __init__(self, field_name: str) -> None:
        """Keep the name of the fact; never the content."""
        super().__init__(field_name)
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; what is absent is ``None``, and the country is a code such as ``PL``."""

    town: str | None = None
    postal_code: str | None = None
    street: str | None = None
    building: str | None = None
    flat: str | None = None
    country: str | None = None
    post_office: str | None = None
    voivodeship: str | None = None
    county: str | None = None
    commune: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParty:
    """A natural person. A box address is the empty text when the document names none."""

    given_name: str
    family_name: str
    pesel: str | None = field(default=None, repr=False)
    box_address: str = ""
    address: Address | None = None
    email: str | None = None

    @property
    def name(self) -> str:
        """This will return the given and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationParty:
    """A company, association or other organisation that writes."""

    name: str
    nip: str | None = None
    regon: str | None = None
    krs: str | None = None
    box_address: str = ""
    address: Address | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionParty:
    """A public entity: written to, or writing."""

    name: str
    box_address: str = ""
    address: Address | None = None
    nip: str | None = None
    regon: str | None = None
    email: str | None = None


LetterParty: TypeAlias = PersonParty | OrganisationParty | InstitutionParty


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingPerson:
    """Who acts for the sender: for an institution or organisation, for a person under a mandate.

    ``position`` is the post held; ``authority`` is the text "z upoważnienia …".
    """

    given_name: str
    family_name: str
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file bound to the letter by its digest.

    ``uri`` is relative to the letter in its package (``zalaczniki/01-umowa.pdf``). In letters of
    others it may point anywhere and is never fetched; it is empty when the file stands inside the
    document, and digest and size are ``None`` when the document does not tell them.
    """

    file_name: str
    media_type: str
    size: int | None
    sha256: str | None
    uri: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One answer of a form: its path in the form schema, the label shown and the value as text."""

    path: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """Everything a letter carries, in either direction.

    ``created_at`` is an aware instant, kept in UTC and whole milliseconds so that facts read back
    from the document compare equal. ``kind`` is the attribute ``rodzaj`` ("wniosek", "inne pismo"),
    ``other_kind`` the attribute ``jakiInny`` that goes with the latter. ``case_mark`` is the znak
    sprawy; ``in_reply_to`` the document number or register number of the letter answered.

    An institution writes to anybody and names who acts for it (art. 14 § 1a k.p.a.); others write
    to institutions. Raises `ValueError` for facts that are neither.
    """

    cid: str
    created_at: datetime
    written_on: date
    place: str
    title: str
    kind: str
    other_kind: str | None = None
    service_code: str | None = None
    form_version: str | None = None
    case_mark: str | None = None
    in_reply_to: str | None = None
    addressee: LetterParty
    sender: LetterParty
    acting: ActingPerson | None = None
    paragraphs: tuple[str, ...] = ()
    fields: tuple[FormField, ...] = ()
    attachments: tuple[AttachmentRef, ...] = ()

    def __post_init__(self) -> None:
        """Check who writes to whom; cut the instant down to what the document can carry."""
        if self.direction is LetterDirection.OUTGOING:
            if self.acting is None:
                raise ValueError("a letter of an institution names who acts for it")
        elif not isinstance(self.addressee, InstitutionParty):
            raise ValueError("only an institution writes to a person or an organisation")
        object.__setattr__(self, "created_at", whole_milliseconds(self.created_at))

    @property
    def direction(self) -> LetterDirection:
        """This will tell whether an institution writes or is written to."""
        if isinstance(self.sender, InstitutionParty):
            return LetterDirection.OUTGOING
        return LetterDirection.INCOMING
