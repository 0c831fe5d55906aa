"""Step 4: check and send, once."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.letters.operations.submission import CannotSubmit, SubmitFault, submit_letter
from skrytka.letters.queries.drafts import DraftView, frozen_document
from skrytka.letters.queries.letters import LetterView, letter_of_draft, letter_view
from skrytka.letters.queries.papers import paper_of
from skrytka.ui.formats import moment
from skrytka.ui.parts import ErrorLine
from skrytka.web.compose.access import DISCARDED, SENT, draft_or_404
from skrytka.web.compose.frame import Stage, stage_url, step_page
from skrytka.web.compose.problems import box_closed_text
from skrytka.web.compose.signing import signing_needed_text
from skrytka.web.compose.summary import summary_of
from skrytka.web.compose.uploading import actor_of
from skrytka.web.context import viewer_on


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def send(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """This will show what is about to go, or send it; a second sending leads to the first."""
    draft = draft_or_404(request, draft_id)
    if request.method == "POST":
        return _send(request, draft)
    if draft.state.value == SENT:
        return redirect("web:draft_sent", draft.id)
    if draft.state.value == DISCARDED:
        return redirect("web:drafts")
    if not draft.is_signed:
        return redirect(stage_url(draft, Stage.SIGNATURE))
    return _page(request, draft)


@never_cache
@require_safe
@login_required
def draft_sent(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """This will tell that the letter went before, with its receipt (W-DUP)."""
    draft = draft_or_404(request, draft_id)
    letter_id = letter_of_draft(draft.id)
    letter = letter_view(letter_id) if letter_id else None
    if letter is None:
        raise Http404
    page = {"letter": letter, "text": _sent_text(letter), "link": _link(letter)}
    return render(request, "web/compose/sent.html", page)


def _send(request: HttpRequest, draft: DraftView) -> HttpResponse:
    try:
        sent = submit_letter(draft.id, actor=actor_of(draft), at=clock.now())
    except CannotSubmit as refusal:
        return _refused(request, draft, refusal.reason)
    if sent.already_sent:
        return redirect("web:draft_sent", draft.id)
    return redirect("web:letter", sent.letter_id)


def _refused(request: HttpRequest, draft: DraftView, reason: SubmitFault) -> HttpResponse:
    if reason in {SubmitFault.DISCARDED, SubmitFault.NOT_FOUND}:
        return redirect("web:drafts")
    if not draft.is_signed:
        return redirect(stage_url(draft, Stage.SIGNATURE))
    if reason is SubmitFault.BOX_CLOSED:
        return _page(request, draft, box_closed_text(draft))
    return _page(request, draft, signing_needed_text())


def _page(request: HttpRequest, draft: DraftView, fault: str = "") -> HttpResponse:
    paper = paper_of(frozen_document(draft.id) or b"")
    summary = summary_of(draft, paper, _sender_name(request, draft))
    page = {
        **step_page(draft, Stage.SEND),
        "summary": summary,
        "document_url": reverse("web:draft_document", args=[draft.id]),
        "faults": (ErrorLine(fault),) if fault else (),
    }
    return render(request, "web/compose/send.html", page)


def _sender_name(request: HttpRequest, draft: DraftView) -> str:
    parties = viewer_on(request).parties
    return next((party.name for party in parties if party.id == draft.party_id), "")


def _sent_text(letter: LetterView) -> str:
    when = moment(letter.submitted_at)
    if letter.receipt is None:
        return _("To pismo zostało już wysłane %(when)s. Nie wysłaliśmy go drugi raz.") % {
            "when": when
        }
    return _(
        "To pismo zostało już wysłane %(when)s, numer UPO %(number)s. Nie wysłaliśmy go drugi raz."
    ) % {"when": when, "number": letter.receipt.receipt_no}


def _link(letter: LetterView) -> str:
    return _("Zobacz UPO") if letter.receipt else _("Zobacz pismo")
