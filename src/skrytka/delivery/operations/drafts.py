"""Writing a letter at the desk: every change is saved, and two tabs never overwrite each other."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from skrytka.accounts.models import Box, Institution, Party, PartyKind, SenderKind
from skrytka.accounts.queries.institutions import box_of_address, box_view
from skrytka.catalogue.addressees import choose_box
from skrytka.delivery.models import OutgoingDraft, OutgoingFile, OutgoingLetter, OutgoingState
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.letters.models import IntakeState, Letter

LONGEST_TITLE = 200
LONGEST_CASE_MARK = 100
ANSWER = "Odpowiedź: "

# Any change drops what was frozen for signing, and with it whoever signed and released it.
NOT_FROZEN: dict[str, object] = {
    "document_sha256": "",
    "signing_mode": "",
    "signed_sha256": "",
    "signed_by": None,
    "released_by": None,
}


class OutgoingFault(StrEnum):
    """Why a draft was not changed. W-TWO, W-DUP and A-OFF are codes of the error catalogue."""

    NOT_FOUND = "NOT_FOUND"
    CHANGED_ELSEWHERE = "W-TWO"
    ALREADY_SENT = "W-DUP"
    DISCARDED = "DISCARDED"
    WAITING = "WAITING"
    NO_BOX = "NO_BOX"
    BOX_CLOSED = "A-OFF"
    OWN_BOX = "OWN_BOX"
    NOT_THE_AUTHOR = "NOT_THE_AUTHOR"
    NO_REASON = "NO_REASON"
    OWN_LETTER = "OWN_LETTER"


class CannotChangeOutgoing(Exception):
    """The draft stays as it was."""

    def __init__(self, reason: OutgoingFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class OutgoingContent:
    """What a clerk types: title, body (plain text, lines kept) and the mark of the case."""

    title: str
    body: str
    case_mark: str


def start_outgoing(institution_id: int, author_id: int, *, at: datetime) -> UUID:
    """This will open an empty draft of the institution and return its id.

    One that the author opened before and has not touched is taken again. Raises
    CannotChangeOutgoing where the institution has no box to send from.
    """
    draft = OutgoingDraft(
        institution_id=institution_id,
        box=_box_for(institution_id, SenderKind.INSTITUTION),
        author_id=author_id,
    )
    return _opened(draft, at)


def answer_letter(letter_id: UUID, author_id: int, *, at: datetime) -> UUID:
    """This will open an answer to a letter: to its sender, from the box it came to.

    The mark of the case is that of the last answer, where there was one. Raises
    CannotChangeOutgoing for a letter that is on no desk.
    """
    letter = (
        Letter.objects.select_related("box", "sender")
        .filter(id=letter_id, intake__state=IntakeState.ACCEPTED)
        .first()
    )
    if letter is None:
        raise CannotChangeOutgoing(OutgoingFault.NOT_FOUND)
    to_box = _box_of_sender(letter)
    draft = OutgoingDraft(
        institution_id=letter.institution_id,
        box=letter.box,
        author_id=author_id,
        party=None if to_box else letter.sender,
        to_box=to_box,
        in_reply_to=letter,
        title=f"{ANSWER}{letter.title.removeprefix(ANSWER)}"[:LONGEST_TITLE],
        case_mark=_case_mark_of(letter_id),
    )
    return _opened(draft, at)


def choose_party(draft_id: UUID, party_id: int, *, at: datetime) -> None:
    """This will address the draft to a party, and send it from the box meant for its kind."""
    draft = _required(draft_id)
    kind = Party.objects.values_list("kind", flat=True).get(id=party_id)
    box = _box_for(draft.institution_id, SenderKind(kind))
    _change(draft_id, at, party_id=party_id, to_box=None, box=box)


def choose_institution_box(draft_id: UUID, box_id: int, *, at: datetime) -> None:
    """This will address the draft to a box of another institution.

    Raises CannotChangeOutgoing: the box is closed, or the institution's own.
    """
    draft = _required(draft_id)
    to_box = Box.objects.get(id=box_id)
    if to_box.institution_id == draft.institution_id:
        raise CannotChangeOutgoing(OutgoingFault.OWN_BOX)
    if not to_box.is_open:
        raise CannotChangeOutgoing(OutgoingFault.BOX_CLOSED)
    box = _box_for(draft.institution_id, SenderKind.INSTITUTION)
    _change(draft_id, at, party=None, to_box=to_box, box=box)


def write_outgoing(draft_id: UUID, content: OutgoingContent, *, version: int, at: datetime) -> int:
    """This will save what was typed and return the new version.

    `version` is the one the page was opened with; when another tab has saved since, nothing is
    changed and CannotChangeOutgoing says so.
    """
    rows = _open_rows(draft_id).filter(version=version)
    if not rows.update(version=F("version") + 1, **_typed(content), **unfrozen(at)):
        raise CannotChangeOutgoing(why_not(draft_id))
    return version + 1


def copy_outgoing(draft_id: UUID, content: OutgoingContent, *, at: datetime) -> UUID:
    """This will keep what was typed in one tab as a draft of its own, files included."""
    with transaction.atomic():
        draft = OutgoingDraft.objects.select_for_update().get(id=draft_id)
        copy = OutgoingDraft.objects.create(
            institution_id=draft.institution_id,
            box_id=draft.box_id,
            author_id=draft.author_id,
            party_id=draft.party_id,
            to_box_id=draft.to_box_id,
            in_reply_to_id=draft.in_reply_to_id,
            created_at=at,
            updated_at=at,
            **_typed(content),
        )
        OutgoingFile.objects.bulk_create(
            [_copied(file, copy) for file in OutgoingFile.objects.filter(draft=draft_id)]
        )
    return copy.id


def take_over(draft_id: UUID, author_id: int, *, at: datetime) -> None:
    """This will make another clerk the author: they write on, and sign for themselves."""
    _change(draft_id, at, author_id=author_id, version=F("version") + 1)


def discard_outgoing(draft_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will put the draft away; `restore_outgoing` brings it back."""
    with transaction.atomic():
        _change(draft_id, at, state=OutgoingState.DISCARDED)
        record_of(draft_id, EventKind.OUTGOING_DISCARDED, actor=actor, at=at)


