"""Files of a delivered letter. Each address asks `may_read_content`, through `opened_or_404`."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from skrytka.delivery.queries.flags import file_to_take
from skrytka.delivery.queries.opened import (
    file_chunks,
    opened_document,
    opened_package,
    upd_pdf,
    upd_xml,
)
from skrytka.ui.file_answers import saved_file
from skrytka.web.incoming.access import opened_or_404
from skrytka.web.receipts.files import bytes_answer, file_answer, offered


@require_safe
@login_required
def upd(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the UPD, byte for byte: the evidence itself."""
    letter = opened_or_404(request, letter_id)
    return _bytes_or_404(upd_xml(letter.id), f"{letter.upd_no}.xml", "application/xml")


@require_safe
@login_required
def upd_as_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the UPD for reading."""
    letter = opened_or_404(request, letter_id)
    return _bytes_or_404(upd_pdf(letter.id), f"{letter.upd_no}.pdf", "application/pdf")


@require_safe
@login_required
def document(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the document as it was sent, signature included."""
    letter = opened_or_404(request, letter_id)
    return bytes_answer(opened_document(letter.id), "pismo.xml", "application/xml")


@require_safe
@login_required
def package(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will stream document, attachments, UPD and digests as one ZIP."""
    letter = opened_or_404(request, letter_id)
    return file_answer(opened_package(letter.id), f"{letter.upd_no}.zip", "application/zip")


@require_safe
@login_required
def attachment(request: HttpRequest, letter_id: UUID, position: int) -> HttpResponseBase:
    """This will stream one attachment as it was sent."""
    letter = opened_or_404(request, letter_id)
    file = file_to_take(letter.attachments, position)
    if file is None:
        raise Http404
    return saved_file(request, offered(file, partial(file_chunks, file)))


def _bytes_or_404(data: bytes | None, name: str, media_type: str) -> HttpResponseBase:
    if data is None:
        raise Http404
    return bytes_answer(data, name, media_type)
