"""Step 4: check and send, once; or put the letter before the second person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.dispatch import CannotDispatch, DispatchFault, dispatch_letter
from skrytka.delivery.operations.release import needs_second_person, submit_for_release
from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_document
from skrytka.delivery.queries.sent import sent_of_draft
from skrytka.desk.access import Desk
from skrytka.desk.frame import desk_render
from skrytka.desk.outgoing.access import for_any_draft, for_own_draft
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.desk.outgoing.texts import SIGNINGS, dispatch_text
from skrytka.letters.queries.papers import paper_of
from skrytka.ui.navigation import address_with
from skrytka.ui.parts import ErrorLine, Fact


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def send(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will show what is about to go, or send it; a second sending leads to the first."""
    if not draft.is_signed:
        return redirect(stage_url(draft, Stage.SIGNATURE))
    if any(file.is_flagged for file in draft.files):
        return _page(request, desk, draft, dispatch_text(DispatchFault.FILE_INFECTED))
    if request.method != "POST":
        return _page(request, desk, draft)
    at = clock.now()
    if needs_second_person(desk.institution_id, at=at):
        submit_for_release(draft.id, at=at)
        messages.success(request, _("Pismo czeka na zatwierdzenie przez inną osobę."))
        return redirect("desk:outgoing")
    try:
        dispatch_letter(draft.id, actor=desk.actor, at=at)
    except CannotDispatch as refusal:
        return _refused(request, desk, draft, refusal.reason)
    return redirect("desk:outgoing_sent", draft.id)


@never_cache
@require_safe
@for_any_draft
def sent(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will tell that the letter went, when and to whom."""
    letter = sent_of_draft(draft.id)
    if letter is None:
        raise Http404
    page = {
        "letter": letter,
        "letter_url": address_with("desk:sent_letter", letter.id),
        "answered": draft.answered,
    }
    return desk_render(request, desk, "desk/outgoing/sent.html", page)


def _refused(
    request: HttpRequest, desk: Desk, draft: OutgoingView, reason: DispatchFault
) -> HttpResponse:
    if reason in {DispatchFault.NOT_FOUND, DispatchFault.DISCARDED}:
        messages.error(request, dispatch_text(reason))
        return redirect("desk:outgoing")
    return _page(request, desk, draft, dispatch_text(reason))


def _page(request: HttpRequest, desk: Desk, draft: OutgoingView, fault: str = "") -> HttpResponse:
    page = {
        "stage": Stage.SEND,
        "facts": facts_of(draft),
        "paper": paper_of(outgoing_document(draft.id)),
        "second_person": needs_second_person(desk.institution_id, at=clock.now()),
        "faults": (ErrorLine(fault),) if fault else (),
    }
    return step_render(request, desk, draft, "desk/outgoing/send.html", page)


def facts_of(draft: OutgoingView) -> tuple[Fact, ...]:
    """This will lay out how the letter goes, each row with its way back."""
    to = draft.addressee
    lines = (to.name, to.address) if to else ()
    return (
        Fact(_("Adresat"), lines, mono=True, change_url=stage_url(draft, Stage.ADDRESSEE)),
        Fact(_("Skrytka nadawcy"), (draft.box_address,), mono=True),
        Fact(_("Podpis"), (signing_name(draft),), change_url=stage_url(draft, Stage.SIGNATURE)),
        Fact(_("Pismo"), (draft.title,), url=reverse("desk:outgoing_read", args=[draft.id])),
    )


def signing_name(draft: OutgoingView) -> str:
    """This will name how a draft is signed; nothing while it is not."""
    return str(SIGNINGS[draft.signing_mode.value]) if draft.signing_mode else ""
