"""Files on their way in: from a form without JavaScript, or one by one from the page."""

import logging
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse

from skrytka.config import clock
from skrytka.delivery.operations.files import add_file
from skrytka.delivery.queries.outgoing import OutgoingFileView, OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.texts import FILES_FIELD, attach_text, infected_text
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.letters.operations.attachments import Upload
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.queries.previews import has_preview
from skrytka.letters.screening import AttachmentFault, Fault, FaultData, OnDisk
from skrytka.ui.parts import FileRow, FileState, Meter
from skrytka.ui.remark_texts import addressee_sentence

log = logging.getLogger("skrytka.desk.uploads")


def take_files(request: HttpRequest, desk: Desk, draft: OutgoingView) -> str:
    """This will take in every file sent along and return why some are not on the list, if any."""
    texts = []
    for upload in request.FILES.getlist(FILES_FIELD):
        try:
            attach(desk, draft, upload_of(upload))
        except CannotAttach as refusal:
            texts.append(attach_text(refusal))
    return " ".join(texts)


def attach(desk: Desk, draft: OutgoingView, upload: Upload) -> UUID:
    """This will take in one file and return its id.

    Raises CannotAttach also when its bytes could not be stored, as on a full disk (F-STORE).
    """
    try:
        return add_file(draft.id, upload, actor=desk.actor, at=clock.now())
    except BlobNotStoredError as error:
        log.error("outgoing_file_not_stored draft=%s reason=%s", draft.id, error)  # noqa: TRY400
        fault = Fault(AttachmentFault.NOT_STORED, FaultData(upload.file_name))
        raise CannotAttach(fault) from error


def upload_of(upload: "UploadedFile[bytes]") -> Upload:
    """Django put the file on disk as it came; it is looked at there and not copied."""
    content = OnDisk(cast("BinaryIO", upload.file))
    return Upload(upload.name or "", content, declared_size=upload.size or 0)


def file_rows(draft: OutgoingView) -> tuple[FileRow, ...]:
    """This will lay out the files of a draft: each was found safe when it was added."""
    return tuple(file_row(draft, file) for file in draft.files)


def file_row(draft: OutgoingView, file: OutgoingFileView) -> FileRow:
    """This will lay out one file; of one that is flagged nothing but its removal is offered."""
    key = str(file.id)
    if file.is_flagged:
        text = infected_text(file.file_name)
        return FileRow(key, file.file_name, file.size, FileState.REFUSED, text=text)
    return FileRow(
        key=key,
        name=file.file_name,
        size=file.size,
        state=FileState.SAFE,
        preview_url=_preview_url(draft, file),
        download_url=reverse("desk:outgoing_file", args=[draft.id, file.id]),
        remark=addressee_sentence(file.remarks),
    )


def _preview_url(draft: OutgoingView, file: OutgoingFileView) -> str:
    if not has_preview(file.media_type):
        return ""
    return reverse("desk:outgoing_preview", args=[draft.id, file.id])


def meter_of(draft: OutgoingView) -> Meter:
    """This will tell how much of the limit for all files is taken."""
    return Meter(draft.used_bytes, draft.rules.total_bytes, draft.rules.file_bytes)


def uuid_or_none(text: str) -> UUID | None:
    """This will read an id that came with a button; anything else is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None
