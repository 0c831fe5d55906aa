"""Stand-in until the real dispatch comes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import transaction

from skrytka.delivery.models import OutgoingDraft, OutgoingLetter, OutgoingState
from skrytka.ledger.operations import Actor


class DispatchFault(StrEnum):
    NOT_FOUND = "NOT_FOUND"
    NO_ADDRESSEE = "NO_ADDRESSEE"
    NOT_SIGNED = "NOT_SIGNED"
    NOT_RELEASED = "NOT_RELEASED"
    CHANGED = "CHANGED"
    DISCARDED = "DISCARDED"
    ADDRESSEE_CLOSED = "ADDRESSEE_CLOSED"


class CannotDispatch(Exception):
    def __init__(self, reason: DispatchFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Dispatch:
    letter_id: UUID
    already_sent: bool


def dispatch_letter(
    draft_id: UUID,
    *,
    actor: Actor,  # noqa: ARG001
    at: datetime,
) -> Dispatch:
    with transaction.atomic():
        draft = OutgoingDraft.objects.select_for_update().filter(id=draft_id).first()
        if draft is None:
            raise CannotDispatch(DispatchFault.NOT_FOUND)
        if draft.state == OutgoingState.SENT:
            return Dispatch(OutgoingLetter.objects.get(draft_id=draft_id).id, already_sent=True)
        if draft.state == OutgoingState.DISCARDED:
            raise CannotDispatch(DispatchFault.DISCARDED)
        if not draft.signed_sha256:
            raise CannotDispatch(DispatchFault.NOT_SIGNED)
        if draft.to_box is not None and not draft.to_box.is_open:
            raise CannotDispatch(DispatchFault.ADDRESSEE_CLOSED)
        if draft.party is None:
            raise CannotDispatch(DispatchFault.NO_ADDRESSEE)
        letter = OutgoingLetter.objects.create(
            draft_id=draft.id,
            institution_id=draft.institution_id,
            box=draft.box,
            box_address=draft.box.address,
            party=draft.party,
            addressee_name=draft.party.name,
            addressee_address=draft.party.box_address,
            author_id=draft.author_id,
            signed_by_id=draft.signed_by_id,
            released_by_id=draft.released_by_id,
            in_reply_to_id=draft.in_reply_to_id,
            merge_id=draft.merge_id,
            title=draft.title,
            case_mark=draft.case_mark,
            document_no=f"DOK-{uuid4().hex[:16]}",
            document_sha256=draft.signed_sha256,
            document_size=1,
            signing_mode=draft.signing_mode,
            dispatched_at=at,
            file_count=0,
            file_bytes=0,
        )
        draft.state = OutgoingState.SENT
        draft.save()
        return Dispatch(letter.id, already_sent=False)
