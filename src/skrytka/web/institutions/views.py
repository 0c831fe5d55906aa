from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from skrytka.accounts.queries import InstitutionView, institution_of_entity
from skrytka.accounts.queries.directory import find_institutions
from skrytka.web.friend.forms import FriendForm
from skrytka.web.institutions.pages import institution_page

PER_PAGE = 20
LONGEST_QUERY = 100


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """This will list institutions, by the words looked for when there are any."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = Paginator(find_institutions(query), PER_PAGE)
    page = {
        "query": query,
        "page": found.get_page(request.GET.get("page")),
        "total": found.count,
        "other_parameters": urlencode({"q": query}) if query else "",
    }
    return render(request, "web/institutions/list.html", page)


@require_safe
def institution(request: HttpRequest, entity: str) -> HttpResponse:
    """This will show the public page of an institution."""
    page = institution_page(institution_or_404(entity), FriendForm())
    return render(request, "web/institutions/institution.html", page)


def institution_or_404(entity: str) -> InstitutionView:
    # PostgreSQL knows no text with a NUL in it.
    found = None if "\0" in entity else institution_of_entity(entity)
    if found is None:
        raise Http404
    return found
