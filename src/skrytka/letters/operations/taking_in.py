"""A file that came part by part and is whole: screened and put on the list of its draft."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from skrytka.gateways.installed import installed
from skrytka.ledger.operations import Actor, close
from skrytka.ledger.queries import given_up_among
from skrytka.letters.models import DraftAttachment, Transfer, TransferState
from skrytka.letters.operations.attachments import Upload, add_attachment, list_as_refused
from skrytka.letters.operations.drafts import CannotChangeDraft
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.operations.transfers import taking_in_key
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, OnDisk


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
    _forget(transfer)
    close(taking_in_key(transfer_id), at=at)


def list_given_up_files(*, at: datetime) -> int:
    """This will list as refused (F-STORE) what nobody tries to take in any more; returns how many.

    Else such a file would be waited for until its week is over, and the letter with it. The effect
    that was given up stays for the operator to see.
    """
    arrived = Transfer.objects.select_related("draft").filter(state=TransferState.ARRIVED)
    waiting = {taking_in_key(transfer.id): transfer for transfer in arrived}
    given_up = given_up_among(waiting)
    for key in given_up:
        _put_as_refused(waiting[key], at)
        _forget(waiting[key])
    return len(given_up)


def _forget(transfer: Transfer) -> None:
    transfer_id = transfer.id
    transfer.delete()
    installed().parts.forget(transfer_id)


def _put_as_refused(transfer: Transfer, at: datetime) -> None:
    if DraftAttachment.objects.filter(id=transfer.id).exists():
        return
    upload, actor = _upload(transfer, ()), Actor(str(transfer.draft.author_id))
    fault = Fault(AttachmentFault.NOT_STORED, FaultData(transfer.file_name))
    with suppress(CannotChangeDraft):  # sent or put away meanwhile
        list_as_refused(transfer.draft_id, upload, fault, actor=actor, at=at)


def _put_on_list(transfer: Transfer, file: BinaryIO, at: datetime) -> None:
    draft_id, actor = transfer.draft_id, Actor(str(transfer.draft.author_id))
    upload = _upload(transfer, OnDisk(file))
    with suppress(CannotChangeDraft):  # sent or put away meanwhile: it has nowhere to go
        _listed(draft_id, upload, actor, at)


def _upload(transfer: Transfer, chunks: Iterable[bytes]) -> Upload:
    return Upload(
        transfer.file_name,
        chunks,
        transfer.slot,
        declared_size=transfer.size,
        sha256=transfer.digest,
        id=transfer.id,
        was_announced=True,
    )


def _listed(draft_id: UUID, upload: Upload, actor: Actor, at: datetime) -> None:
    try:
        add_attachment(draft_id, upload, actor=actor, at=at)
    except CannotAttach as refusal:
        # Two at once: the other one was quicker, and the file that is there already is this one.
        if not DraftAttachment.objects.filter(id=upload.id).exists():
            list_as_refused(draft_id, upload, refusal.fault, actor=actor, at=at)
