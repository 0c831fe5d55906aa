"""„Do wysłania”: drafts, what waits for a second person, what was put away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    answer_letter,
    discard_outgoing,
    restore_outgoing,
    start_outgoing,
)
from skrytka.delivery.policies import may_write_outgoing
from skrytka.delivery.queries.merges import merges_of
from skrytka.delivery.queries.outgoing import OutgoingRow, OutgoingView, outgoing_lists
from skrytka.desk.access import Desk, for_desk, for_letter
from skrytka.desk.frame import desk_render
from skrytka.desk.outgoing.access import for_any_draft, for_own_draft
from skrytka.desk.outgoing.frame import next_stage, stage_url
from skrytka.desk.outgoing.texts import change_text, state_pill


@require_safe
@for_desk(may_write_outgoing)
def outgoing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list the drafts of the institution, one's own first after those to release."""
    lists = outgoing_lists(desk.institution_id, desk.viewer.user_id)
    named = (
        ("to-release", _("Do zatwierdzenia"), lists.to_release),
        ("own", _("Twoje wersje robocze"), lists.own),
        ("waiting", _("Czekają na zatwierdzenie przez inną osobę"), lists.waiting),
        ("others", _("Wersje robocze innych osób"), lists.of_others),
    )
    sections = tuple(
        (key, heading, tuple((row, state_pill(row)) for row in rows))
        for key, heading, rows in named
        if rows
    )
    page: dict[str, object] = {"sections": sections, "discarded": _named(lists.discarded)}
    page["merges"] = merges_of(desk.institution_id)
    return desk_render(request, desk, "desk/outgoing/outgoing.html", page)


@require_POST
@for_desk(may_write_outgoing)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will open a new draft and ask for its addressee."""
    try:
        draft_id = start_outgoing(desk.institution_id, desk.viewer.user_id, at=clock.now())
    except CannotChangeOutgoing as refusal:
        messages.error(request, change_text(refusal.reason))
        return redirect("desk:outgoing")
    return redirect("desk:outgoing_addressee", draft_id)


@require_POST
@for_letter(may_write_outgoing)
def answer(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will open an answer to a letter, or the one that was begun and not touched."""
    try:
        draft_id = answer_letter(letter_id, desk.viewer.user_id, at=clock.now())
    except CannotChangeOutgoing as refusal:
        messages.error(request, change_text(refusal.reason))
        return redirect("desk:letter", letter_id)
    return redirect("desk:outgoing_letter", draft_id)


@require_safe
@for_own_draft
def draft(_request: HttpRequest, _desk: Desk, found: OutgoingView) -> HttpResponse:
    """This will lead to the step where the clerk stopped."""
    return redirect(stage_url(found, next_stage(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def discard(request: HttpRequest, desk: Desk, found: OutgoingView) -> HttpResponse:
    """This will put a draft away, after a question; the list can bring it back."""
    if request.method != "POST":
        text = _("Pismo „%(title)s” zniknie z listy. Możesz je potem przywrócić.")
        page = {
            "heading": _("Usunąć wersję roboczą?"),
            "text": text % {"title": found.title or _("bez tytułu")},
            "action": reverse("desk:outgoing_discard", args=[found.id]),
            "yes": _("Usuń wersję roboczą"),
            "back_url": reverse("desk:outgoing"),
        }
        return desk_render(request, desk, "desk/admin/confirm.html", page)
    discard_outgoing(found.id, actor=desk.actor, at=clock.now())
    messages.success(request, _("Usunęliśmy wersję roboczą. Możesz ją jeszcze przywrócić."))
    return redirect("desk:outgoing")


@require_POST
@for_any_draft
def restore(request: HttpRequest, _desk: Desk, found: OutgoingView) -> HttpResponse:
    """This will bring a draft back that was put away."""
    restore_outgoing(found.id, at=clock.now())
    messages.success(request, _("Przywróciliśmy wersję roboczą."))
    return redirect("desk:outgoing")


def _named(rows: tuple[OutgoingRow, ...]) -> tuple[tuple[UUID, str], ...]:
    return tuple((row.id, row.title or _("bez tytułu")) for row in rows)
