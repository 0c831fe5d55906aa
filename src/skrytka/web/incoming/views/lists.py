"""„Od urzędów”: what waits, then what was delivered."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.delivery.queries.incoming import PAGE, incoming_of
from skrytka.web.context import viewer_on
from skrytka.web.paging import page_number


@never_cache
@require_safe
@login_required
def incoming(request: HttpRequest) -> HttpResponse:
    """This will list letters to the person, and to those they represent or are a proxy of."""
    listed = incoming_of(viewer_on(request), page_number(request), at=clock.now())
    page = {
        "waiting": tuple(row for row in listed.rows if row.is_waiting),
        "delivered": tuple(row for row in listed.rows if not row.is_waiting),
        "page": Paginator(range(listed.total), PAGE).get_page(listed.number),
    }
    return render(request, "web/incoming/list.html", page)
