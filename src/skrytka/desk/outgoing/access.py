"""Which draft, and may this clerk write it: asked before every page of the journey.

Every clerk of the institution may see its drafts; only the author writes, signs and sends. Another
clerk takes a draft over first, so that the letter always names whoever stands behind it.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from skrytka.config import clock
from skrytka.delivery.operations.drafts import CannotChangeOutgoing
from skrytka.delivery.policies import may_write_outgoing
from skrytka.delivery.queries.outgoing import (
    OutgoingView,
    institution_of_outgoing,
    outgoing_view,
)
from skrytka.desk.access import Desk, desk_at
from skrytka.desk.outgoing.texts import change_text

DraftPage = Callable[..., HttpResponseBase]
Page = Callable[..., HttpResponseBase]
# Codes of the states of a draft.
OPEN, WAITING, SENT, DISCARDED = "OPEN", "WAITING", "SENT", "DISCARDED"


def for_any_draft(page: DraftPage) -> Page:
    """This will show a page of a draft in any state to every clerk of its institution."""

    @login_required
    @wraps(page)
    def gated(request: HttpRequest, draft_id: UUID, **more: object) -> HttpResponseBase:
        desk = desk_at(request, institution_of_outgoing(draft_id), may_write_outgoing)
        draft = outgoing_view(draft_id, at=clock.now())
        if draft is None:
            raise Http404
        try:
            return page(request, desk, draft, **more)
        except CannotChangeOutgoing as refusal:
            messages.error(request, change_text(refusal.reason))
            return _led_to(request, reverse("desk:outgoing_read", args=[draft.id]))

    return gated


def for_own_draft(page: DraftPage) -> Page:
    """This will show a page of a draft that its author is still writing; others read it only."""

    @wraps(page)
    def own(
        request: HttpRequest, desk: Desk, draft: OutgoingView, **more: object
    ) -> HttpResponseBase:
        if draft.state.value == SENT:
            return _led_to(request, reverse("desk:outgoing_sent", args=[draft.id]))
        if draft.state.value != OPEN or draft.author_id != desk.viewer.user_id:
            return _led_to(request, reverse("desk:outgoing_read", args=[draft.id]))
        return page(request, desk, draft, **more)

    return for_any_draft(own)


def _led_to(request: HttpRequest, url: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
