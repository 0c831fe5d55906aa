"""What an attachment of a letter that went out looks like; never the file itself."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.flags import file_to_take
from skrytka.delivery.queries.opened import file_chunks
from skrytka.delivery.queries.tracked_letter import sent_letter
from skrytka.desk.access import Desk
from skrytka.desk.previews import page_picture, preview_page, wanted_page
from skrytka.desk.sent.access import for_sent
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.previews import opened
from skrytka.ui.previews import Places


@require_safe
@for_sent(may_track)
def attachment_preview(
    request: HttpRequest, desk: Desk, letter_id: UUID, position: int
) -> HttpResponse:
    """This will show one page of an attachment as a picture, or its text."""
    key = (letter_id, position)
    places = Places(
        own=reverse("desk:sent_attachment_preview", args=key),
        picture=reverse("desk:sent_attachment_picture", args=(*key, wanted_page(request))),
        download=reverse("desk:sent_attachment", args=key),
        back=reverse("desk:sent_letter", args=[letter_id]) + "#attachments",
        back_text=_("Wróć do pisma"),
    )
    return preview_page(request, desk, _file_or_404(letter_id, position), places)


@require_safe
@for_sent(may_track)
def attachment_picture(
    request: HttpRequest, _desk: Desk, letter_id: UUID, position: int, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of an attachment."""
    return page_picture(request, _file_or_404(letter_id, position), page_no)


def _file_or_404(letter_id: UUID, position: int) -> AttachmentBytes:
    file = file_to_take(sent_letter(letter_id, at=clock.now()).files, position)
    if file is None:
        raise Http404
    return opened(file, partial(file_chunks, file))
