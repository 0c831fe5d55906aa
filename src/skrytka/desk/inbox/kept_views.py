"""Letters that wait for the scanner, and letters in which malware was found later."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.frame import desk_render
from skrytka.desk.inbox.lines import line_of
from skrytka.letters.policies import may_see_inbox
from skrytka.letters.queries.awaiting import awaiting_letters
from skrytka.letters.queries.inbox import rows_of
from skrytka.letters.queries.screenings import flagged_letter_ids


@require_safe
@for_desk(may_see_inbox)
def awaiting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list what came but cannot be opened yet: that it came, from whom and when."""
    page = {"rows": awaiting_letters(desk.institution_id)}
    return desk_render(request, desk, "desk/inbox/awaiting.html", page)


@require_safe
@for_desk(may_see_inbox)
def flagged(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list accepted letters with a file that nobody may take now."""
    at = clock.now()
    rows = rows_of(flagged_letter_ids(desk.institution_id))
    page = {"lines": tuple(line_of(row, at) for row in rows)}
    return desk_render(request, desk, "desk/inbox/flagged.html", page)