def restore_outgoing(draft_id: UUID, *, at: datetime) -> None:
    """This will bring a discarded draft back. Raises CannotChangeOutgoing when there is none."""
    rows = OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.DISCARDED)
    if not rows.update(state=OutgoingState.OPEN, **unfrozen(at)):
        raise CannotChangeOutgoing(why_not(draft_id))


def touch_outgoing(draft_id: UUID, *, at: datetime) -> None:
    """This will note that the files changed: what was frozen for signing no longer holds.

    The version stays, because the typed text did not change: no conflict between two tabs.
    """
    _change(draft_id, at)


def why_not(draft_id: UUID) -> OutgoingFault:
    """This will say why a draft is not open to the change that was asked for."""
    rows = OutgoingDraft.objects.filter(id=draft_id)
    state = rows.values_list("state", flat=True).first()
    if state is None:
        return OutgoingFault.NOT_FOUND
    return {
        OutgoingState.OPEN.value: OutgoingFault.CHANGED_ELSEWHERE,
        OutgoingState.WAITING.value: OutgoingFault.WAITING,
        OutgoingState.SENT.value: OutgoingFault.ALREADY_SENT,
        OutgoingState.DISCARDED.value: OutgoingFault.DISCARDED,
    }[state]


def unfrozen(at: datetime) -> dict[str, object]:
    """This will name what every change of a draft sets."""
    return {"updated_at": at, "merge_note": "", **NOT_FROZEN}


def record_of(draft_id: UUID, kind: EventKind, *, actor: Actor, at: datetime) -> None:
    """This will put what happened to a draft on record, in the caller's transaction."""
    institution_id = OutgoingDraft.objects.values_list("institution_id", flat=True).get(id=draft_id)
    subject = Subject("OUTGOING_DRAFT", str(draft_id))
    record_event(kind, subject, at=at, actor=actor, institution_id=institution_id)


def box_to_send_from(institution_id: int, kind: SenderKind) -> Box | None:
    """This will return the institution's box for letters to addressees of a kind."""
    institution = Institution.objects.get(id=institution_id)
    rows = {box.pk: box for box in institution.boxes.select_related("institution")}
    choice = choose_box(map(box_view, rows.values()), kind)
    return rows[choice.box.id] if choice else None


def _box_for(institution_id: int, kind: SenderKind) -> Box:
    box = box_to_send_from(institution_id, kind)
    if box is None:
        raise CannotChangeOutgoing(OutgoingFault.NO_BOX)
    return box


def _opened(draft: OutgoingDraft, at: datetime) -> UUID:
    """A draft just like it that nobody has touched, or this one."""
    same = OutgoingDraft.objects.filter(
        institution_id=draft.institution_id,
        author_id=draft.author_id,
        party=draft.party,
        in_reply_to=draft.in_reply_to,
        to_box=draft.to_box,
        state=OutgoingState.OPEN,
        version=1,
        files=None,
        document_sha256="",
        merge=None,
    )
    found = same.values_list("id", flat=True).first()
    if found is not None:
        return found
    draft.created_at = draft.updated_at = at
    draft.save(force_insert=True)
    return draft.id


def _box_of_sender(letter: Letter) -> Box | None:
    """An institution is answered at the box it wrote from; others at their own."""
    if letter.sender.kind != PartyKind.INSTITUTION:
        return None
    box = box_of_address(letter.sender_address)
    if box is None:
        raise CannotChangeOutgoing(OutgoingFault.BOX_CLOSED)
    return Box.objects.get(id=box.id)


def _case_mark_of(letter_id: UUID) -> str:
    rows = OutgoingLetter.objects.filter(in_reply_to=letter_id).exclude(case_mark="")
    found = rows.order_by("-dispatched_at").values_list("case_mark", flat=True).first()
    return found or ""


def _typed(content: OutgoingContent) -> dict[str, str]:
    return {
        "title": content.title[:LONGEST_TITLE],
        "body": content.body,
        "case_mark": content.case_mark[:LONGEST_CASE_MARK],
    }


def _copied(file: OutgoingFile, copy: OutgoingDraft) -> OutgoingFile:
    return OutgoingFile(
        draft=copy,
        position=file.position,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        remarks=file.remarks,
        added_at=file.added_at,
    )


def _required(draft_id: UUID) -> OutgoingDraft:
    draft = _open_rows(draft_id).first()
    if draft is None:
        raise CannotChangeOutgoing(why_not(draft_id))
    return draft


def _open_rows(draft_id: UUID) -> QuerySet[OutgoingDraft]:
    return OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.OPEN)


def _change(draft_id: UUID, at: datetime, **fields: object) -> None:
    if not _open_rows(draft_id).update(**unfrozen(at), **fields):
        raise CannotChangeOutgoing(why_not(draft_id))
