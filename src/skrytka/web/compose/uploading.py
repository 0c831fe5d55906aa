"""Files on their way in: from a form without JavaScript, or one by one from the page."""

import logging
from collections.abc import Iterator
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from skrytka.config import clock
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.attachments import Upload, add_attachment
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.queries.drafts import DraftView
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, OnDisk
from skrytka.ui.refusal_texts import refusal_text

log = logging.getLogger("skrytka.web.uploads")

LETTER_FILES = "files"
SLOT_PREFIX = "slot-"


def take_files(request: HttpRequest, draft: DraftView) -> str:
    """This will take in every file sent along and return why some are not on the list, if any.

    A refused file is a row of the list with its reason; the text is only for files that get no row.
    """
    texts = []
    for slot, upload in _sent_files(request):
        try:
            attach(draft, _upload(upload, slot))
        except CannotAttach as refusal:
            texts.append(attach_text(refusal))
    return " ".join(texts)


def attach(draft: DraftView, upload: Upload) -> UUID:
    """This will take in one file and return the id of its row.

    Raises CannotAttach also when its bytes could not be stored, as on a full disk: then nothing of
    it is kept, and it can be sent again (F-STORE).
    """
    try:
        return add_attachment(draft.id, upload, actor=actor_of(draft), at=clock.now())
    except BlobNotStoredError as error:
        log.error("attachment_not_stored draft=%s reason=%s", draft.id, error)  # noqa: TRY400
        fault = Fault(AttachmentFault.NOT_STORED, FaultData(upload.file_name))
        raise CannotAttach(fault) from error


def attach_text(refusal: CannotAttach) -> str:
    """This will say why a file is not put on the list at all (F-DUP, F-COUNT, F-STORE)."""
    data = refusal.data
    return refusal_text(refusal.reason, data.file_name, data.as_details())


def first_upload(request: HttpRequest) -> Upload | None:
    """This will return the one file that the page sent by itself."""
    for slot, upload in _sent_files(request):
        return _upload(upload, slot)
    return None


def actor_of(draft: DraftView) -> Actor:
    return Actor(str(draft.author_id))


def uuid_or_none(text: str) -> UUID | None:
    """This will read an id that came with a button; anything else is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _sent_files(request: HttpRequest) -> Iterator["tuple[str, UploadedFile[bytes]]"]:
    for field, uploads in request.FILES.lists():
        if field == LETTER_FILES:
            yield from (("", upload) for upload in uploads)
        elif field.startswith(SLOT_PREFIX):
            yield from ((field.removeprefix(SLOT_PREFIX), upload) for upload in uploads)


def _upload(upload: "UploadedFile[bytes]", slot: str) -> Upload:
    """Django put the file on disk as it came; it is looked at there and not copied."""
    content = OnDisk(cast("BinaryIO", upload.file))
    return Upload(upload.name or "", content, slot, declared_size=upload.size or 0)
