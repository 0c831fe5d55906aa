"""Several letters at once: the list ticks them, a page asks what to do, one operation does it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.core.calendar import civil_moment
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.frame import desk_render
from skrytka.desk.inbox.forms import AssignForm, StateForm
from skrytka.desk.texts import FAULTS
from skrytka.letters.operations.handling import Bulk, assign_letters, change_states
from skrytka.letters.operations.handling_moves import Move
from skrytka.letters.policies import may_assign_letter, may_handle_letter, may_read_letter_at_desk
from skrytka.letters.queries.desk import clerks_of
from skrytka.letters.queries.inbox import InboxRow, letters_at
from skrytka.letters.queries.packages import packages_chunks

MOST_AT_ONCE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_assign_letter)
def assign(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will ask who is to handle the chosen letters, and assign them."""
    rows = _chosen(request, desk)
    if not rows:
        return _nothing_chosen(request)
    at = clock.now()
    data = request.POST if request.method == "POST" else None
    form = AssignForm(clerks_of(desk.institution_id, at=at), data)
    if data is not None and form.is_valid():
        ids = [row.letter_id for row in rows]
        done = assign_letters(ids, int(form.cleaned_data["assignee"]), desk.clerk, at=at)
        return _told(request, done)
    page = {
        "heading": ngettext("Przydziel pismo", "Przydziel pisma", len(rows)),
        "button": _("Przydziel"),
        "action": reverse("desk:assign"),
    }
    return _asked(request, desk, {**page, "form": form, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_handle_letter)
def change_state(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will ask for the new state of the chosen letters, and change it where it can be."""
    rows = _chosen(request, desk)
    if not rows:
        return _nothing_chosen(request)
    data = request.POST if request.method == "POST" else None
    form = StateForm(data)
    if data is not None and form.is_valid():
        ids = [row.letter_id for row in rows]
        move, reason = Move(form.cleaned_data["move"]), form.cleaned_data["reason"]
        done = change_states(ids, move, desk.clerk, at=clock.now(), reason=reason)
        return _told(request, done)
    page = {
        "heading": ngettext("Zmień stan pisma", "Zmień stan pism", len(rows)),
        "button": _("Zmień stan"),
        "action": reverse("desk:change_states"),
    }
    return _asked(request, desk, {**page, "form": form, "rows": rows})


@require_safe
@for_desk(may_read_letter_at_desk)
def download(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """This will send the chosen letters as one ZIP, a folder for each with its receipt."""
    rows = _chosen(request, desk)
    if not rows:
        return _nothing_chosen(request)
    chunks = packages_chunks([row.letter_id for row in rows])
    answer = StreamingHttpResponse(chunks, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{_archive_name()}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _archive_name() -> str:
    return f"pisma-{civil_moment(clock.now()):%Y-%m-%d-%H%M}.zip"


def _asked(request: HttpRequest, desk: Desk, page: dict[str, object]) -> HttpResponse:
    return desk_render(
        request, desk, "desk/inbox/bulk.html", {**page, "back_url": _way_back(request)}
    )


def _chosen(request: HttpRequest, desk: Desk) -> tuple[InboxRow, ...]:
    """Letters of other institutions among the chosen ones do not exist for this desk."""
    ids = [found for text in _sent(request).getlist("p") if (found := _id_of(text)) is not None]
    return letters_at(desk.institution_id, ids[:MOST_AT_ONCE])


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _sent(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _way_back(request: HttpRequest) -> str:
    wished = _sent(request).get("next", "")
    own = url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return wished if own and wished.startswith("/") else reverse("desk:inbox")


def _nothing_chosen(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Zaznacz pisma na liście, a potem wybierz, co z nimi zrobić."))
    return redirect(_way_back(request))


def _told(request: HttpRequest, done: Bulk) -> HttpResponse:
    if done.changed:
        text = ngettext("Zmieniono %(n)d pismo.", "Zmieniono %(n)d pism.", done.changed)
        messages.success(request, text % {"n": done.changed})
    for reason in dict.fromkeys(done.refused):
        count = done.refused.count(reason)
        text = ngettext("Pominięto %(n)d pismo.", "Pominięto %(n)d pism.", count)
        messages.warning(request, f"{text % {'n': count}} {FAULTS[reason]}")
    return redirect(_way_back(request))
