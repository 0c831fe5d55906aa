"""Collecting with a trusted signature: the second factor for this very UPD."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations.second_factor import CannotConfirmFactor
from skrytka.accounts.queries.factors import FactorMethod
from skrytka.config import clock
from skrytka.delivery.operations.collecting import collect_trusted, collecting_purpose
from skrytka.delivery.operations.ending import CannotCollect
from skrytka.delivery.queries.incoming import WaitingLetter
from skrytka.ledger.operations import Actor
from skrytka.ui.signing_texts import factor_text
from skrytka.web.context import viewer_on
from skrytka.web.incoming.access import waiting_page
from skrytka.web.incoming.frame import step_page
from skrytka.web.incoming.texts import HAS_ENDED, collect_text
from skrytka.web.second_factor.asking import (
    Asked,
    confirmation_in,
    factor_page,
    send_code,
    wants_code,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@waiting_page
def trusted(request: HttpRequest, letter: WaitingLetter) -> HttpResponse:
    """This will sign the UPD after a second factor and open the letter."""
    if not viewer_on(request).has_confirmed_profile:
        return render(request, "web/incoming/no_profile.html", step_page(letter))
    if request.method != "POST":
        return _page(request, letter)
    return _code_sent(request, letter) if wants_code(request) else _signed(request, letter)


def _code_sent(request: HttpRequest, letter: WaitingLetter) -> HttpResponse:
    try:
        send_code(request, _asked(request, letter), at=clock.now())
    except CannotConfirmFactor as refusal:
        return _page(request, letter, FactorMethod.EMAIL_CODE, factor_text(refusal.reason))
    return redirect("web:incoming_trusted", letter.id)


def _signed(request: HttpRequest, letter: WaitingLetter) -> HttpResponse:
    at, method, asked = clock.now(), request.POST.get("method", ""), _asked(request, letter)
    try:
        confirmation = confirmation_in(request, asked, at=at)
        collect_trusted(letter.id, confirmation, actor=Actor(str(asked.user_id)), at=at)
    except CannotConfirmFactor as refusal:
        return _page(request, letter, method, factor_text(refusal.reason))
    except CannotCollect as refusal:
        if refusal.reason in HAS_ENDED:
            raise
        return _page(request, letter, method, collect_text(refusal))
    return redirect("web:incoming_letter", letter.id)


def _page(
    request: HttpRequest, letter: WaitingLetter, method: str = "", error: str = ""
) -> HttpResponse:
    action = reverse("web:incoming_trusted", args=[letter.id])
    forms = factor_page(request, _asked(request, letter), action, method, error)
    return render(request, "web/incoming/trusted.html", {**step_page(letter), **forms})


def _asked(request: HttpRequest, letter: WaitingLetter) -> Asked:
    return Asked(viewer_on(request).user_id, collecting_purpose(letter.id, letter.upd_no))
