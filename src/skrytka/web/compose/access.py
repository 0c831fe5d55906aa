"""Which draft, and may this person write it: asked before every page of the journey."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from skrytka.accounts.queries import PartyKind
from skrytka.config import clock
from skrytka.letters.operations.drafts import CannotChangeDraft, DraftFault
from skrytka.letters.policies import may_write_draft
from skrytka.letters.queries.drafts import DraftView, draft_view, owner_of_draft
from skrytka.web.context import viewer_on

DraftPage = Callable[[HttpRequest, DraftView], HttpResponseBase]
Page = Callable[..., HttpResponseBase]
# Stored codes of a draft that is no longer written.
SENT, DISCARDED = "SENT", "DISCARDED"


def draft_or_404(request: HttpRequest, draft_id: UUID) -> DraftView:
    """This will return a draft the person may write; a stranger's draft does not exist for them."""
    draft = draft_view(draft_id, at=clock.now())
    viewer = viewer_on(request)
    if draft is None or not may_write_draft(viewer, draft.author_id, draft.party_id):
        raise Http404
    return draft


def require_writer(request: HttpRequest, draft_id: UUID) -> None:
    """This will answer 404 to anybody who may not write the draft, without reading it."""
    owner = owner_of_draft(draft_id)
    if owner is None or not may_write_draft(viewer_on(request), owner.author_id, owner.party_id):
        raise Http404


def open_draft_page(page: DraftPage) -> Page:
    """This will show a page of a draft that is still being written.

    A sent draft leads to the notice that it went (W-DUP), a discarded one to the list with
    „Przywróć”; the same when it was sent or discarded elsewhere while this request ran.
    """

    @login_required
    @wraps(page)
    def gated(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
        draft = draft_or_404(request, draft_id)
        if draft.state.value in {SENT, DISCARDED}:
            return _elsewhere(request, draft.id, draft.state.value)
        try:
            return page(request, draft)
        except CannotChangeDraft as refusal:
            gone = SENT if refusal.reason is DraftFault.ALREADY_SENT else DISCARDED
            return _elsewhere(request, draft.id, gone)

    return gated


def sender_kind(request: HttpRequest, draft: DraftView) -> PartyKind:
    """This will tell as what the letter is written: the box is chosen by it."""
    parties = viewer_on(request).parties
    return next((one.kind for one in parties if one.id == draft.party_id), PartyKind.PERSON)


def _elsewhere(request: HttpRequest, draft_id: UUID, state: str) -> HttpResponse:
    url = reverse("web:draft_sent", args=[draft_id]) if state == SENT else reverse("web:drafts")
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
