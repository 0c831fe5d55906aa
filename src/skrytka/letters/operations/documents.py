"""From draft to document: the exact bytes that are shown, signed and sent."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from skrytka.accounts.models import Institution, Party, PartyKind, User
from skrytka.accounts.models.parties import PostalAddress
from skrytka.catalogue.forms import answer_fields, form_of
from skrytka.core.calendar import civil_date
from skrytka.core.documents.letter import (
    ActingPerson,
    Address,
    AttachmentRef,
    InstitutionParty,
    LetterFacts,
    OrganisationParty,
    PersonParty,
    render_letter,
)
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.statements import Prepared, PreparedUpdate, slot, slots
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, DraftState, Transfer
from skrytka.letters.operations.completeness import DraftProblem, draft_problems
from skrytka.letters.operations.drafts import keeper_of

# Characters that no file name in a package may bear; the original name stays in the document.
_UNSAFE = re.compile(r'[\s~"#%&*:<>?!/\\{|}\x00-\x1f]+')
LONGEST_NAME_IN_PACKAGE = 100
# The long texts of a card and an institution, which no document holds.
NOT_IN_DOCUMENT = (
    *(
        f"card__{name}"
        for name in ("description", "where_and_how", "appeal", "remarks", "synonyms")
    ),
    *(f"card__{name}" for name in ("legal_basis", "documents_required", "documents_to_show")),
    *(f"card__{name}" for name in ("fees", "templates", "channel_effect", "summary", "audience")),
    *(f"box__institution__{name}" for name in ("lead", "privacy_text", "accessibility", "hours")),
    *(f"box__institution__{name}" for name in ("signature_rule", "channel_effect", "website")),
    *(f"box__{name}" for name in ("purpose", "notify", "sender_kinds", "title")),
    "author__password",
)
WHOLE_DRAFT = Prepared(
    lambda: (
        Draft.objects.select_related("card", "form", "party", "author", "box__institution")
        .defer(*NOT_IN_DOCUMENT)
        .filter(id=slot("id", Draft))
    )
)
FILES = Prepared(lambda: DraftAttachment.objects.filter(draft_id=slot("draft_id", DraftAttachment)))
COMING = Prepared(
    lambda: Transfer.objects.filter(draft_id=slot("draft_id", Transfer)).values_list("id")
)
FREEZE = PreparedUpdate(
    lambda: Draft.objects.filter(id=slot("id", Draft), state=DraftState.OPEN),
    lambda: {**slots(Draft, "document_sha256"), "signing_mode": "", "signed_sha256": ""},
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n+")


class CannotFreeze(Exception):
    """The draft is not complete; `problems` lists what to mend."""

    def __init__(self, problems: tuple[DraftProblem, ...]) -> None:
        super().__init__(", ".join(problem.gap for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class FrozenDocument:
    """The unsigned document as stored: SHA-256 in hex and size in bytes."""

    sha256: str
    size: int


def freeze_document(draft_id: UUID, *, at: datetime) -> FrozenDocument:
    """This will render the draft as an XML document, store the bytes and remember which they are.

    From here on these very bytes are shown, signed and sent; a change of the draft drops them.
    Raises CannotFreeze while something is missing.
    """
    draft, files = WHOLE_DRAFT.get(id=draft_id), files_of(draft_id)
    problems = draft_problems(draft, files, at, coming=len(COMING.all(draft_id=draft_id)))
    if problems:
        raise CannotFreeze(problems)
    blobs = blobs_of(keeper_of(draft))
    stored = blobs.put(render_letter(letter_facts(draft, files, at)))
    FREEZE.run(id=draft_id, document_sha256=stored.sha256)
    return FrozenDocument(stored.sha256, stored.size)


def files_of(draft_id: UUID) -> list[DraftAttachment]:
    """This will return the files of a draft, in order, the refused ones among them."""
    return FILES.all(draft_id=draft_id)


def letter_facts(draft: Draft, files: list[DraftAttachment], at: datetime) -> LetterFacts:
    """This will collect what the document says, as domain facts."""
    box = draft.box
    if box is None:
        raise ValueError("a draft without an addressee has no document")
    return LetterFacts(
        cid=f"{draft.id}@{settings.ENVIRONMENT.host}",
        created_at=at,
        written_on=civil_date(at),
        place=draft.party.town,
        title=draft.title.strip(),
        kind="wniosek" if draft.card.institution_id else "inne pismo",
        other_kind=None if draft.card.institution_id else "pismo ogólne",
        service_code=draft.card.code,
        form_version=f"{draft.form.code}/{draft.form.version}",
        addressee=_addressee(box.institution, box.address),
        sender=_sender(draft.party, draft.author),
        acting=_acting(draft.party, draft.author),
        paragraphs=paragraphs_of(draft.body),
        fields=answer_fields(form_of(draft.form), draft.answers),
        attachments=_attachments(files),
    )


def paragraphs_of(body: str) -> tuple[str, ...]:
    """This will split typed text at blank lines; single line breaks stay inside a paragraph."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(part.strip() for part in _BLANK_LINE.split(text) if part.strip())


def name_in_package(position: int, file_name: str) -> str:
    """This will return a path that any archive and file system bears: zalaczniki/01-a.pdf."""
    stem, dot, extension = file_name.rpartition(".")
    safe = (
        _UNSAFE.sub("_", stem if dot else extension)[:LONGEST_NAME_IN_PACKAGE].strip("._") or "plik"
    )
    return f"zalaczniki/{position:02}-{safe}" + (f".{_UNSAFE.sub('', extension)}" if dot else "")


def sendable(files: list[DraftAttachment]) -> list[DraftAttachment]:
    """This will return the files that go into the letter, in order: never a refused one."""
    return [row for row in files if row.state != AttachmentState.REFUSED]


def _attachments(files: list[DraftAttachment]) -> tuple[AttachmentRef, ...]:
    return tuple(
        AttachmentRef(
            file_name=attachment.file_name,
            media_type=attachment.media_type or "application/octet-stream",
            size=attachment.size,
            sha256=attachment.sha256,
            uri=name_in_package(position, attachment.file_name),
        )
        for position, attachment in enumerate(sendable(files), start=1)
    )


def _addressee(institution: Institution, box_address: str) -> InstitutionParty:
    return InstitutionParty(
        name=institution.name,
        box_address=box_address,
        address=address_of(institution),
        nip=institution.nip or None,
        regon=institution.regon or None,
    )


def _sender(party: Party, author: User) -> PersonParty | OrganisationParty:
    if party.kind == PartyKind.PERSON:
        return PersonParty(
            given_name=author.given_name,
            family_name=author.family_name,
            box_address=party.box_address,
            address=address_of(party),
            email=author.email,
        )
    return OrganisationParty(
        name=party.name,
        nip=party.nip or None,
        regon=party.regon or None,
        krs=party.krs or None,
        box_address=party.box_address,
        address=address_of(party),
        email=author.email,
    )


def _acting(party: Party, author: User) -> ActingPerson | None:
    if party.kind == PartyKind.PERSON:
        return None
    return ActingPerson(given_name=author.given_name, family_name=author.family_name)


def address_of(place: PostalAddress) -> Address | None:
    """This will return the postal address as the document writes it; None without a town."""
    if not place.town:
        return None
    return Address(
        town=place.town,
        postal_code=place.postal_code or None,
        street=place.street or None,
        building=place.building or None,
        flat=place.flat or None,
        country=place.country or None,
    )
