"""Step 1: to whom. A party by the exact address of its box or as a sender, or an institution."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.drafts import choose_institution_box, choose_party
from skrytka.delivery.queries.addressees import (
    AddresseeFound,
    AddresseeKind,
    addressee_of_address,
    addressees_for,
)
from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_own_draft
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.ui.parts import Choice, ErrorLine

FIELD_ID = "id_addressee"
LONGEST_TYPED = 210


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def addressee(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will look for the addressee, and address the draft to the one that was picked."""
    if request.method != "POST":
        return _page(request, desk, draft)
    typed = request.POST.get("addressee", "").strip()[:LONGEST_TYPED]
    picked = request.POST.get("picked", "")
    if picked and request.POST.get("searched", "") == typed:
        return _picked(request, desk, draft, typed, picked)
    if not typed:
        return _page(request, desk, draft, error=_("Wpisz adresata."))
    found = addressees_for(desk.institution_id, typed)
    if not found:
        return _page(request, desk, draft, typed, error=_nobody(typed))
    if len(found) == 1 and found[0].address == typed:
        return _chosen(draft, found[0])
    return _page(request, desk, draft, typed, found)


def _picked(
    request: HttpRequest, desk: Desk, draft: OutgoingView, typed: str, address: str
) -> HttpResponse:
    """Only what the search offers can be picked."""
    found = addressees_for(desk.institution_id, typed)
    one = next((each for each in found if each.address == address), None)
    if one is None or addressee_of_address(desk.institution_id, address) is None:
        return _page(request, desk, draft, typed, found, error=_("Wybierz adresata z listy."))
    return _chosen(draft, one)


def _chosen(draft: OutgoingView, one: AddresseeFound) -> HttpResponse:
    if one.kind is AddresseeKind.PARTY:
        choose_party(draft.id, one.id, at=clock.now())
    else:
        choose_institution_box(draft.id, one.id, at=clock.now())
    return redirect(stage_url(draft, Stage.LETTER))


def _page(
    request: HttpRequest,
    desk: Desk,
    draft: OutgoingView,
    typed: str = "",
    found: tuple[AddresseeFound, ...] = (),
    *,
    error: str = "",
) -> HttpResponse:
    page = {
        "stage": Stage.ADDRESSEE,
        "typed": typed,
        "choices": tuple(Choice(one.address, one.name, one.address) for one in found),
        "error": error,
        "faults": (ErrorLine(error, FIELD_ID),) if error else (),
    }
    return step_render(request, desk, draft, "desk/outgoing/addressee.html", page)


def _nobody(typed: str) -> str:
    if typed.startswith("/"):
        return _("Nie ma otwartej skrytki pod tym adresem. Sprawdź go co do litery.")
    return _(
        "Nie znaleźliśmy adresata. Osobę i firmę znajdziesz po nazwie, jeśli pisała do Twojej "
        "instytucji, a każdą po dokładnym adresie skrytki."
    )
