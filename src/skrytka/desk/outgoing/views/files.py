"""The files of a draft, one by one: sent by the page, looked at, removed."""

from typing import TypeVar
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.files import remove_file
from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_document, outgoing_file
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_any_draft, for_own_draft
from skrytka.desk.outgoing.saving import reloaded
from skrytka.desk.outgoing.texts import FILES_FIELD, attach_text
from skrytka.desk.outgoing.uploading import attach, file_row, meter_of, upload_of, uuid_or_none
from skrytka.letters.operations.attachments import Upload
from skrytka.letters.operations.room import CannotAttach
from skrytka.ui.file_answers import OfferedFile, saved_file
from skrytka.ui.parts import FileRow, FileState

Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_POST
@for_own_draft
def files(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will take in one file that the page sent by itself, or take one off the list."""
    action, _colon, key = request.POST.get("action", "").partition(":")
    if action == "remove":
        file_id = uuid_or_none(key)
        if file_id is not None:
            remove_file(draft.id, file_id, at=clock.now())
        return _answer(request, draft, None)
    sent = request.FILES.get(FILES_FIELD)
    if sent is None:
        return HttpResponse(status=400)
    return _answer(request, draft, _row_of(desk, draft, upload_of(sent)))


@require_safe
@for_any_draft
def file(request: HttpRequest, _desk: Desk, draft: OutgoingView, file_id: UUID) -> HttpResponseBase:
    """This will send one file of a draft, to be saved."""
    found = outgoing_file(draft.id, file_id)
    if found is None:
        raise Http404
    name, media_type, size = found.file_name, found.media_type, found.size
    return saved_file(request, OfferedFile(name, media_type, size, found.sha256, found.chunks))


@require_safe
@for_any_draft
def document(_request: HttpRequest, _desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will hand out the document for signing elsewhere, byte for byte."""
    data = outgoing_document(draft.id)
    if data is None:
        raise Http404
    return saved_as(HttpResponse(data, content_type="application/xml"), "pismo.xml")


def saved_as(answer: Answer, file_name: str) -> Answer:
    """This will have the browser save an answer under a name, and show nothing of it."""
    disposition = content_disposition_header(as_attachment=True, filename=file_name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _row_of(desk: Desk, draft: OutgoingView, upload: Upload) -> FileRow:
    """The row that stands in the list, or one that only tells why there is none."""
    try:
        file_id = attach(desk, draft, upload)
    except CannotAttach as refusal:
        text, size = attach_text(refusal), upload.declared_size
        return FileRow(str(uuid4()), upload.file_name, size, FileState.REFUSED, text=text)
    taken = next(each for each in reloaded(draft).files if each.id == file_id)
    return file_row(draft, taken)


def _answer(request: HttpRequest, draft: OutgoingView, row: FileRow | None) -> HttpResponse:
    shown = {"file": row, "meter": meter_of(reloaded(draft))}
    return render(request, "desk/outgoing/_file_answer.html", shown)
