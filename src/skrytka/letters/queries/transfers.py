"""What is on its way to a draft."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import Transfer, TransferState

# Asked with every part of a file.
ONE = Prepared(
    lambda: Transfer.objects.filter(id=slot("id", Transfer), draft_id=slot("draft_id", Transfer))
)


@dataclass(frozen=True)
class TransferView:
    """A file on its way: sizes in bytes; one that has arrived is being screened."""

    id: UUID
    draft_id: UUID
    slot: str
    file_name: str
    fingerprint: str
    size: int
    offset: int
    has_arrived: bool
    expires_at: datetime

    @property
    def percent(self) -> int:
        return 100 * self.offset // self.size


def transfers_to(draft_id: UUID) -> tuple[TransferView, ...]:
    """This will list the files on their way to a draft, in the order in which they were begun."""
    return tuple(map(_view, Transfer.objects.filter(draft=draft_id)))


def transfer_to(draft_id: UUID, transfer_id: UUID) -> TransferView | None:
    """This will return one file on its way to a draft; None when it is not of that draft."""
    row = ONE.first(draft_id=draft_id, id=transfer_id)
    return None if row is None else _view(row)


def _view(row: Transfer) -> TransferView:
    return TransferView(
        id=row.id,
        draft_id=row.draft_id,
        slot=row.slot,
        file_name=row.file_name,
        fingerprint=row.fingerprint,
        size=row.size,
        offset=row.offset,
        has_arrived=row.state == TransferState.ARRIVED,
        expires_at=row.expires_at,
    )
