"""„Terminy”: a month of deadlines, and the coming ones for a spreadsheet or a calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.delivery.policies import may_track
from skrytka.delivery.queries.deadlines import deadlines_by_day, deadlines_from
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.deadlines.icalendar import calendar_file
from skrytka.desk.deadlines.month import kind_text, last_of, month_asked, month_of
from skrytka.desk.exports import csv_answer, saved_as
from skrytka.desk.frame import desk_render
from skrytka.desk.sent.texts import STANDINGS


@require_safe
@for_desk(may_track)
def deadlines(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show one month: which terms end on which day, and which days are free."""
    today = civil_date(clock.now())
    first = month_asked(request.GET.get("miesiac", ""), today)
    days = deadlines_by_day(desk.institution_id, first, last_of(first))
    page = {"month": month_of(first, days, today), "has_deadlines": bool(days)}
    return desk_render(request, desk, "desk/deadlines/month.html", page)


@require_safe
@for_desk(may_track)
def deadlines_table(_request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """This will send every deadline from today on as a file for a spreadsheet."""
    today = civil_date(clock.now())
    heads = (_("Dzień"), _("Co"), _("Adresat"), _("Tytuł"), _("Znak sprawy"), _("Stan"))
    rows = (
        (
            each.on.isoformat(),
            kind_text(each.kind),
            each.addressee_name,
            each.title,
            each.case_mark,
            str(STANDINGS[each.standing][0]),
        )
        for each in deadlines_from(desk.institution_id, today)
    )
    return csv_answer(f"terminy-{today}.csv", heads, rows)


@require_safe
@for_desk(may_track)
def deadlines_calendar(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will send every deadline from today on as a calendar file."""
    at = clock.now()
    found = deadlines_from(desk.institution_id, civil_date(at))
    data = calendar_file(found, settings.SENT_LINK, at=at)
    answer = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    return saved_as(answer, f"terminy-{civil_date(at)}.ics")
