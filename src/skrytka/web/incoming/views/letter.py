"""One letter: waiting without a word of its content, or open."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from skrytka.config import clock
from skrytka.delivery.operations.opening import open_content
from skrytka.delivery.policies import may_read_content
from skrytka.delivery.queries.incoming import waiting_letter
from skrytka.delivery.queries.opened import document_to_read
from skrytka.letters.queries.papers import paper_of
from skrytka.web.context import viewer_on
from skrytka.web.incoming.access import access_or_404, opened_or_404
from skrytka.web.incoming.opened import opened_context
from skrytka.web.incoming.waiting import waiting_context


@never_cache
@require_safe
@login_required
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """This will show that a letter waits, or the letter once its delivery has ended."""
    access, viewer = access_or_404(request, letter_id), viewer_on(request)
    if may_read_content(viewer, access.party_id, access.standing):
        return _opened(request, letter_id)
    context = waiting_context(waiting_letter(letter_id, at=clock.now()), viewer)
    return render(request, "web/incoming/waiting.html", context)


def _opened(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    at = clock.now()
    open_content(letter_id, user_id=viewer_on(request).user_id, at=at)
    context = opened_context(opened_or_404(request, letter_id))
    context["paper"] = paper_of(document_to_read(letter_id, at=at))
    return render(request, "web/incoming/opened.html", context)
