"""What a clerk takes away from a letter: document, attachments, receipts, everything together.

Files of others are never shown in the page: each is sent to be saved, under its own name.
"""

from functools import partial
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from skrytka.desk.access import Desk, for_letter
from skrytka.desk.exports import offered
from skrytka.letters.policies import may_read_letter_at_desk, may_see_inbox
from skrytka.letters.queries.desk import attachment_chunks, attachment_of, desk_letter
from skrytka.letters.queries.letters import letter_document, letter_view, receipt_xml
from skrytka.letters.queries.packages import package_chunks, package_name, receipt_as_pdf
from skrytka.ui.file_answers import saved_file

Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_safe
@for_letter(may_read_letter_at_desk)
def document(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will send the document exactly as it came, signature included."""
    if desk_letter(letter_id) is None:
        raise Http404
    return saved(letter_document(letter_id), "application/xml", "pismo.xml")


@require_safe
@for_letter(may_read_letter_at_desk)
def attachment(
    request: HttpRequest, _desk: Desk, letter_id: UUID, position: int
) -> HttpResponseBase:
    """This will send one attachment of an accepted letter."""
    found = attachment_of(letter_id, position)
    if found is None:
        raise Http404
    return saved_file(request, offered(found, partial(attachment_chunks, found)))


@require_safe
@for_letter(may_see_inbox)
def receipt(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will send the sealed receipt, an UPP or the refusal (NPP)."""
    data = receipt_xml(letter_id)
    if data is None:
        raise Http404
    return saved(data, "application/xml", f"{_receipt_name(letter_id)}.xml")


@require_safe
@for_letter(may_see_inbox)
def receipt_pdf(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> HttpResponse:
    data = receipt_as_pdf(letter_id)
    if data is None:
        raise Http404
    return saved(data, "application/pdf", f"{_receipt_name(letter_id)}.pdf")


@require_safe
@for_letter(may_read_letter_at_desk)
def package(_request: HttpRequest, _desk: Desk, letter_id: UUID) -> StreamingHttpResponse:
    """This will send document, attachments, receipt and digests as one ZIP."""
    if desk_letter(letter_id) is None:
        raise Http404
    answer = StreamingHttpResponse(package_chunks(letter_id), content_type="application/zip")
    return _saved_as(answer, package_name(letter_id))


def _receipt_name(letter_id: UUID) -> str:
    view = letter_view(letter_id)
    return view.receipt.receipt_no if view and view.receipt else "upo"


def saved(data: bytes, media_type: str, file_name: str) -> HttpResponse:
    """This will send bytes to be saved under a name."""
    return _saved_as(HttpResponse(data, content_type=media_type), file_name)


def _saved_as(answer: Answer, file_name: str) -> Answer:
    disposition = content_disposition_header(as_attachment=True, filename=file_name)
    answer.headers["Content-Disposition"] = disposition or "attachment"
    return answer
