"""A draft for reading, and what another clerk does with it: release, send back, take over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.dispatch import CannotDispatch, dispatch_letter
from skrytka.delivery.operations.drafts import take_over as take_over_draft
from skrytka.delivery.operations.release import (
    recall_outgoing,
    release_outgoing,
    send_back_outgoing,
)
from skrytka.delivery.policies import may_release
from skrytka.delivery.queries.outgoing import OutgoingView, outgoing_document
from skrytka.desk.access import Desk
from skrytka.desk.frame import desk_render
from skrytka.desk.outgoing.access import OPEN, SENT, WAITING, for_any_draft
from skrytka.desk.outgoing.forms import SendBackForm
from skrytka.desk.outgoing.frame import next_stage, stage_url
from skrytka.desk.outgoing.texts import dispatch_text
from skrytka.desk.outgoing.uploading import file_rows
from skrytka.desk.outgoing.views.sending import signing_name
from skrytka.letters.queries.papers import paper_of
from skrytka.ui.formats import file_size
from skrytka.ui.parts import Download, Fact


@never_cache
@require_safe
@for_any_draft
def read(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will show the document exactly as it is signed and sent, read from its bytes."""
    if draft.state.value == SENT:
        return redirect("desk:outgoing_sent", draft.id)
    return _page(request, desk, draft, SendBackForm())


@require_POST
@for_any_draft
def release(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will let the letter of another clerk go, and send it."""
    if not _may_release(desk, draft):
        raise Http404
    at = clock.now()
    release_outgoing(draft.id, desk.viewer.user_id, request.POST.get("document", ""))
    try:
        dispatch_letter(draft.id, actor=desk.actor, at=at)
    except CannotDispatch as refusal:
        messages.error(request, dispatch_text(refusal.reason))
        return redirect("desk:outgoing_read", draft.id)
    return redirect("desk:outgoing_sent", draft.id)


@require_POST
@for_any_draft
def send_back(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will give the letter back to its author, with what is to be mended."""
    if not _may_release(desk, draft):
        raise Http404
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, draft, form)
    reason, user_id = form.cleaned_data["reason"], desk.viewer.user_id
    send_back_outgoing(draft.id, reason, user_id, actor=desk.actor, at=clock.now())
    messages.success(request, _("Pismo wróciło do autora."))
    return redirect("desk:outgoing")


@require_POST
@for_any_draft
def recall(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will take the author's letter back from the second person, to be written on."""
    if draft.author_id != desk.viewer.user_id:
        raise Http404
    recall_outgoing(draft.id, at=clock.now())
    messages.success(request, _("Wycofaliśmy pismo. Podpiszesz je jeszcze raz."))
    return redirect("desk:outgoing_letter", draft.id)


@require_POST
@for_any_draft
def take_over(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will make the clerk the author of a draft that another one began."""
    take_over_draft(draft.id, desk.viewer.user_id, at=clock.now())
    messages.success(request, _("Teraz Ty piszesz to pismo."))
    return redirect("desk:outgoing_letter", draft.id)


def _page(
    request: HttpRequest, desk: Desk, draft: OutgoingView, form: SendBackForm
) -> HttpResponse:
    data = outgoing_document(draft.id)
    is_own = draft.author_id == desk.viewer.user_id
    page = {
        "draft": draft,
        "form": form,
        "paper": paper_of(data),
        "is_frozen": data is not None,
        "facts": _facts(draft),
        "files": file_rows(draft),
        "downloads": _downloads(draft, data),
        "may_release": _may_release(desk, draft),
        "may_recall": is_own and draft.state.value == WAITING,
        "may_take_over": not is_own and draft.state.value == OPEN,
        "write_url": stage_url(draft, next_stage(draft)) if _writes(desk, draft) else "",
    }
    return desk_render(request, desk, "desk/outgoing/read.html", page)


def _facts(draft: OutgoingView) -> tuple[Fact, ...]:
    to = draft.addressee
    rows = (
        Fact(_("Adresat"), (to.name, to.address) if to else (), mono=True),
        Fact(_("Autor"), (draft.author_name,)),
        Fact(_("Podpis"), (signing_name(draft) or _("jeszcze nie podpisane"),)),
    )
    return tuple(row for row in rows if row.lines)


def _downloads(draft: OutgoingView, data: bytes | None) -> tuple[Download, ...]:
    if data is None:
        return ()
    url = reverse("desk:outgoing_document", args=[draft.id])
    return (Download(_("Pobierz plik XML"), url, file_size(len(data)), "file-code-corner"),)


def _writes(desk: Desk, draft: OutgoingView) -> bool:
    return draft.author_id == desk.viewer.user_id and draft.state.value == OPEN


def _may_release(desk: Desk, draft: OutgoingView) -> bool:
    """Not the author, and not whoever signed it either."""
    own = draft.signed_by_id == desk.viewer.user_id
    allowed = may_release(desk.viewer, draft.institution_id, draft.author_id)
    return draft.state.value == WAITING and allowed and not own
