"""„Nie przyjmuję pisma”: asked once more, with what follows from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.refusing import refuse_letter
from skrytka.delivery.policies import may_refuse
from skrytka.delivery.queries.incoming import WaitingLetter
from skrytka.ledger.operations import Actor
from skrytka.ui.formats import day
from skrytka.web.context import viewer_on
from skrytka.web.incoming.access import waiting_page
from skrytka.web.incoming.frame import step_page

EFFECT = gettext_lazy(
    "Odmowa niczego nie zatrzyma. Pismo (nadawca: %(institution)s) uznaje się za doręczone "
    "dzisiaj, %(today)s, i od dzisiaj biegną terminy, które wyznacza. Odmowy nie cofniesz. "
    "Treść zobaczysz tak samo jak po odbiorze."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@waiting_page
def refuse(request: HttpRequest, letter: WaitingLetter) -> HttpResponse:
    """This will note the refusal after a question; a proxy cannot refuse for the party."""
    viewer, at = viewer_on(request), clock.now()
    if not may_refuse(viewer, letter.party_id):
        raise Http404
    if request.method == "POST":
        refuse_letter(letter.id, actor=Actor(str(viewer.user_id)), at=at)
        return redirect("web:incoming_letter", letter.id)
    page = {
        **step_page(letter),
        "heading": _("Nie przyjmujesz tego pisma?"),
        "text": EFFECT % {"today": day(at), "institution": letter.institution_name},
        "yes": _("Nie przyjmuję pisma"),
        "action": reverse("web:incoming_refuse", args=[letter.id]),
        "back_url": reverse("web:incoming_letter", args=[letter.id]),
    }
    return render(request, "web/incoming/refuse.html", page)
