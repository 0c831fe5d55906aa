"""Files on their way in: from a form without JavaScript, or one by one from the page."""

from collections.abc import Iterator
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from skrytka.config import clock
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.attachments import CannotAttach, Upload, add_attachment
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.refusal_texts import refusal_text

LETTER_FILES = "files"
SLOT_PREFIX = "slot-"


def take_files(request: HttpRequest, draft: DraftView) -> str:
    """This will take in every file sent along and return why some are not on the list, if any.

    A refused file is a row of the list with its reason; the text is only for files that get no row.
    """
    texts = []
    for slot, upload in _sent_files(request):
        try:
            add_attachment(draft.id, _upload(upload, slot), actor=actor_of(draft), at=clock.now())
        except CannotAttach as refusal:
            texts.append(attach_text(refusal))
    return " ".join(texts)


def attach_text(refusal: CannotAttach) -> str:
    """This will say why a file is not put on the list at all (F-DUP, F-COUNT)."""
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
    return Upload(upload.name or "", upload.chunks(), slot, declared_size=upload.size or 0)
