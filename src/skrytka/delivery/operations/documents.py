"""From a draft of the desk to the document: the exact bytes that are shown, signed and sent."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from skrytka.accounts.models import Box, Institution, Party, PartyKind
from skrytka.core.calendar import civil_date
from skrytka.core.documents.letter import (
    ActingPerson,
    AttachmentRef,
    InstitutionParty,
    LetterFacts,
    LetterParty,
    OrganisationParty,
    PersonParty,
    render_letter,
)
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingState
from skrytka.delivery.operations.completeness import OutgoingProblem, outgoing_problems
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import RegisterEntry
from skrytka.letters.operations.documents import (
    FrozenDocument,
    address_of,
    name_in_package,
    paragraphs_of,
)

WHOLE_DRAFT = (
    *("institution", "author", "party__user", "to_box__institution", "box__institution"),
    "in_reply_to",
)


class CannotFreezeOutgoing(Exception):
    """The draft is not complete; `problems` lists what to mend, none when it is not open."""

    def __init__(self, problems: tuple[OutgoingProblem, ...]) -> None:
        super().__init__(", ".join(problem.gap for problem in problems))
        self.problems = problems


def freeze_outgoing(draft_id: UUID, *, at: datetime) -> FrozenDocument:
    """This will render the draft as an XML document, store the bytes and remember which they are.

    From here on these very bytes are shown, signed and sent; a change of the draft drops them.
    Raises CannotFreezeOutgoing while something is missing.
    """
    rows = OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.OPEN)
    draft = rows.select_related(*WHOLE_DRAFT).first()
    if draft is None:
        raise CannotFreezeOutgoing(())
    files = list(draft.files.all())
    problems = outgoing_problems(draft, files, at)
    if problems:
        raise CannotFreezeOutgoing(problems)
    blobs = blobs_of(draft.institution_id)
    stored = blobs.put(render_letter(outgoing_facts(draft, files, at)))
    frozen = rows.filter(version=draft.version, updated_at=draft.updated_at).update(
        document_sha256=stored.sha256, signing_mode="", signed_sha256="", signed_by=None
    )
    if not frozen:
        raise CannotFreezeOutgoing(())
    return FrozenDocument(stored.sha256, stored.size)


def outgoing_facts(draft: OutgoingDraft, files: list[OutgoingFile], at: datetime) -> LetterFacts:
    """This will collect what the document says, as domain facts."""
    return LetterFacts(
        cid=f"{draft.id}@{settings.ENVIRONMENT.host}",
        created_at=at,
        written_on=civil_date(at),
        place=draft.institution.town,
        title=draft.title.strip(),
        kind="inne pismo",
        other_kind="odpowiedź" if draft.in_reply_to_id else "pismo urzędu",
        case_mark=draft.case_mark.strip() or None,
        in_reply_to=_answered(draft),
        addressee=_addressee(draft),
        sender=_institution(draft.institution, draft.box.address),
        acting=ActingPerson(
            given_name=draft.author.given_name, family_name=draft.author.family_name
        ),
        paragraphs=paragraphs_of(draft.body),
        attachments=_attachments(files),
    )


def _answered(draft: OutgoingDraft) -> str | None:
    if draft.in_reply_to is None:
        return None
    entry = RegisterEntry.objects.filter(letter=draft.in_reply_to_id).first()
    return entry.register_no if entry else draft.in_reply_to.document_no


def _addressee(draft: OutgoingDraft) -> LetterParty:
    if draft.party is not None:
        return _party(draft.party)
    return _other_institution(draft.to_box)


def _party(party: Party) -> LetterParty:
    """The e-mail of a party is for its notices and stands in no letter."""
    if party.kind == PartyKind.PERSON and party.user is not None:
        return PersonParty(
            given_name=party.user.given_name,
            family_name=party.user.family_name,
            box_address=party.box_address,
            address=address_of(party),
        )
    return OrganisationParty(
        name=party.name,
        nip=party.nip or None,
        regon=party.regon or None,
        krs=party.krs or None,
        box_address=party.box_address,
        address=address_of(party),
    )


def _other_institution(box: Box | None) -> InstitutionParty:
    if box is None:
        raise ValueError("a draft without an addressee has no document")
    return _institution(box.institution, box.address)


def _institution(institution: Institution, box_address: str) -> InstitutionParty:
    return InstitutionParty(
        name=institution.name,
        box_address=box_address,
        address=address_of(institution),
        nip=institution.nip or None,
        regon=institution.regon or None,
    )


def _attachments(files: list[OutgoingFile]) -> tuple[AttachmentRef, ...]:
    return tuple(
        AttachmentRef(
            file_name=file.file_name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            uri=name_in_package(position, file.file_name),
        )
        for position, file in enumerate(files, start=1)
    )
