"""Files of a sent letter. Each address asks `may_read_letter_as_party`, through `letter_or_404`."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from skrytka.letters.queries.desk import attachment_chunks, attachment_of
from skrytka.letters.queries.letters import LetterView, letter_document, receipt_xml
from skrytka.letters.queries.packages import package_chunks, package_name, receipt_as_pdf
from skrytka.ui.file_answers import saved_file
from skrytka.web.receipts.access import delivered_or_404, letter_or_404
from skrytka.web.receipts.files import bytes_answer, file_answer, offered


@require_safe
@login_required
def receipt(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the sealed receipt, byte for byte: the evidence itself."""
    letter = letter_or_404(request, letter_id)
    return _bytes_or_404(receipt_xml(letter.id), f"{_receipt_no(letter)}.xml", "application/xml")


@require_safe
@login_required
def receipt_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the receipt for reading."""
    letter = letter_or_404(request, letter_id)
    return _bytes_or_404(receipt_as_pdf(letter.id), f"{_receipt_no(letter)}.pdf", "application/pdf")


@require_safe
@login_required
def document(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will hand out the document as it was sent, signature included."""
    letter = letter_or_404(request, letter_id)
    return bytes_answer(letter_document(letter.id), "pismo.xml", "application/xml")


@require_safe
@login_required
def package(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """This will stream document, attachments, receipt and digests as one ZIP."""
    letter = delivered_or_404(request, letter_id)
    name = package_name(letter.id)
    return file_answer(package_chunks(letter.id), name, "application/zip")


@require_safe
@login_required
def attachment(request: HttpRequest, letter_id: UUID, position: int) -> HttpResponseBase:
    """This will stream one attachment as it was sent, unless malware was found in it since."""
    letter = delivered_or_404(request, letter_id)
    file = attachment_of(letter.id, position)
    if file is None:
        raise Http404
    return saved_file(request, offered(file, partial(attachment_chunks, file)))


def _bytes_or_404(data: bytes | None, name: str, media_type: str) -> HttpResponseBase:
    if data is None:
        raise Http404
    return bytes_answer(data, name, media_type)


def _receipt_no(letter: LetterView) -> str:
    return letter.receipt.receipt_no if letter.receipt else "UPO"
