"""Step 3: how the letter is signed, and the document that is signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.letters.operations.signing import CannotSign, SigningFault, send_unsigned
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import Choice, ErrorLine
from skrytka.web.compose.access import open_draft_page, sender_kind
from skrytka.web.compose.addressing import unsigned_box_of
from skrytka.web.compose.frame import Stage, stage_url, step_page
from skrytka.web.compose.signing import signing_text

TRUSTED, UPLOADED, UNSIGNED = "trusted", "uploaded", "unsigned"
FIELD_ID = "id_signature"
PAGES = {TRUSTED: "web:draft_trusted", UPLOADED: "web:draft_signed_file"}


@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def signature(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will ask how to sign; a document that is not fixed yet sends back to the letter."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if request.method == "POST":
        return _chosen(request, draft, request.POST.get("signature", ""))
    return _page(request, draft)


def _chosen(request: HttpRequest, draft: DraftView, chosen: str) -> HttpResponse:
    if chosen in PAGES:
        return redirect(PAGES[chosen], draft.id)
    if chosen != UNSIGNED:
        return _page(request, draft, _nothing_chosen(draft))
    try:
        send_unsigned(draft.id)
    except CannotSign as refusal:
        if refusal.reason is SigningFault.NOT_FROZEN:
            return redirect(stage_url(draft, Stage.LETTER))
        return _page(request, draft, signing_text(refusal))
    return redirect(stage_url(draft, Stage.SEND))


def _page(request: HttpRequest, draft: DraftView, error: str = "") -> HttpResponse:
    page = {
        **step_page(draft, Stage.SIGNATURE),
        "choices": _choices(draft),
        "error": error,
        "faults": (ErrorLine(error, f"{FIELD_ID}_0"),) if error else (),
        "unsigned_box": _unsigned_box(request, draft),
        "document_url": reverse("web:draft_document", args=[draft.id]),
    }
    return render(request, "web/compose/signature.html", page)


def _choices(draft: DraftView) -> tuple[Choice, ...]:
    mode = draft.signing_mode.lower()
    offered = [
        Choice(
            TRUSTED,
            _("Podpis zaufany (bezpłatny, przez potwierdzony profil)"),
            _(
                "Podpiszesz od razu. "
                "Potwierdzisz to aplikacją, kluczem dostępu albo kodem z e-maila."
            ),
            checked=mode == TRUSTED,
        ),
        Choice(
            UPLOADED,
            _("Podpis kwalifikowany (dodaj podpisany plik)"),
            _("Pobierzesz pismo, podpiszesz je u siebie i dodasz z powrotem. Tak samo e-dowodem."),
            checked=mode == UPLOADED,
        ),
    ]
    if draft.may_go_unsigned:
        offered.append(
            Choice(
                UNSIGNED,
                _("Bez podpisu"),
                _("Urząd może poprosić Cię o uzupełnienie podpisu."),
                checked=mode == UNSIGNED,
            )
        )
    return tuple(offered)


def _unsigned_box(request: HttpRequest, draft: DraftView) -> str:
    """Another box to choose, where the service needs no signature and only this box does."""
    if draft.may_go_unsigned or draft.card.required_signature.value == "REQUIRED":
        return ""
    return unsigned_box_of(draft, sender_kind(request, draft))


def _nothing_chosen(draft: DraftView) -> str:
    if draft.may_go_unsigned:
        return _("Wybierz, jak chcesz podpisać pismo.")
    return signing_text(CannotSign(SigningFault.NEEDED))
