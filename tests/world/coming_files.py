"""A file on its way to a draft, announced and sent part by part."""

from uuid import UUID

import pytest

from skrytka.letters.models import Draft
from skrytka.letters.operations.receiving import (
    CannotReceive,
    Checksum,
    Part,
    TransferFault,
    receive_part,
)
from skrytka.letters.operations.transfers import NewTransfer, begin_transfer
from tests.world import files
from tests.world.attachments import AT

PDF = files.pdf()
HALF = len(PDF) // 2


def begun(draft: Draft, name: str = "skan.pdf", size: int = len(PDF)) -> UUID:
    return begin_transfer(NewTransfer(draft.id, name, size), at=AT)


def came(transfer_id: UUID, offset: int, *chunks: bytes, checksum: Checksum | None = None) -> int:
    length = sum(map(len, chunks))
    return receive_part(transfer_id, Part(offset, chunks, length, checksum), at=AT)


def fault_of(transfer_id: UUID, part: Part) -> TransferFault:
    with pytest.raises(CannotReceive) as refused:
        receive_part(transfer_id, part, at=AT)
    return refused.value.reason
