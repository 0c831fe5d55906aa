"""Step 1: to whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.letters.operations.drafts import choose_addressee
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import ErrorLine
from skrytka.web.compose.access import open_draft_page, sender_kind
from skrytka.web.compose.addressing import (
    Sender,
    box_for,
    box_reason,
    boxes_beside,
    found_boxes,
)
from skrytka.web.compose.frame import Stage, stage_url, step_page

LONGEST_TYPED = 200
FIELD_ID, LIST_ID = "id_addressee", "id_box"


@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def addressee(request: HttpRequest, draft: DraftView) -> HttpResponse:
    """This will ask to whom the letter goes, or take the answer and go on to the letter."""
    sender = Sender(sender_kind(request, draft), draft.card)
    if request.method != "POST":
        return _page(request, draft, sender, choices=boxes_beside(draft, sender))
    picked = _picked(request)
    chosen = box_for(picked, sender) if picked else None
    if chosen is None:
        return _searched(request, draft, sender)
    choose_addressee(draft.id, chosen.box.id, at=clock.now())
    return redirect(stage_url(draft, Stage.LETTER))


def _picked(request: HttpRequest) -> str:
    """A suggestion counts first; a box of the list only for the words that the list was for."""
    chosen = request.POST.get("chosen", "")
    same_words = request.POST.get("addressee", "") == request.POST.get("searched", "")
    return chosen or (request.POST.get("box", "") if same_words else "")


def _searched(request: HttpRequest, draft: DraftView, sender: Sender) -> HttpResponse:
    """What was typed and not picked is looked for; the answer is a list to pick from."""
    typed = request.POST.get("addressee", "").strip()[:LONGEST_TYPED]
    choices = found_boxes(typed, sender) if typed else ()
    if choices:
        return _page(request, draft, sender, typed=typed, choices=choices)
    if typed:
        error = _("Nie znaleźliśmy „%(typed)s”. Sprawdź pisownię albo wpisz krótsze słowo.")
        return _page(request, draft, sender, typed=typed, error=error % {"typed": typed})
    return _page(request, draft, sender, error=_("Wybierz adresata z listy."))


def _page(request: HttpRequest, draft: DraftView, sender: Sender, **shown: object) -> HttpResponse:
    error = str(shown.get("error", ""))
    page = {
        **step_page(draft, Stage.ADDRESSEE),
        "reason": box_reason(draft, sender.kind),
        "faults": (ErrorLine(error, FIELD_ID),) if error else (),
        **shown,
    }
    return render(request, "web/compose/addressee.html", page)
