"""Step 3, trusted signature: the second factor for this very document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations.second_factor import CannotConfirmFactor
from skrytka.accounts.queries.factors import FactorMethod
from skrytka.accounts.queries.profiles import confirmed_profile_of
from skrytka.config import clock
from skrytka.letters.operations.signing import CannotSign, sign_trusted, signing_purpose
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.signing_texts import factor_text
from skrytka.web.compose.access import open_draft_page
from skrytka.web.compose.frame import Stage, stage_url, step_page
from skrytka.web.compose.signing import signing_text
from skrytka.web.second_factor.asking import (
    Asked,
    confirmation_in,
    factor_page,
    send_code,
    wants_code,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def trusted(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will sign after a second factor, or explain how to get a confirmed profile."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if confirmed_profile_of(draft.author_id, clock.now()) is None:
        return render(request, "web/compose/no_profile.html", step_page(draft, Stage.SIGNATURE))
    if request.method != "POST":
        return _page(request, draft)
    return _code_sent(request, draft) if wants_code(request) else _signed(request, draft)


def _code_sent(request: HttpRequest, draft: DraftView) -> HttpResponse:
    try:
        send_code(request, _asked(draft), at=clock.now())
    except CannotConfirmFactor as refusal:
        return _page(request, draft, FactorMethod.EMAIL_CODE, factor_text(refusal.reason))
    return redirect("web:draft_trusted", draft.id)


def _signed(request: HttpRequest, draft: DraftView) -> HttpResponse:
    at, method = clock.now(), request.POST.get("method", "")
    try:
        sign_trusted(draft.id, confirmation_in(request, _asked(draft), at=at), at=at)
    except CannotConfirmFactor as refusal:
        return _page(request, draft, method, factor_text(refusal.reason))
    except CannotSign as refusal:
        return _page(request, draft, method, signing_text(refusal))
    return redirect(stage_url(draft, Stage.SEND))


def _page(
    request: HttpRequest, draft: DraftView, method: str = "", error: str = ""
) -> HttpResponse:
    action = reverse("web:draft_trusted", args=[draft.id])
    forms = factor_page(request, _asked(draft), action, method, error)
    return render(
        request, "web/compose/trusted.html", {**step_page(draft, Stage.SIGNATURE), **forms}
    )


def _asked(draft: DraftView) -> Asked:
    return Asked(draft.author_id, signing_purpose(draft.id, draft.document_sha256))
