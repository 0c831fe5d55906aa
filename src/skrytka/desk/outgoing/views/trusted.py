"""Step 3, trusted signature of the clerk: the second factor for this very document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
from skrytka.delivery.operations.signing import sign_outgoing_trusted
from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_own_draft
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.letters.operations.signing import CannotSign, SigningFault, signing_purpose
from skrytka.ui.navigation import address_of
from skrytka.ui.parts import ErrorLine
from skrytka.ui.signing_texts import factor_text, signing_text

PASSKEY_STATE = "outgoing_passkey"
CODE_FIELDS = {
    "TOTP": "id_app_code",
    "EMAIL_CODE": "id_mail_code",
    "PASSKEY": "passkey-button",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def trusted(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will sign after a second factor, or explain how to get a confirmed profile."""
    if not draft.is_frozen:
        return redirect(stage_url(draft, Stage.LETTER))
    if confirmed_profile_of(desk.viewer.user_id, clock.now()) is None:
        page = {"stage": Stage.SIGNATURE, "profile_url": address_of("web:account_profile")}
        return step_render(request, desk, draft, "desk/outgoing/no_profile.html", page)
    if request.method != "POST":
        return _page(request, desk, draft)
    if request.POST.get("action") == "send-code":
        return _send_code(request, desk, draft)
    return _sign(request, desk, draft, request.POST.get("method", ""))


def _send_code(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    try:
        request_email_code(desk.viewer.user_id, _purpose(draft), at=clock.now())
    except CannotConfirmFactor as refusal:
        return _page(request, desk, draft, "EMAIL_CODE", factor_text(refusal.reason))
    messages.success(request, _("Wysłaliśmy kod na Twój adres e-mail. Kod działa 10 minut."))
    return redirect("desk:outgoing_trusted", draft.id)


def _sign(request: HttpRequest, desk: Desk, draft: OutgoingView, method: str) -> HttpResponse:
    at, person = clock.now(), desk.viewer.user_id
    try:
        confirmation = confirm_factor(person, _purpose(draft), _answer(request, method), at=at)
        sign_outgoing_trusted(draft.id, confirmation, actor=desk.actor, at=at)
    except CannotConfirmFactor as refusal:
        return _page(request, desk, draft, method, factor_text(refusal.reason))
    except CannotSign as refusal:
        if refusal.reason is SigningFault.NOT_FROZEN:
            return redirect(stage_url(draft, Stage.LETTER))
        text = signing_text(refusal.reason, refusal.expired_at)
        return _page(request, desk, draft, method, text)
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
    request: HttpRequest, desk: Desk, draft: OutgoingView, method: str = "", error: str = ""
) -> HttpResponse:
    methods = factor_methods_of(desk.viewer.user_id)
    target = CODE_FIELDS.get(method, "") if method in methods else ""
    page = {
        "stage": Stage.SIGNATURE,
        "passkey_options": _passkey_options(request, desk, methods),
        "app_error": error if method == FactorMethod.TOTP else "",
        "mail_error": error if method == FactorMethod.EMAIL_CODE else "",
        "faults": (ErrorLine(error, target),) if error else (),
        "may_use_app": FactorMethod.TOTP in methods,
        "may_use_mail": FactorMethod.EMAIL_CODE in methods,
        "sign_url": reverse("desk:outgoing_trusted", args=[draft.id]),
    }
    return step_render(request, desk, draft, "desk/outgoing/trusted.html", page)


def _passkey_options(request: HttpRequest, desk: Desk, methods: tuple[FactorMethod, ...]) -> str:
    if FactorMethod.PASSKEY not in methods:
        return ""
    challenge = begin_passkey(desk.viewer.user_id)
    request.session[PASSKEY_STATE] = challenge.state_json
    return challenge.options_json


def _purpose(draft: OutgoingView) -> str:
    return signing_purpose(draft.id, draft.document_sha256)
