"""Four eyes: where the institution decided so, a second person lets a signed letter go.

The author never releases their own letter, and nobody releases one they have signed.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from skrytka.core.calendar import civil_date
from skrytka.delivery.models import OutgoingDraft, OutgoingState, Release
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingFault,
    record_of,
    unfrozen,
    why_not,
)
from skrytka.delivery.queries.rules import delivery_rules_for
from skrytka.ledger.operations import Actor, EventKind

LONGEST_REASON = 2000


def needs_second_person(institution_id: int, *, at: datetime) -> bool:
    """This will tell whether letters of the institution wait for a second person."""
    rules = delivery_rules_for(institution_id, civil_date(at))
    return rules.release is Release.SECOND_PERSON


def submit_for_release(draft_id: UUID, *, at: datetime) -> None:
    """This will put a signed draft before the second person; a second call changes nothing.

    Raises CannotChangeOutgoing.
    """
    rows = OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.OPEN)
    signed = rows.exclude(signing_mode="").exclude(signed_sha256="")
    if signed.update(
        state=OutgoingState.WAITING, sent_back_reason="", released_by=None, updated_at=at
    ):
        return
    if not _waiting(draft_id).exists():
        raise CannotChangeOutgoing(why_not(draft_id))


def recall_outgoing(draft_id: UUID, *, at: datetime) -> None:
    """This will take a draft back from the second person, to be written on; the signature goes."""
    rows = _waiting(draft_id)
    if not rows.update(state=OutgoingState.OPEN, **unfrozen(at)):
        raise CannotChangeOutgoing(why_not(draft_id))


def release_outgoing(draft_id: UUID, user_id: int, document_sha256: str) -> None:
    """This will note who lets the letter go; sending it is the next step.

    The digest is that of the document the person has read. Raises CannotChangeOutgoing: the letter
    does not wait, is the person's own, or is not the one that was read.
    """
    draft = _required(draft_id)
    if user_id in {draft.author_id, draft.signed_by_id}:
        raise CannotChangeOutgoing(OutgoingFault.OWN_LETTER)
    rows = _waiting(draft_id).filter(document_sha256=document_sha256)
    if not rows.update(released_by_id=user_id):
        raise CannotChangeOutgoing(OutgoingFault.CHANGED_ELSEWHERE)


def send_back_outgoing(
    draft_id: UUID, reason: str, user_id: int, *, actor: Actor, at: datetime
) -> None:
    """This will give the draft back to its author with what is to be mended.

    Raises CannotChangeOutgoing: no reason, the letter does not wait, or is the person's own.
    """
    if not reason.strip():
        raise CannotChangeOutgoing(OutgoingFault.NO_REASON)
    if _required(draft_id).author_id == user_id:
        raise CannotChangeOutgoing(OutgoingFault.OWN_LETTER)
    told = reason.strip()[:LONGEST_REASON]
    with transaction.atomic():
        rows = _waiting(draft_id)
        if not rows.update(state=OutgoingState.OPEN, sent_back_reason=told, **unfrozen(at)):
            raise CannotChangeOutgoing(why_not(draft_id))
        record_of(draft_id, EventKind.OUTGOING_SENT_BACK, actor=actor, at=at)


def _waiting(draft_id: UUID) -> QuerySet[OutgoingDraft]:
    return OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.WAITING)


def _required(draft_id: UUID) -> OutgoingDraft:
    draft = _waiting(draft_id).first()
    if draft is None:
        raise CannotChangeOutgoing(why_not(draft_id))
    return draft
