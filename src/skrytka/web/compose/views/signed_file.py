"""Step 3, signed elsewhere: take the document, sign it, bring it back."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.evidence.queries import CannotDecode
from skrytka.letters.operations.signing import CannotSign, SigningFault, accept_signed_file
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import Download, ErrorLine
from skrytka.ui.signing_texts import undecodable_text
from skrytka.web.compose.access import open_draft_page
from skrytka.web.compose.frame import Stage, stage_url, step_page
from skrytka.web.compose.signing import signing_text
from skrytka.web.signed_file.reports import reasons_in
from skrytka.web.signed_file.upload import bytes_of

FIELD_ID = "id_signed_file"


@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def signed_file(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will give the document out for signing and take it back signed."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if request.method == "POST":
        return _taken_back(request, draft, request.FILES.get("signed_file"))
    return _page(request, draft)


def _taken_back(
    request: HttpRequest, draft: DraftView, upload: "UploadedFile[bytes] | None"
) -> HttpResponse:
    if upload is None:
        return _page(request, draft, _("Wybierz podpisany plik."))
    try:
        accept_signed_file(draft.id, bytes_of(upload), at=clock.now())
    except CannotSign as refusal:
        if refusal.reason is SigningFault.NOT_FROZEN:
            return redirect(stage_url(draft, Stage.LETTER))
        return _page(request, draft, signing_text(refusal), reasons_in(refusal.report))
    except CannotDecode as fault:
        return _page(request, draft, undecodable_text(fault.incident), reasons_in(fault))
    return redirect(stage_url(draft, Stage.SEND))


def _page(
    request: HttpRequest, draft: DraftView, error: str = "", reasons: tuple[str, ...] = ()
) -> HttpResponse:
    page = {
        **step_page(draft, Stage.SIGNATURE),
        "downloads": (
            Download(
                _("Pobierz pismo do podpisania"),
                reverse("web:draft_document_xml", args=[draft.id]),
                "XML",
                "file-code-corner",
            ),
        ),
        "error": error,
        "reasons": reasons,
        "faults": (ErrorLine(error, FIELD_ID),) if error else (),
    }
    return render(request, "web/compose/signed_file.html", page)
