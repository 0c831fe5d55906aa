from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from skrytka.accounts.operations.recommend import (
    CannotTellAFriend,
    Recommendation,
    TellingFault,
    recommend,
)
from skrytka.accounts.queries import InstitutionView
from skrytka.config import clock
from skrytka.web.friend.forms import FriendForm
from skrytka.web.institutions.pages import institution_page, link_to
from skrytka.web.institutions.views import institution_or_404

STATUS = {TellingFault.TOO_MANY: 429, TellingFault.NOT_SENT: 503}


def tell_a_friend(request: HttpRequest, entity: str) -> HttpResponse:
    """This will send the link; the answer is shown at once, so that the address is kept nowhere."""
    institution = institution_or_404(entity)
    if request.method != "POST":
        return redirect("web:institution", entity=entity)
    form = FriendForm(request.POST)
    if not form.is_valid():
        return _page(request, institution, form)
    return _send(request, institution, form)


def _send(request: HttpRequest, institution: InstitutionView, form: FriendForm) -> HttpResponse:
    email = form.cleaned_data["email"]
    recommendation = Recommendation(
        to=email,
        institution_name=institution.name,
        link=link_to(institution),
        client_address=request.META.get("REMOTE_ADDR", ""),
    )
    try:
        recommend(recommendation, at=clock.now())
    except CannotTellAFriend as refusal:
        form.add_error("email", _text_of(refusal.reason))
        return _page(request, institution, form, status=STATUS[refusal.reason])
    return _page(request, institution, FriendForm(), told=email)


def _text_of(reason: TellingFault) -> str:
    if reason is TellingFault.TOO_MANY:
        return _("Wysłano stąd już dużo linków. Spróbuj za godzinę albo skopiuj link do strony.")
    return _("Nie udało się wysłać linku. Spróbuj za kilka minut albo skopiuj link do strony.")


def _page(
    request: HttpRequest,
    institution: InstitutionView,
    form: FriendForm,
    *,
    status: int = 200,
    told: str = "",
) -> HttpResponse:
    page = institution_page(institution, form) | {"told": told}
    return render(request, "web/institutions/institution.html", page, status=status)
