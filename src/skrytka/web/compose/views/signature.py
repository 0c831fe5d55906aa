"""Step 3: how the letter is signed, and the document that is signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.queries import BoxView
from skrytka.config import clock
from skrytka.letters.operations.documents import CannotFreeze
from skrytka.letters.operations.signing import CannotSign, SigningFault, send_unsigned
from skrytka.letters.operations.unsigned_box import send_unsigned_to
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
        return _page(request, draft, _nothing_chosen(request, draft))
    try:
        _without_signature(request, draft)
    except CannotFreeze:
        return redirect(stage_url(draft, Stage.LETTER))
    except CannotSign as refusal:
        if refusal.reason is SigningFault.NOT_FROZEN:
            return redirect(stage_url(draft, Stage.LETTER))
        return _page(request, draft, signing_text(refusal))
    return redirect(stage_url(draft, Stage.SEND))


def _without_signature(request: HttpRequest, draft: DraftView) -> None:
    """Where this box wants a signature, the letter goes to the one beside it that wants none."""
    box = _unsigned_box(request, draft)
    if box is None:
        send_unsigned(draft.id)
    else:
        send_unsigned_to(draft.id, box.id, at=clock.now())


def _page(request: HttpRequest, draft: DraftView, error: str = "") -> HttpResponse:
    box = _unsigned_box(request, draft)
    page = {
        **step_page(draft, Stage.SIGNATURE),
        "choices": _choices(draft, box),
        "error": error,
        "faults": (ErrorLine(error, f"{FIELD_ID}_0"),) if error else (),
        "unsigned_box": box.address if box else "",
        "document_url": reverse("web:draft_document", args=[draft.id]),
    }
    return render(request, "web/compose/signature.html", page)


def _choices(draft: DraftView, other: BoxView | None) -> tuple[Choice, ...]:
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
    if draft.may_go_unsigned or other:
        offered.append(
            Choice(
                UNSIGNED,
                _unsigned_text(other),
                _("Urząd może poprosić Cię o uzupełnienie podpisu."),
                checked=mode == UNSIGNED,
            )
        )
    return tuple(offered)


def _unsigned_text(other: BoxView | None) -> str:
    if other is None:
        return _("Bez podpisu")
    return _("Bez podpisu, na adres %(address)s") % {"address": other.address}


def _unsigned_box(request: HttpRequest, draft: DraftView) -> BoxView | None:
    """Another box to choose, where the service needs no signature and only this box does."""
    if draft.may_go_unsigned or draft.card.required_signature.value == "REQUIRED":
        return None
    return unsigned_box_of(draft, sender_kind(request, draft))


def _nothing_chosen(request: HttpRequest, draft: DraftView) -> str:
    if draft.may_go_unsigned or _unsigned_box(request, draft):
        return _("Wybierz, jak chcesz podpisać pismo.")
    return signing_text(CannotSign(SigningFault.NEEDED))
