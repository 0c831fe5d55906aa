"""The three ways to confirm, each a form of its own on the page that signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from skrytka.accounts.operations.second_factor import (
    FactorAnswer,
    FactorConfirmation,
    begin_passkey,
    confirm_factor,
    request_email_code,
)
from skrytka.accounts.queries.factors import FactorMethod, factor_methods_of
from skrytka.ui.parts import ErrorLine

SEND_CODE = "send-code"
PASSKEY_STATE = "signing_passkey"
CODE_FIELDS: Mapping[str, str] = {
    FactorMethod.TOTP: "id_app_code",
    FactorMethod.EMAIL_CODE: "id_mail_code",
    FactorMethod.PASSKEY: "passkey-button",
}


@dataclass(frozen=True)
class Asked:
    """Who confirms, and what: the purpose names the very thing that is signed."""

    user_id: int
    purpose: str


def wants_code(request: HttpRequest) -> bool:
    """This will tell whether the person asked for a code by e-mail, before anything is signed."""
    return request.POST.get("action") == SEND_CODE


def send_code(request: HttpRequest, asked: Asked, *, at: datetime) -> None:
    """This will send a code and say so on the next page. Raises CannotConfirmFactor."""
    request_email_code(asked.user_id, asked.purpose, at=at)
    messages.success(request, _("Wysłaliśmy kod na Twój adres e-mail. Kod działa 10 minut."))


def confirmation_in(request: HttpRequest, asked: Asked, *, at: datetime) -> FactorConfirmation:
    """This will read the person's answer in the way it was given. Raises CannotConfirmFactor."""
    answer = FactorAnswer(
        request.POST.get("method", ""),
        code=request.POST.get("code", ""),
        challenge_state=request.session.pop(PASSKEY_STATE, None),
        passkey_answer=request.POST.get("answer", ""),
    )
    return confirm_factor(asked.user_id, asked.purpose, answer, at=at)


def factor_page(
    request: HttpRequest, asked: Asked, action: str, method: str = "", error: str = ""
) -> dict[str, object]:
    """This will give the context of the three forms, which post to `action`."""
    methods = factor_methods_of(asked.user_id)
    target = CODE_FIELDS.get(method, "") if method in methods else ""
    return {
        "sign_url": action,
        "passkey_options": _passkey_options(request, asked.user_id, methods),
        "app_error": error if method == FactorMethod.TOTP else "",
        "mail_error": error if method == FactorMethod.EMAIL_CODE else "",
        "faults": (ErrorLine(error, target),) if error else (),
        "may_use_app": FactorMethod.TOTP in methods,
        "may_use_mail": FactorMethod.EMAIL_CODE in methods,
    }


def _passkey_options(request: HttpRequest, user_id: int, methods: tuple[FactorMethod, ...]) -> str:
    if FactorMethod.PASSKEY not in methods:
        return ""
    challenge = begin_passkey(user_id)
    request.session[PASSKEY_STATE] = challenge.state_json
    return challenge.options_json
