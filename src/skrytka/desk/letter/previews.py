"""What an attachment of an accepted letter looks like; never the file itself."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.desk.access import Desk, for_letter
from skrytka.desk.previews import page_picture, preview_page, wanted_page
from skrytka.letters.policies import may_read_letter_at_desk
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.desk import attachment_chunks, attachment_of
from skrytka.letters.queries.previews import opened
from skrytka.ui.previews import Places


@require_safe
@for_letter(may_read_letter_at_desk)
def attachment_preview(
    request: HttpRequest, desk: Desk, letter_id: UUID, position: int
) -> HttpResponse:
    """This will show one page of an attachment as a picture, or its text."""
    file = _file_or_404(letter_id, position)
    key = (letter_id, position)
    places = Places(
        own=reverse("desk:attachment_preview", args=key),
        picture=reverse("desk:attachment_picture", args=(*key, wanted_page(request))),
        download=reverse("desk:attachment", args=key),
        back=reverse("desk:letter", args=[letter_id]) + "#attachments",
        back_text=_("Wróć do pisma"),
    )
    return preview_page(request, desk, file, places)


@require_safe
@for_letter(may_read_letter_at_desk)
def attachment_picture(
    request: HttpRequest, _desk: Desk, letter_id: UUID, position: int, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of an attachment."""
    return page_picture(request, _file_or_404(letter_id, position), page_no)


def _file_or_404(letter_id: UUID, position: int) -> AttachmentBytes:
    """Those of a refused letter stay shut."""
    found = attachment_of(letter_id, position)
    if found is None:
        raise Http404
    return opened(found, partial(attachment_chunks, found))
