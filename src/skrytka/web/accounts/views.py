"""The person's own page, and whom they act for."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from skrytka.accounts import policies
from skrytka.accounts.queries import (
    Viewer,
    factors_of,
    mandates_given_by,
    mandates_held_by,
    party_details,
    profile_standing_of,
)
from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.config import clock
from skrytka.ui.parts import Choice
from skrytka.web.accounts.facts import data_facts, factor_facts, party_rows, profile_pill
from skrytka.web.context import ACTING_PARTY, viewer_on


@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """This will show the person their data, parties, mandates, profile and ways of logging in."""
    viewer = viewer_on(request)
    if not viewer.parties:
        return redirect("web:account_data")
    at = clock.now()
    context = _context(viewer, at)
    return render(request, "web/accounts/account.html", context)


@login_required
@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accounts/ready.html")


@login_required
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """This will let the person act for themselves or an organisation until they log out."""
    viewer = viewer_on(request)
    text = request.POST.get("party", "")
    if not text.isdecimal() or not policies.may_act_for(viewer, int(text)):
        raise Http404
    request.session[ACTING_PARTY] = int(text)
    name = next(party.name for party in viewer.parties if party.id == int(text))
    messages.success(request, _("Działasz teraz jako %(name)s.") % {"name": name})
    return HttpResponseRedirect(next_place(request, "/konto/"))


@login_required
@require_POST
def keep_alive(_request: HttpRequest) -> HttpResponse:
    """This will count as activity and say nothing."""
    return HttpResponse(status=204)


def next_place(request: HttpRequest, otherwise: str) -> str:
    """This will return where the person wanted to go, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else otherwise


def _context(viewer: Viewer, at: datetime) -> dict[str, object]:
    own = party_details(viewer.parties[0].id)
    acting_id = viewer.acting_party.id if viewer.acting_party else 0
    return {
        "data_facts": data_facts(own, viewer) if own else (),
        "choices": tuple(
            Choice(str(party.id), party.name, party.box_address, party.id == acting_id)
            for party in viewer.parties
        ),
        "has_organisations": len(viewer.parties) > 1,
        "party_rows": party_rows(viewer),
        "profile_pill": profile_pill(profile_standing_of(viewer.user_id, at)),
        "factor_facts": factor_facts(factors_of(viewer.user_id), viewer),
        "given": mandates_given_by(acting_id, at),
        "held": mandates_held_by(viewer.user_id, at),
        "accepts_delivery": accepts_delivery(acting_id, at=at),
    }
