"""The document itself: rendered from its bytes, raw, and for download."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.letters.queries.drafts import DraftView, frozen_document
from skrytka.letters.queries.papers import paper_of
from skrytka.ui.formats import file_size
from skrytka.ui.parts import Download
from skrytka.web.compose.access import open_draft_page
from skrytka.web.compose.frame import Stage, next_stage, stage_url, step_page
from skrytka.web.receipts.files import bytes_answer


@require_safe
@open_draft_page
def document(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will show exactly the bytes that are signed and sent: as a letter, and as XML."""
    data = frozen_document(draft.id)
    if data is None:
        return redirect(stage_url(draft, Stage.LETTER))
    note = _("XML, %(size)s") % {"size": file_size(len(data))}
    url = reverse("web:draft_document_xml", args=[draft.id])
    page = {
        **step_page(draft, Stage.SIGNATURE),
        "paper": paper_of(data),
        "raw": data.decode("utf-8", errors="replace"),
        "sha256": draft.document_sha256,
        "downloads": (Download(_("Pobierz plik XML"), url, note, "file-code-corner"),),
        "back_url": stage_url(draft, next_stage(draft)),
    }
    return render(request, "web/compose/document.html", page)


@require_safe
@open_draft_page
def document_xml(_request: HttpRequest, draft: DraftView) -> HttpResponseBase:
    """This will hand out the document for signing elsewhere, byte for byte."""
    data = frozen_document(draft.id)
    if data is None:
        return redirect(stage_url(draft, Stage.LETTER))
    return bytes_answer(data, "pismo.xml", "application/xml")
