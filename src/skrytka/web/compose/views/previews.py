"""What a file of a draft looks like; never the file itself, which is for saving only."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.letters.queries.attachments import AttachmentBytes, attachment_bytes
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.file_answers import OfferedFile, saved_file
from skrytka.ui.previews import Places
from skrytka.web.compose.access import draft_or_404
from skrytka.web.compose.frame import Stage, draft_crumbs, stage_url
from skrytka.web.previews import page_picture, preview_page, wanted_page
from skrytka.web.receipts.names import safe_file_name


@require_safe
@login_required
def draft_file_preview(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponse:
    """This will show one page of a safe file as a picture, or its text."""
    draft = draft_or_404(request, draft_id)
    file = _file_or_404(draft, file_id)
    return preview_page(request, file, _places(request, draft, file_id), draft_crumbs(draft))


@require_safe
@login_required
def draft_file_picture(
    request: HttpRequest, draft_id: UUID, file_id: UUID, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of a safe file."""
    draft = draft_or_404(request, draft_id)
    return page_picture(request, _file_or_404(draft, file_id), page_no)


@require_safe
@login_required
def draft_file_download(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponseBase:
    """This will stream a safe file, to be saved."""
    file = _file_or_404(draft_or_404(request, draft_id), file_id)
    name = safe_file_name(file.file_name)
    offered = OfferedFile(name, file.media_type, file.size, file.sha256, file.chunks)
    return saved_file(request, offered)


def _file_or_404(draft: DraftView, file_id: UUID) -> AttachmentBytes:
    file = attachment_bytes(draft.id, file_id)
    if file is None:
        raise Http404
    return file


def _places(request: HttpRequest, draft: DraftView, file_id: UUID) -> Places:
    key = (draft.id, file_id)
    return Places(
        own=reverse("web:draft_file_preview", args=key),
        picture=reverse("web:draft_file_picture", args=(*key, wanted_page(request))),
        download=reverse("web:draft_file_download", args=key),
        back=stage_url(draft, Stage.LETTER),
        back_text=_("Wróć do pisma"),
    )
