from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from skrytka.accounts.queries.directory import first_institutions

SHOWN = 6


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """This will name the institutions with their basic addresses and lead to the catalogue."""
    listed = first_institutions(SHOWN + 1)
    page = {"institutions": listed[:SHOWN], "has_more": len(listed) > SHOWN}
    return render(request, "web/start/start.html", page)
