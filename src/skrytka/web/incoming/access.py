"""Whose letter is it, and may this person know of it or read it: asked before every page."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from skrytka.config import clock
from skrytka.delivery.operations.ending import CannotCollect
from skrytka.delivery.policies import may_collect, may_read_content, may_see_waiting
from skrytka.delivery.queries.incoming import (
    IncomingAccess,
    WaitingLetter,
    incoming_access,
    waiting_letter,
)
from skrytka.delivery.queries.opened import OpenedLetter, opened_letter
from skrytka.web.context import viewer_on
from skrytka.web.incoming.texts import HAS_ENDED, collect_text

WaitingPage = Callable[[HttpRequest, WaitingLetter], HttpResponseBase]
Page = Callable[..., HttpResponseBase]


def access_or_404(request: HttpRequest, letter_id: UUID) -> IncomingAccess:
    """This will tell that there is a letter for the person; any other does not exist for them."""
    access = incoming_access(letter_id)
    if access is None or not may_see_waiting(viewer_on(request), access.party_id):
        raise Http404
    return access


def opened_or_404(request: HttpRequest, letter_id: UUID) -> OpenedLetter:
    """This will return a delivered letter; before the end its content exists for nobody."""
    access = access_or_404(request, letter_id)
    if not may_read_content(viewer_on(request), access.party_id, access.standing):
        raise Http404
    return opened_letter(letter_id)


def waiting_page(page: WaitingPage) -> Page:
    """This will show a page on the way to the end of a delivery, as long as that way is open.

    Where it is not, or was closed in another tab while this request ran, the person is told so on
    the page of the letter.
    """

    @login_required
    @wraps(page)
    def gated(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
        access = access_or_404(request, letter_id)
        if not may_collect(viewer_on(request), access.party_id):
            raise Http404
        if may_read_content(viewer_on(request), access.party_id, access.standing):
            return redirect("web:incoming_letter", letter_id)
        letter = waiting_letter(letter_id, at=clock.now())
        if letter.is_lapsed:
            return redirect("web:incoming_letter", letter_id)
        try:
            return page(request, letter)
        except CannotCollect as refusal:
            if refusal.reason not in HAS_ENDED:
                raise
            return _told(request, letter_id, refusal)

    return gated


def _told(request: HttpRequest, letter_id: UUID, refusal: CannotCollect) -> HttpResponse:
    messages.info(request, collect_text(refusal))
    return redirect("web:incoming_letter", letter_id)
