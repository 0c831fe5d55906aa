"""Step 3, trusted signature: the second factor for this very document."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations.second_factor import (
    CannotConfirmFactor,
    FactorAnswer,
    begin_passkey,
    confirm_factor,
    request_email_code,
)
from skrytka.accounts.queries.factors import FactorMethod, factor_methods_of
from skrytka.accounts.queries.profiles import confirmed_profile_of
from skrytka.config import clock
from skrytka.letters.operations.signing import CannotSign, sign_trusted, signing_purpose
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import ErrorLine
from skrytka.web.compose.access import open_draft_page
from skrytka.web.compose.frame import Stage, stage_url, step_page
from skrytka.web.compose.signing import factor_text, signing_text

PASSKEY_STATE = "signing_passkey"
CODE_FIELDS: Mapping[str, str] = {
    FactorMethod.TOTP: "id_app_code",
    FactorMethod.EMAIL_CODE: "id_mail_code",
    FactorMethod.PASSKEY: "passkey-button",
}


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
    if request.POST.get("action") == "send-code":
        return _send_code(request, draft)
    return _sign(request, draft, request.POST.get("method", ""))


def _send_code(request: HttpRequest, draft: DraftView) -> HttpResponse:
    try:
        request_email_code(draft.author_id, _purpose(draft), at=clock.now())
    except CannotConfirmFactor as refusal:
        return _page(request, draft, FactorMethod.EMAIL_CODE, factor_text(refusal.reason))
    messages.success(request, _("Wysłaliśmy kod na Twój adres e-mail. Kod działa 10 minut."))
    return redirect("web:draft_trusted", draft.id)


def _sign(request: HttpRequest, draft: DraftView, method: str) -> HttpResponse:
    at = clock.now()
    try:
        answer = _answer(request, method)
        confirmation = confirm_factor(draft.author_id, _purpose(draft), answer, at=at)
        sign_trusted(draft.id, confirmation, at=at)
    except CannotConfirmFactor as refusal:
        return _page(request, draft, method, factor_text(refusal.reason))
    except CannotSign as refusal:
        return _page(request, draft, method, signing_text(refusal))
    return redirect(stage_url(draft, Stage.SEND))


def _answer(request: HttpRequest, method: str) -> FactorAnswer:
    """The challenge leaves the session whatever was chosen: it is good for one answer."""
    return FactorAnswer(
        method,
        code=request.POST.get("code", ""),
        challenge_state=request.session.pop(PASSKEY_STATE, None),
        passkey_answer=request.POST.get("answer", ""),
    )


def _page(
    request: HttpRequest, draft: DraftView, method: str = "", error: str = ""
) -> HttpResponse:
    methods = factor_methods_of(draft.author_id)
    page = {
        **step_page(draft, Stage.SIGNATURE),
        "passkey_options": _passkey_options(request, draft, methods),
        "app_error": error if method == FactorMethod.TOTP else "",
        "mail_error": error if method == FactorMethod.EMAIL_CODE else "",
        "faults": (ErrorLine(error, _target(method, methods)),) if error else (),
        "may_use_app": FactorMethod.TOTP in methods,
        "may_use_mail": FactorMethod.EMAIL_CODE in methods,
        "sign_url": reverse("web:draft_trusted", args=[draft.id]),
    }
    return render(request, "web/compose/trusted.html", page)


def _target(method: str, methods: tuple[FactorMethod, ...]) -> str:
    return CODE_FIELDS.get(method, "") if method in methods else ""


def _passkey_options(
    request: HttpRequest, draft: DraftView, methods: tuple[FactorMethod, ...]
) -> str:
    if FactorMethod.PASSKEY not in methods:
        return ""
    challenge = begin_passkey(draft.author_id)
    request.session[PASSKEY_STATE] = challenge.state_json
    return challenge.options_json


def _purpose(draft: DraftView) -> str:
    return signing_purpose(draft.id, draft.document_sha256)
