from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from skrytka.accounts.queries.directory import first_institutions
from skrytka.web.info.statement import statement_of
from skrytka.web.institutions.pages import link_to
from skrytka.web.institutions.views import institution_or_404

LISTED = 20


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/info/help.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "web/info/terms.html")


@require_safe
def privacy(request: HttpRequest, entity: str = "") -> HttpResponse:
    """This will tell what happens to personal data: in general, or at one institution."""
    page = {
        "institution": institution_or_404(entity) if entity else None,
        "institutions": () if entity else first_institutions(LISTED),
    }
    return render(request, "web/info/privacy.html", page)


@require_safe
def accessibility(request: HttpRequest, entity: str = "") -> HttpResponse:
    """This will show an institution's statement, or the list of them.

    Each institution is a public body of its own and answers for its own statement (art. 10 of the
    act of 4 April 2019 on the digital accessibility of public bodies' websites).
    """
    if not entity:
        page: dict[str, object] = {"institutions": first_institutions(LISTED)}
        return render(request, "web/info/statements.html", page)
    institution = institution_or_404(entity)
    page = {
        "institution": institution,
        "statement": statement_of(institution),
        "link": link_to(institution),
    }
    return render(request, "web/info/accessibility.html", page)
