"""What is asked about the files of a draft: the rules they obey, their bytes, who waits."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from skrytka.core.calendar import civil_date
from skrytka.gateways.blobs import BlobRange
from skrytka.gateways.installed import blobs_of
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening import CIESZYN_2026, ScreeningPolicy


@dataclass(frozen=True)
class AttachmentBytes:
    """The stored bytes of an attachment; `chunks` opens them at any place."""

    file_name: str
    media_type: str
    size: int
    sha256: str
    chunks: BlobRange


def policy_of_draft(draft: Draft, at: datetime) -> ScreeningPolicy:
    """This will return the rules the files of a draft obey at an instant.

    Those of the box that the letter goes to, else of its institution; while none is chosen, those
    of the service's institution, and for a general letter the built-in ones.
    """
    if draft.box is not None:
        return attachment_policy_for(draft.box.institution_id, civil_date(at), draft.box_id)
    if draft.card.institution_id is None:
        return CIESZYN_2026
    return attachment_policy_for(draft.card.institution_id, civil_date(at))


def attachment_bytes(draft_id: UUID, attachment_id: UUID) -> AttachmentBytes | None:
    """This will open a safe file of a draft for reading; None for any other.

    What was not screened yet, or was refused, is handed to nobody.
    """
    row = DraftAttachment.objects.filter(
        draft=draft_id, id=attachment_id, state=AttachmentState.SAFE
    ).first()
    if row is None:
        return None
    return AttachmentBytes(
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        chunks=partial(blobs_of(row.kept_by_id).stream, row.sha256),
    )


def attachments_awaiting_screening() -> int:
    """This will count stored files that the scanner has not answered for, for the operator."""
    return DraftAttachment.objects.filter(state=AttachmentState.STORED).count()
