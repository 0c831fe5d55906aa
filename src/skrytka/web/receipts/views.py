"""The receipt page in its three looks: delivered, being made, refused."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.letters.queries.desk import verified_document
from skrytka.letters.queries.letters import LetterView
from skrytka.letters.queries.papers import paper_of
from skrytka.ui.parts import Crumb
from skrytka.web.context import viewer_on
from skrytka.web.receipts import page as parts
from skrytka.web.receipts.access import letter_or_404
from skrytka.web.receipts.timeline import timeline_of

NO_CONTENT = 204


@never_cache
@require_safe
@login_required
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """This will show the receipt of a letter, or what keeps it."""
    found = letter_or_404(request, letter_id)
    context = {
        "letter": found,
        "crumbs": parts.crumbs(),
        "nav_current": "letters",
        "events": timeline_of(found),
    }
    if found.receipt is None:
        waits = found.is_awaiting_screening
        name = "web/receipts/screening.html" if waits else "web/receipts/pending.html"
        return render(request, name, context)
    context |= {
        "facts": parts.receipt_facts(found),
        "documents": parts.documents_of(found),
        "downloads": parts.downloads_of(found, found.receipt),
        "panel_text": parts.delivered_text(found, viewer_on(request)),
    }
    if found.is_refused:
        refused = {"refusal": parts.refusal_of(found), "write_url": parts.write_again_url(found)}
        return render(request, "web/receipts/refused.html", context | refused)
    delivered = {
        "files": parts.files_of(found),
        "judged": parts.judged_of(found),
        "write_url": parts.write_again_url(found),
    }
    return render(request, "web/receipts/letter.html", context | delivered)


@never_cache
@require_safe
@login_required
def letter_status(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """This will tell a waiting page whether the receipt is ready; without htmx it leads there."""
    found = letter_or_404(request, letter_id)
    if found.receipt is None:
        return HttpResponse(status=NO_CONTENT)
    return HttpResponse(headers={"HX-Refresh": "true"})


@never_cache
@require_safe
@login_required
def letter_content(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """This will show the letter itself, read from the bytes that were sent."""
    found = letter_or_404(request, letter_id)
    context = {
        "letter": found,
        "crumbs": (*parts.crumbs(), _letter_crumb(found)),
        "nav_current": "letters",
        "paper": paper_of(verified_document(found.id, at=clock.now()) or b""),
        "files": parts.files_of(found),
    }
    return render(request, "web/receipts/content.html", context)


def _letter_crumb(letter: LetterView) -> Crumb:
    return Crumb(letter.title, reverse("web:letter", args=[letter.id]))
