"""„Moje pisma” and the drafts: what was sent, what waits, what was thrown away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skrytka.config import clock
from skrytka.letters.operations.drafts import CannotChangeDraft, discard_draft, restore_draft
from skrytka.letters.queries.drafts import DraftView, discarded_drafts_of, drafts_of
from skrytka.letters.queries.letters import PAGE, letters_of
from skrytka.web.compose.access import draft_or_404, open_draft_page
from skrytka.web.compose.frame import next_stage, stage_url
from skrytka.web.compose.uploading import actor_of
from skrytka.web.context import viewer_on
from skrytka.web.paging import page_number

DRAFTS_SHOWN = 3


@require_safe
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """This will list drafts to finish and letters that were sent, newest first."""
    viewer = viewer_on(request)
    listed = letters_of(viewer, page_number(request))
    drafts = drafts_of(viewer.user_id)
    page = {
        "drafts": drafts[:DRAFTS_SHOWN],
        "draft_count": len(drafts),
        "rows": listed.rows,
        "page": Paginator(range(listed.total), PAGE).get_page(listed.number),
    }
    return render(request, "web/compose/letters.html", page)


@require_safe
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """This will list the person's drafts and those that can still be brought back."""
    user_id = viewer_on(request).user_id
    page = {"drafts": drafts_of(user_id), "discarded": discarded_drafts_of(user_id)}
    return render(request, "web/compose/drafts.html", page)


@require_safe
@open_draft_page
def draft(_request: HttpRequest, found: DraftView) -> HttpResponse:
    """This will lead to the step where the person stopped."""
    return redirect(stage_url(found, next_stage(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@open_draft_page
def discard(request: HttpRequest, found: DraftView) -> HttpResponse:
    """This will put a draft away, after a question; the list can bring it back."""
    if request.method != "POST":
        page = {"draft": found, "title": found.title or found.card.name}
        return render(request, "web/compose/discard.html", page)
    discard_draft(found.id, actor=actor_of(found), at=clock.now())
    messages.success(request, _("Usunęliśmy wersję roboczą. Możesz ją jeszcze przywrócić."))
    return redirect(f"{reverse('web:drafts')}#discarded")


@require_POST
@login_required
def restore(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """This will bring a draft back that was put away."""
    found = draft_or_404(request, draft_id)
    try:
        restore_draft(found.id, at=clock.now())
    except CannotChangeDraft:
        return redirect("web:draft", found.id)
    messages.success(request, _("Przywróciliśmy wersję roboczą."))
    return redirect("web:drafts")
