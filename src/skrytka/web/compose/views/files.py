"""The files of a draft, one by one: sent by the page, asked for again, removed."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from skrytka.config import clock
from skrytka.letters.operations.attachments import Upload, remove_attachment
from skrytka.letters.operations.room import CannotAttach
from skrytka.letters.operations.transfers import abandon_transfer
from skrytka.letters.queries.drafts import AttachmentView, DraftView
from skrytka.ui.parts import FileRow, FileState
from skrytka.web.compose.access import draft_or_404, open_draft_page
from skrytka.web.compose.files import file_row, meter_of, ticks_of, transfer_row
from skrytka.web.compose.saving import reloaded
from skrytka.web.compose.uploading import attach, attach_text, first_upload, uuid_or_none

ANSWER = "web/compose/parts/file_answer.html"


@require_POST
@open_draft_page
def draft_files(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will take in one file that the page sent by itself, or take one off the list."""
    action, _colon, key = request.POST.get("action", "").partition(":")
    if action == "remove":
        return _removed(request, draft, key)
    upload = first_upload(request)
    if upload is None:
        return HttpResponse(status=400)
    return _answer(request, draft, _row_of(draft, upload))


@require_safe
@login_required
def draft_file(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponse:
    """This will give the row of one file as it stands now; the page asks while a scanner works.

    A file that came part by part has the same id before and after it was screened.
    """
    draft = draft_or_404(request, draft_id)
    row = _row_or_404(draft, file_id)
    shown = {"file": row, "meter": meter_of(draft), "ticks": ticks_of(draft)}
    return render(request, "web/compose/parts/polled_file.html", shown)


def _row_of(draft: DraftView, upload: Upload) -> FileRow:
    """The row that stands in the list, or one that only tells why there is none."""
    try:
        file_id = attach(draft, upload)
    except CannotAttach as refusal:
        text = attach_text(refusal)
        size = upload.declared_size
        return FileRow(str(uuid4()), upload.file_name, size, FileState.REFUSED, text=text)
    return file_row(draft, _file_or_404(reloaded(draft), file_id))


def _removed(request: HttpRequest, draft: DraftView, key: str) -> HttpResponse:
    file_id = uuid_or_none(key)
    if file_id is not None and not abandon_transfer(draft.id, file_id):
        remove_attachment(draft.id, file_id, at=clock.now())
    return _answer(request, draft, None)


def _answer(request: HttpRequest, draft: DraftView, row: FileRow | None) -> HttpResponse:
    now = reloaded(draft)
    shown = {"file": row, "meter": meter_of(now), "ticks": ticks_of(now)}
    return render(request, ANSWER, shown)


def _row_or_404(draft: DraftView, file_id: UUID) -> FileRow:
    """On its way or on the list; in this order, because it may come onto the list meanwhile."""
    coming = next((one for one in draft.transfers if one.id == file_id), None)
    if coming is not None:
        return transfer_row(draft, coming)
    return file_row(draft, _file_or_404(draft, file_id))


def _file_or_404(draft: DraftView, file_id: UUID) -> AttachmentView:
    for file in draft.attachments:
        if file.id == file_id:
            return file
    raise Http404
