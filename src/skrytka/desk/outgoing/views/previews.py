"""What a file of a draft looks like; never the file itself."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_file
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_any_draft
from skrytka.desk.previews import page_picture, preview_page, wanted_page
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.ui.previews import Places


@require_safe
@for_any_draft
def preview(request: HttpRequest, desk: Desk, draft: OutgoingView, file_id: UUID) -> HttpResponse:
    """This will show one page of a file as a picture, or its text."""
    key = (draft.id, file_id)
    places = Places(
        own=reverse("desk:outgoing_preview", args=key),
        picture=reverse("desk:outgoing_picture", args=(*key, wanted_page(request))),
        download=reverse("desk:outgoing_file", args=key),
        back=reverse("desk:outgoing_draft", args=[draft.id]),
        back_text=_("Wróć do pisma"),
    )
    return preview_page(request, desk, _file_or_404(draft, file_id), places)


@require_safe
@for_any_draft
def picture(
    request: HttpRequest, _desk: Desk, draft: OutgoingView, file_id: UUID, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of a file."""
    return page_picture(request, _file_or_404(draft, file_id), page_no)


def _file_or_404(draft: OutgoingView, file_id: UUID) -> AttachmentBytes:
    found = outgoing_file(draft.id, file_id)
    if found is None:
        raise Http404
    return found
