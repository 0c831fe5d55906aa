"""The lists of the side menu, refused letters, and the choice of the institution."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.accounts.queries import institution_of_id
from skrytka.config import clock
from skrytka.desk.access import CHOSEN_INSTITUTION, Desk, desk_of, for_desk, workplaces
from skrytka.desk.frame import desk_render
from skrytka.desk.inbox.attention import attention_at
from skrytka.desk.inbox.lines import (
    Empty,
    empty_of,
    line_of,
    nothing_found,
    sort_heads,
    tiles_of,
)
from skrytka.desk.inbox.wanted import address_part, filter_fields, filter_of, is_narrowed
from skrytka.letters.policies import may_handle_letter, may_see_inbox
from skrytka.letters.queries.desk import refused_letters
from skrytka.letters.queries.inbox import (
    Folder,
    InboxFilter,
    InboxRow,
    InboxRows,
    inbox_counts,
    last_arrival,
)
from skrytka.letters.queries.states import HandlingState

PER_PAGE = 25
ADDRESSES = {
    Folder.RECEIVED: "desk:inbox",
    Folder.MINE: "desk:mine",
    Folder.DEFICIENT: "desk:deficient",
    Folder.DONE: "desk:done",
}


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """This will show „Odebrane”; who only administers the institution is led to its settings."""
    desk = desk_of(request)
    if desk.sees_inbox:
        return _folder(request, desk, Folder.RECEIVED)
    if desk.administers:
        return redirect("desk:boxes")
    raise Http404


@require_safe
@for_desk(may_handle_letter)
def mine(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _folder(request, desk, Folder.MINE)


@require_safe
@for_desk(may_see_inbox)
def deficient(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _folder(request, desk, Folder.DEFICIENT)


@require_safe
@for_desk(may_see_inbox)
def done(request: HttpRequest, desk: Desk) -> HttpResponse:
    return _folder(request, desk, Folder.DONE)


@require_safe
@for_desk(may_see_inbox)
def refused(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list letters refused for a file they held; their files stay shut."""
    page = {"rows": refused_letters(desk.institution_id)}
    return desk_render(request, desk, "desk/inbox/refused.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose_workplace(request: HttpRequest) -> HttpResponse:
    """This will let a person who works at several institutions change from one to another."""
    desk = desk_of(request)
    places = workplaces(desk.viewer)
    if request.method != "POST":
        page = {"places": places, "current_id": desk.institution_id}
        return desk_render(request, desk, "desk/inbox/workplaces.html", page)
    chosen = request.POST.get("institution", "")
    place = next((each for each in places if str(each.institution_id) == chosen), None)
    if place is None:
        raise Http404
    request.session[CHOSEN_INSTITUTION] = place.institution_id
    return redirect("desk:inbox")


def _folder(request: HttpRequest, desk: Desk, folder: Folder) -> HttpResponse:
    at = clock.now()
    wanted = filter_of(request.GET, desk, folder)
    found = Paginator(InboxRows(wanted, at=at), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    rows: tuple[InboxRow, ...] = tuple(page.object_list)
    shown: dict[str, object] = {
        "wanted": wanted,
        "page": page,
        "lines": tuple(line_of(row, at) for row in rows),
        "other_parameters": address_part(wanted),
        "folder_url": reverse(ADDRESSES[folder]),
        "by_arrival": sort_heads(wanted.sort)[0],
        "by_sender": sort_heads(wanted.sort)[1],
        "handles": desk.handles,
        "columns": 8 if desk.handles else 7,
        "found": _found(found.count),
        "empty": None if rows else _empty(desk, wanted),
        "came_from": request.get_full_path(),
    }
    response = _drawn(request, desk, wanted, shown)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _drawn(
    request: HttpRequest, desk: Desk, wanted: InboxFilter, shown: dict[str, object]
) -> HttpResponse:
    """A change of a filter asks by htmx for the list alone; everything else for the whole page."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        return render(request, "desk/inbox/_list.html", shown)
    institution = institution_of_id(desk.institution_id)
    boxes = institution.boxes if institution else ()
    counts = inbox_counts(desk.institution_id, desk.viewer.user_id, at=clock.now())
    is_first = wanted.folder is Folder.RECEIVED
    whole = {
        **shown,
        "heading": _heading(wanted.folder),
        "title_note": _title_note(wanted.folder, counts.new),
        "tiles": tiles_of(counts) if is_first else (),
        "attention": attention_at(desk, at=clock.now()) if is_first else (),
        "filters": filter_fields(wanted, boxes),
        "desk_query": wanted.text,
    }
    return desk_render(request, desk, "desk/inbox/inbox.html", whole)


def _empty(desk: Desk, wanted: InboxFilter) -> Empty:
    only_new = wanted.state is HandlingState.NEW and not wanted.text
    if is_narrowed(wanted) and not only_new:
        return nothing_found(reverse(ADDRESSES[wanted.folder]))
    return empty_of(wanted.folder, last_arrival(desk.institution_id), clock.now())


def _heading(folder: Folder) -> str:
    return {
        Folder.RECEIVED: _("Odebrane"),
        Folder.MINE: _("Przydzielone mi"),
        Folder.DEFICIENT: _("Braki formalne"),
        Folder.DONE: _("Załatwione"),
    }[folder]


def _title_note(folder: Folder, new: int) -> str:
    if folder is not Folder.RECEIVED or not new:
        return ""
    return ", " + ngettext("%(new)d nowe", "%(new)d nowych", new) % {"new": new}


def _found(count: int) -> str:
    found = ngettext("Znaleziono %(count)d pismo", "Znaleziono %(count)d pism", count)
    return found % {"count": count}
