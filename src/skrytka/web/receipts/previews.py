"""What a file of a sent letter looks like.

Each address asks `may_read_letter_as_party`, through `delivered_or_404`.
"""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.desk import attachment_chunks, attachment_of
from skrytka.letters.queries.letters import LetterView
from skrytka.letters.queries.previews import opened
from skrytka.ui.previews import Places
from skrytka.web.previews import page_picture, preview_page, wanted_page
from skrytka.web.receipts.access import delivered_or_404
from skrytka.web.receipts.page import crumbs


@require_safe
@login_required
def attachment_preview(request: HttpRequest, letter_id: UUID, position: int) -> HttpResponse:
    """This will show one page of an attachment as a picture, or its text."""
    file = _file_or_404(delivered_or_404(request, letter_id), position)
    key = (letter_id, position)
    places = Places(
        own=reverse("web:letter_preview", args=key),
        picture=reverse("web:letter_picture", args=(*key, wanted_page(request))),
        download=reverse("web:letter_attachment", args=key),
        back=reverse("web:letter", args=[letter_id]),
        back_text=_("Wróć do pisma"),
    )
    return preview_page(request, file, places, crumbs())


@require_safe
@login_required
def attachment_picture(
    request: HttpRequest, letter_id: UUID, position: int, page_no: int
) -> HttpResponse:
    """This will send the picture of one page of an attachment."""
    file = _file_or_404(delivered_or_404(request, letter_id), position)
    return page_picture(request, file, page_no)


def _file_or_404(letter: LetterView, position: int) -> AttachmentBytes:
    """Not one that malware was found in since."""
    found = attachment_of(letter.id, position)
    if found is None:
        raise Http404
    return opened(found, partial(attachment_chunks, found))
