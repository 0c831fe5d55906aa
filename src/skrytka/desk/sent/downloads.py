"""What a clerk takes away of a letter that went out. Files are sent to be saved, never shown."""

from functools import partial
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.flags import file_to_take
from skrytka.delivery.queries.opened import file_chunks, opened_document, opened_package
from skrytka.delivery.queries.tracked_letter import sent_letter, sent_receipt_xml
from skrytka.desk.access import Desk
from skrytka.desk.exports import offered, saved_as
from skrytka.desk.sent.access import for_sent
from skrytka.letters.queries.packing import pdf_of
from skrytka.ui.file_answers import saved_file

XML, PDF, ZIP = "application/xml", "application/pdf", "application/zip"


@require_safe
@for_sent(may_track)
def document(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will send the document exactly as it went out, signature included."""
    return saved_as(HttpResponse(opened_document(letter_id), content_type=XML), "pismo.xml")


@require_safe
@for_sent(may_track)
def attachment(
    request: HttpRequest, _desk: Desk, letter_id: UUID, position: int
) -> HttpResponseBase:
    """This will send one attachment as it went out."""
    file = file_to_take(sent_letter(letter_id, at=clock.now()).files, position)
    if file is None:
        raise Http404
    return saved_file(request, offered(file, partial(file_chunks, file)))


@require_safe
@for_sent(may_track)
def receipt(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will send the UPD (of a letter to an institution the UPP), byte for byte."""
    found = sent_receipt_xml(letter_id)
    if found is None:
        raise Http404
    return saved_as(HttpResponse(found.xml, content_type=XML), f"{found.receipt_no}.xml")


@require_safe
@for_sent(may_track)
def receipt_pdf(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will send the receipt for reading."""
    found = sent_receipt_xml(letter_id)
    if found is None:
        raise Http404
    return saved_as(HttpResponse(pdf_of(found), content_type=PDF), f"{found.receipt_no}.pdf")


@require_safe
@for_sent(may_track)
def package(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> StreamingHttpResponse:
    """This will send document, attachments, receipt and digests as one ZIP."""
    answer = StreamingHttpResponse(opened_package(letter_id), content_type=ZIP)
    return saved_as(answer, f"pismo-{letter_id}.zip")
