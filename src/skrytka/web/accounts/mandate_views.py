"""Giving and ending a power of attorney."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from skrytka.accounts import policies
from skrytka.accounts.operations import CannotGiveMandate, end_mandate, give_mandate
from skrytka.accounts.operations.mandates import MandateFault
from skrytka.accounts.queries import PartyView, Viewer, mandate_of_id, party_of_box_address
from skrytka.config import clock
from skrytka.ledger.operations import Actor
from skrytka.web.accounts.forms import MandateForm
from skrytka.web.accounts.typed import typed_before
from skrytka.web.context import viewer_on

TEXTS = {
    MandateFault.NOBODY_THERE: _lazy("Nie ma osoby o takim adresie skrzynki. Sprawdź adres."),
    MandateFault.ONESELF: _lazy("To Twój adres. Wpisz adres pełnomocnika."),
    MandateFault.ALREADY_GIVEN: _lazy("Ta osoba ma już pełnomocnictwo."),
}


@login_required
def give(request: HttpRequest) -> HttpResponse:
    """This will let another person read and collect the letters of the acting party."""
    viewer = viewer_on(request)
    party = viewer.acting_party
    if party is None or not policies.may_give_mandate_for(viewer, party.id):
        raise Http404
    form = MandateForm(request.POST or None, initial=typed_before(request))
    if request.method == "POST" and form.is_valid() and _give(form, party, viewer):
        messages.success(request, _("Pełnomocnik może już czytać i odbierać pisma."))
        return redirect("web:account")
    return render(request, "web/accounts/mandate.html", {"form": form, "party": party})


@login_required
def end(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """This will ask first, then end the mandate; the giver or the proxy may."""
    viewer = viewer_on(request)
    at = clock.now()
    mandate = mandate_of_id(mandate_id, at)
    if mandate is None or not policies.may_end_mandate(viewer, mandate):
        raise Http404
    if request.method == "POST":
        end_mandate(mandate.id, at=at, actor=Actor(str(viewer.user_id)))
        messages.success(request, _("Pełnomocnictwo zakończone."))
        return redirect("web:account")
    return render(request, "web/accounts/mandate_end.html", {"mandate": mandate})


def _give(form: MandateForm, party: PartyView, viewer: Viewer) -> bool:
    proxy = party_of_box_address(form.cleaned_data["box_address"])
    actor = Actor(str(viewer.user_id))
    try:
        give_mandate(party.id, proxy.id if proxy else 0, at=clock.now(), actor=actor)
    except CannotGiveMandate as refusal:
        form.add_error("box_address", TEXTS[refusal.reason])
        return False
    return True
