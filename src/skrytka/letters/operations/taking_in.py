"""A file that came part by part and is whole: screened and put on the list of its draft."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from skrytka.gateways.installed import installed
from skrytka.ledger.operations import Actor, close
from skrytka.letters.models import DraftAttachment, Transfer, TransferState
from skrytka.letters.operations.attachments import Upload, add_attachment, list_as_refused
from skrytka.letters.operations.drafts import CannotChangeDraft
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.screening import OnDisk


def take_in_file(transfer_id: UUID, *, at: datetime) -> None:
    """This will judge an arrived file and put it on the list under the id of its transfer.

    Whatever is wrong with it stands in the list as a refusal, because nobody waits for an answer.
    Called again it changes nothing; cut off at any point it goes on. Raises BlobNotStoredError and
    PartNotKeptError when the bytes cannot be stored or read now: the outbox tries again.
    """
    transfer = (
        Transfer.objects.select_related("draft")
        .filter(id=transfer_id, state=TransferState.ARRIVED)
        .first()
    )
    if transfer is None:
        return
    if not DraftAttachment.objects.filter(id=transfer.id).exists():
        with installed().parts.opened(transfer.id, transfer.size) as file:
            _put_on_list(transfer, file, at)
    transfer.delete()
    installed().parts.forget(transfer_id)
    close(f"transfer:{transfer_id}", at=at)


def _put_on_list(transfer: Transfer, file: BinaryIO, at: datetime) -> None:
    draft_id, actor = transfer.draft_id, Actor(str(transfer.draft.author_id))
    upload = Upload(
        transfer.file_name,
        OnDisk(file),
        transfer.slot,
        declared_size=transfer.size,
        sha256=transfer.digest,
        id=transfer.id,
    )
    try:
        _listed(draft_id, upload, actor, at)
    except CannotChangeDraft:
        return  # sent or put away meanwhile: the file has nowhere to go


def _listed(draft_id: UUID, upload: Upload, actor: Actor, at: datetime) -> None:
    try:
        add_attachment(draft_id, upload, actor=actor, at=at)
    except CannotAttach as refusal:
        # Two at once: the other one was quicker, and the file that is there already is this one.
        if not DraftAttachment.objects.filter(id=upload.id).exists():
            list_as_refused(draft_id, upload, refusal.fault, actor=actor, at=at)
