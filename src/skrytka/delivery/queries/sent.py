"""Letters that went out, as the pages of the desk name them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from skrytka.delivery.models import OutgoingLetter


@dataclass(frozen=True)
class SentView:
    """A letter that was dispatched."""

    id: UUID
    draft_id: UUID
    title: str
    addressee_name: str
    addressee_address: str
    case_mark: str
    document_no: str
    dispatched_at: datetime
    is_to_party: bool


def sent_of_draft(draft_id: UUID) -> SentView | None:
    """This will return the letter that a draft became, or None while it was not sent."""
    row = OutgoingLetter.objects.filter(draft_id=draft_id).first()
    return None if row is None else _view(row)


def answers_to(letter_id: UUID) -> tuple[SentView, ...]:
    """This will list what was sent in answer to a letter, the last one first."""
    rows: QuerySet[OutgoingLetter] = OutgoingLetter.objects.filter(in_reply_to=letter_id)
    return tuple(map(_view, rows.order_by("-dispatched_at")))


def _view(row: OutgoingLetter) -> SentView:
    return SentView(
        id=row.id,
        draft_id=row.draft_id,
        title=row.title,
        addressee_name=row.addressee_name,
        addressee_address=row.addressee_address,
        case_mark=row.case_mark,
        document_no=row.document_no,
        dispatched_at=row.dispatched_at,
        is_to_party=row.party_id is not None,
    )
