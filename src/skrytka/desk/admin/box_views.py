"""Boxes: whether they are open, what they are for, who is told of a new letter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.accounts.operations.settings import BoxSettings, change_box
from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import BoxView, InstitutionView, institution_of_id
from skrytka.config import clock
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.forms import BoxForm
from skrytka.desk.frame import desk_render
from skrytka.desk.inbox.attention import attention_at


@require_safe
@for_desk(may_administer)
def boxes(request: HttpRequest, desk: Desk) -> HttpResponse:
    # For who only administers this is the first page: what waits stands here then.
    attention = () if desk.sees_inbox else attention_at(desk, at=clock.now())
    page = {"boxes": institution_at(desk).boxes, "attention": attention}
    return desk_render(request, desk, "desk/admin/boxes.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def box(request: HttpRequest, desk: Desk, box_id: int) -> HttpResponse:
    """This will show and change one box of the institution; another's does not exist here."""
    shown = next((each for each in institution_at(desk).boxes if each.id == box_id), None)
    if shown is None:
        raise Http404
    form = BoxForm(request.POST) if request.method == "POST" else BoxForm(initial=_typed(shown))
    if form.is_bound and form.is_valid():
        change_box(box_id, BoxSettings(**form.cleaned_data), at=clock.now(), actor=desk.actor)
        messages.success(request, _("Zapisane."))
        return redirect("desk:boxes")
    page = {
        "heading": _("Skrytka %(address)s") % {"address": shown.address},
        "form": form,
        "back_url": reverse("desk:boxes"),
    }
    return desk_render(request, desk, "desk/admin/form.html", page)


def institution_at(desk: Desk) -> InstitutionView:
    """This will return the institution of the desk."""
    found = institution_of_id(desk.institution_id)
    if found is None:
        raise Http404
    return found


def _typed(box: BoxView) -> dict[str, object]:
    return {
        "title": box.title,
        "purpose": box.purpose,
        "notify": box.notify,
        "is_open": box.is_open,
    }
