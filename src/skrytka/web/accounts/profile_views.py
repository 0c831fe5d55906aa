"""Asking for a confirmed profile, seeing where to confirm it, giving it up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from skrytka.accounts.operations import (
    CannotRequestProfile,
    ProfileFault,
    request_profile,
    revoke_profile,
)
from skrytka.accounts.queries import confirming_institutions, profile_standing_of
from skrytka.config import clock
from skrytka.ledger.operations import Actor
from skrytka.web.accounts.facts import counter_facts, profile_pill
from skrytka.web.context import viewer_on

# Stored in Polish, shown in the reader's language.
OWN_WISH = gettext_noop("Na prośbę właściciela")


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """This will tell how the person's profile stands; a POST asks for a new one."""
    viewer = viewer_on(request)
    if not viewer.parties:
        return redirect("web:account_data")
    if request.method == "POST":
        return _ask(viewer.user_id)
    at = clock.now()
    standing = profile_standing_of(viewer.user_id, at)
    context = {
        "standing": standing,
        "pill": profile_pill(standing),
        "places": counter_facts(confirming_institutions(at)),
    }
    return render(request, "web/accounts/profile.html", context)


@login_required
def revoke(request: HttpRequest) -> HttpResponse:
    """This will ask first, then end the person's own profile."""
    viewer = viewer_on(request)
    at = clock.now()
    own = profile_standing_of(viewer.user_id, at).in_force
    if own is None:
        raise Http404
    if request.method == "POST":
        revoke_profile(own.id, OWN_WISH, Actor(str(viewer.user_id)), at=at)
        messages.success(request, _("Twój profil jest unieważniony."))
        return redirect("web:account_profile")
    return render(request, "web/accounts/profile_revoke.html")


def _ask(user_id: int) -> HttpResponse:
    try:
        request_profile(user_id, at=clock.now())
    except CannotRequestProfile as refusal:
        if refusal.reason is not ProfileFault.ALREADY_REQUESTED:
            raise
    return redirect("web:account_profile")
