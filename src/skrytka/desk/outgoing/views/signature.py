"""Step 3: how the letter is signed; the seal is put on at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.signing import seal_outgoing
from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_own_draft
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.letters.operations.signing import CannotSign, SigningFault
from skrytka.ui.parts import Choice, ErrorLine
from skrytka.ui.signing_texts import signing_text

SEALED, TRUSTED, UPLOADED = "SEALED", "TRUSTED", "UPLOADED"
FIELD_ID = "id_signature"
PAGES = {TRUSTED: "desk:outgoing_trusted", UPLOADED: "desk:outgoing_signed_file"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def signature(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will ask how to sign; a document that is not fixed yet sends back to the letter."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if request.method != "POST":
        return _page(request, desk, draft)
    chosen = request.POST.get("signature", "")
    if chosen in PAGES:
        return redirect(PAGES[chosen], draft.id)
    if chosen != SEALED:
        return _page(request, desk, draft, _("Wybierz, jak podpisać pismo."))
    try:
        seal_outgoing(draft.id, actor=desk.actor, at=clock.now())
    except CannotSign as refusal:
        return refused(request, desk, draft, refusal)
    return redirect(stage_url(draft, Stage.SEND))


def refused(
    request: HttpRequest, desk: Desk, draft: OutgoingView, refusal: CannotSign
) -> HttpResponse:
    """This will tell why the letter was not signed; a changed one goes back to its text."""
    if refusal.reason is SigningFault.NOT_FROZEN:
        return redirect(stage_url(draft, Stage.LETTER))
    return _page(request, desk, draft, signing_text(refusal.reason, refusal.expired_at))


def _page(request: HttpRequest, desk: Desk, draft: OutgoingView, error: str = "") -> HttpResponse:
    page = {
        "stage": Stage.SIGNATURE,
        "choices": _choices(draft),
        "error": error,
        "faults": (ErrorLine(error, f"{FIELD_ID}_0"),) if error else (),
    }
    return step_render(request, desk, draft, "desk/outgoing/signature.html", page)


def _choices(draft: OutgoingView) -> tuple[Choice, ...]:
    mode = draft.signing_mode.value if draft.signing_mode else ""
    offered = (
        (
            SEALED,
            _("Pieczęć instytucji"),
            _("Dla pism, które wystawia instytucja, a nie osoba. Przystawimy ją od razu."),
        ),
        (
            TRUSTED,
            _("Twój podpis zaufany"),
            _(
                "Potwierdzisz to aplikacją, kluczem dostępu albo kodem z e-maila. "
                "W podpisie jest Twój PESEL, adresat zobaczy go w pliku."
            ),
        ),
        (
            UPLOADED,
            _("Podpis kwalifikowany (dodaj podpisany plik)"),
            _("Pobierzesz pismo, podpiszesz je u siebie i dodasz z powrotem."),
        ),
    )
    return tuple(Choice(value, text, hint, checked=mode == value) for value, text, hint in offered)
