"""The catalogue: searched, browsed, read. Anyone may (`may_read_catalogue`)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from skrytka.catalogue.policies import may_read_catalogue
from skrytka.catalogue.queries import card_of_slug, cards_in, category_tree
from skrytka.web.catalogue.card_page import card_facts
from skrytka.web.catalogue.frame import card_crumbs, catalogue_crumb, category_crumbs, node_of_slug
from skrytka.web.catalogue.pages import plain_lines, results_page
from skrytka.web.catalogue.wanted import wanted_of
from skrytka.web.context import viewer_on

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def for_readers(view: View[Given]) -> View[Given]:
    """This will show a page to who may read the catalogue."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
        if not may_read_catalogue(viewer_on(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return asked


@require_safe
@for_readers
def catalogue(request: HttpRequest) -> HttpResponse:
    """This will show the cards that fit what is looked for."""
    wanted = wanted_of(request.GET)
    shown = results_page(wanted, request.GET.get("page", ""))
    page = {
        "shown": shown,
        "tree": () if wanted.text or wanted.is_narrowed else category_tree(),
        "crumbs": catalogue_crumb(is_last=True),
    }
    return render(request, "web/catalogue/catalogue.html", page)


@require_safe
@for_readers
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """This will show a topic: the topics below it and its cards."""
    node = node_of_slug(category_tree(), slug)
    if node is None:
        raise Http404
    page = {
        "node": node,
        "lines": plain_lines(cards_in(slug)),
        "crumbs": category_crumbs(category_tree(), slug),
        "nav_current": "catalogue",
    }
    return render(request, "web/catalogue/category.html", page)


@require_safe
@for_readers
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """This will show a service card and lead to its form."""
    found = card_of_slug(slug)
    if found is None:
        raise Http404
    page = {
        "card": found,
        "shown": card_facts(found),
        "crumbs": card_crumbs(found),
    }
    return render(request, "web/catalogue/card.html", page)
