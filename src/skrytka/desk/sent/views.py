"""„Wysłane”: the list with its filters, the same list as a file, and one letter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.core.calendar import civil_moment
from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.opened import document_to_read
from skrytka.delivery.queries.tracked_letter import sent_letter
from skrytka.delivery.queries.tracking import sent_counts, sent_page, sent_rows
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.exports import csv_answer
from skrytka.desk.frame import desk_render
from skrytka.desk.sent.access import for_sent
from skrytka.desk.sent.lines import (
    empty_of,
    line_of,
    sort_heads,
    table_heads,
    table_rows,
    tiles_of,
)
from skrytka.desk.sent.page import sent_context
from skrytka.desk.sent.wanted import address_part, filter_fields, filter_of, is_narrowed
from skrytka.letters.queries.papers import paper_of


@require_safe
@for_desk(may_track)
def sent(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list what the institution sent, as far as the filter finds it."""
    at = clock.now()
    wanted = filter_of(request.GET)
    page = sent_page(desk.institution_id, wanted, request.GET.get("page"), at=at)
    by_dispatch, by_last_day = sort_heads(wanted.sort)
    count = page.paginator.count
    shown: dict[str, object] = {
        "wanted": wanted,
        "page": page,
        "lines": tuple(line_of(row) for row in page.object_list),
        "other_parameters": address_part(wanted),
        "folder_url": reverse("desk:sent"),
        "by_dispatch": by_dispatch,
        "by_last_day": by_last_day,
        "empty": None if count else empty_of(is_narrowed=is_narrowed(wanted)),
        "found": ngettext("Znaleziono %(count)d pismo", "Znaleziono %(count)d pism", count)
        % {"count": count},
    }
    response = _drawn(request, desk, shown)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@for_desk(may_track)
def sent_table(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """This will send the list that the filter finds as a file for a spreadsheet."""
    at = clock.now()
    rows = sent_rows(desk.institution_id, filter_of(request.GET), at=at)
    name = f"wyslane-{civil_moment(at):%Y-%m-%d}.csv"
    return csv_answer(name, table_heads(), table_rows(rows))


@never_cache
@require_safe
@for_sent(may_track)
def letter(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will show one letter that went out and how far its delivery has come."""
    at = clock.now()
    shown = sent_letter(letter_id, at=at)
    context = sent_context(shown, writes=desk.writes, policy_id=request.GET.get("zasada", ""))
    paper = paper_of(document_to_read(letter_id, at=at))
    return desk_render(request, desk, "desk/sent/letter.html", {**context, "paper": paper})


def _drawn(request: HttpRequest, desk: Desk, shown: dict[str, object]) -> HttpResponse:
    """A change of a filter asks by htmx for the list alone; everything else for the whole page."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        return render(request, "desk/sent/_list.html", shown)
    whole = {
        **shown,
        "tiles": tiles_of(sent_counts(desk.institution_id, at=clock.now())),
        "filters": filter_fields(filter_of(request.GET)),
    }
    return desk_render(request, desk, "desk/sent/list.html", whole)
