"""Whether institutions may deliver letters to the account of the party one acts for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations.delivery_consent import (
    accept_delivery_again,
    resign_from_delivery,
)
from skrytka.accounts.policies import may_act_for
from skrytka.accounts.queries.delivery_consent import accepts_delivery
from skrytka.config import clock
from skrytka.ledger.operations import Actor
from skrytka.web.context import viewer_on


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delivery(request: HttpRequest) -> HttpResponse:
    """This will ask first, then switch delivery to the account off, or on again."""
    viewer, at = viewer_on(request), clock.now()
    party = viewer.acting_party
    if party is None or not may_act_for(viewer, party.id):
        raise Http404
    accepts = accepts_delivery(party.id, at=at)
    if request.method != "POST":
        return render(request, "web/accounts/delivery.html", {"party": party, "accepts": accepts})
    actor = Actor(str(viewer.user_id))
    if request.POST.get("wish") == "resign":
        resign_from_delivery(party.id, at=at, actor=actor)
        messages.success(request, _("Urzędy nie wyślą już pism na to konto."))
    else:
        accept_delivery_again(party.id, at=at, actor=actor)
        messages.success(request, _("Urzędy mogą znowu wysyłać pisma na to konto."))
    return redirect("web:account")
