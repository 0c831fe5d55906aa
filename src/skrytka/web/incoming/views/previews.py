"""What a file of a delivered letter looks like.

Each address asks `may_read_content`, through `opened_or_404`.
"""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.delivery.queries.flags import file_to_take
from skrytka.delivery.queries.opened import OpenedLetter, file_chunks
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.previews import opened
from skrytka.ui.previews import Places
from skrytka.web.incoming.access import opened_or_404
from skrytka.web.incoming.frame import crumbs
from skrytka.web.previews import page_picture, preview_page, wanted_page


@require_safe
@login_required
def attachment_preview(request: HttpRequest, letter_id: UUID, position: int) -> HttpResponse:
    """This will show one page of an attachment as a picture, or its text."""
    file = _file_or_404(opened_or_404(request, letter_id), position)
    key = (letter_id, position)
    places = Places(
        own=reverse("web:incoming_preview", args=key),
        picture=reverse("web:incoming_picture", args=(*key, wanted_page(request))),
        download=reverse("web:incoming_attachment", args=key),
        back=reverse("web:incoming_letter", args=[letter_id]) + "#files",
        back_text=_("Wróć do pisma"),
    )
    return preview_page(request, file, places, crumbs())


@require_safe
@login_required
def attachment_picture(
    request: HttpRequest, letter_id: UUID, position: int, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of an attachment."""
    file = _file_or_404(opened_or_404(request, letter_id), position)
    return page_picture(request, file, page_no)


def _file_or_404(letter: OpenedLetter, position: int) -> AttachmentBytes:
    file = file_to_take(letter.attachments, position)
    if file is None:
        raise Http404
    return opened(file, partial(file_chunks, file))
