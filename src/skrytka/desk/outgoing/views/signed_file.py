"""Step 3, signed elsewhere: take the document, sign it, bring it back."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.signing import accept_outgoing_file
from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_own_draft
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.evidence.queries import CannotDecode
from skrytka.letters.operations.signing import LARGEST_SIGNED_FILE, CannotSign, SigningFault
from skrytka.ui.parts import Download, ErrorLine
from skrytka.ui.signing_texts import signing_text, undecodable_text

FIELD_ID = "id_signed_file"


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def signed_file(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will give the document out for signing and take it back signed."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if request.method != "POST":
        return _page(request, desk, draft)
    upload = request.FILES.get("signed_file")
    if upload is None:
        return _page(request, desk, draft, _("Wybierz podpisany plik."))
    return _taken_back(request, desk, draft, upload)


def _taken_back(
    request: HttpRequest, desk: Desk, draft: OutgoingView, upload: "UploadedFile[bytes]"
) -> HttpResponse:
    """One byte over the limit is enough for the operation to refuse; more is never held."""
    data = bytes(upload.read(LARGEST_SIGNED_FILE + 1))
    try:
        accept_outgoing_file(draft.id, data, actor=desk.actor, at=clock.now())
    except CannotSign as refusal:
        if refusal.reason is SigningFault.NOT_FROZEN:
            return redirect(stage_url(draft, Stage.LETTER))
        text = signing_text(refusal.reason, refusal.expired_at)
        reasons = tuple(dict.fromkeys(_(each) for each in refusal.reasons))
        return _page(request, desk, draft, text, reasons)
    except CannotDecode as fault:
        reasons = tuple(_(each) for each in fault.told)
        return _page(request, desk, draft, undecodable_text(fault.incident), reasons)
    return redirect(stage_url(draft, Stage.SEND))


def _page(
    request: HttpRequest,
    desk: Desk,
    draft: OutgoingView,
    error: str = "",
    reasons: tuple[str, ...] = (),
) -> HttpResponse:
    url = reverse("desk:outgoing_document", args=[draft.id])
    page = {
        "stage": Stage.SIGNATURE,
        "downloads": (Download(_("Pobierz pismo do podpisania"), url, "XML", "file-code-corner"),),
        "error": error,
        "reasons": reasons,
        "faults": (ErrorLine(error, FIELD_ID),) if error else (),
    }
    return step_render(request, desk, draft, "desk/outgoing/signed_file.html", page)
