"""Suggestions for the field of the addressee, and the same as a page."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from skrytka.catalogue.policies import may_read_catalogue
from skrytka.catalogue.queries import general_card
from skrytka.web.addressees.choices import LONGEST_TYPED, addressee_choices, suggestions_for
from skrytka.web.addressees.texts import found_text
from skrytka.web.context import viewer_on

SUGGESTED = 8
SHORTEST_TYPED = 2


@require_safe
def addressees(request: HttpRequest) -> HttpResponse:
    """This will answer `?q=` with JSON for the field that suggests, with a page for a browser.

    JSON: `{"results": [{"value": entity, "label": name, "detail": box address}]}`, the best first.
    """
    if not may_read_catalogue(viewer_on(request)):
        raise Http404
    typed = request.GET.get("q", "").strip()[:LONGEST_TYPED]
    is_page = "text/html" in request.headers.get("Accept", "")
    response = _page(request, typed) if is_page else _suggestions(typed)
    patch_vary_headers(response, ["Accept"])
    return response


def _suggestions(typed: str) -> HttpResponse:
    results = []
    if len(typed) >= SHORTEST_TYPED:
        results = [
            {"value": line.entity, "label": line.name, "detail": line.box_address}
            for line in suggestions_for(typed, SUGGESTED).lines
        ]
    return JsonResponse({"results": results})


def _page(request: HttpRequest, typed: str) -> HttpResponse:
    page: dict[str, object] = {"typed": typed, "card": general_card()}
    if typed:
        found = suggestions_for(typed)
        page |= {"choices": addressee_choices(found), "found": found_text(found)}
    return render(request, "web/addressees/addressees.html", page)
