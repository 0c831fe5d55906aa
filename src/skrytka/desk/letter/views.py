"""The page of one letter and what is done with it there."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from skrytka.config import clock
from skrytka.desk.access import Desk, for_letter
from skrytka.desk.frame import desk_render
from skrytka.desk.letter.forms import AssessmentForm, DeficiencyForm, NoteForm
from skrytka.desk.letter.page import fresh_forms, letter_page
from skrytka.desk.texts import FAULTS
from skrytka.letters.operations.handling import (
    Assessment,
    add_note,
    assess_effect,
    assign_letter,
    change_state,
    open_letter,
)
from skrytka.letters.operations.handling_moves import CannotHandle, Move
from skrytka.letters.policies import may_handle_letter, may_read_letter_at_desk
from skrytka.letters.queries.desk import desk_letter, history_of, verified_document
from skrytka.letters.queries.papers import paper_of
from skrytka.letters.queries.states import Effect

MOVED = {
    Move.RESUME: gettext_lazy("Braki uzupełnione. Pismo jest znowu w toku."),
    Move.CLOSE: gettext_lazy("Pismo załatwione. Możesz otworzyć je ponownie."),
    Move.REOPEN: gettext_lazy("Pismo jest znowu w toku."),
}


@require_safe
@for_letter(may_read_letter_at_desk)
def letter(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will show the letter and note its first opening."""
    open_letter(letter_id, desk.clerk, at=clock.now())
    return _page(request, desk, letter_id)


@require_POST
@for_letter(may_handle_letter)
def take(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will give the letter to the person who asks."""
    try:
        assign_letter(letter_id, desk.viewer.user_id, desk.clerk, at=clock.now())
    except CannotHandle as refusal:
        return _refused(request, letter_id, refusal)
    messages.success(request, _("Prowadzisz to pismo."))
    return redirect("desk:letter", letter_id)


@require_POST
@for_letter(may_handle_letter)
def move(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will close or reopen the letter, or note that what was missing came."""
    wished = request.POST.get("move", "")
    if wished not in set(MOVED):
        raise Http404
    try:
        change_state(letter_id, Move(wished), desk.clerk, at=clock.now())
    except CannotHandle as refusal:
        return _refused(request, letter_id, refusal)
    messages.success(request, str(MOVED[Move(wished)]))
    return redirect("desk:letter", letter_id)


@require_POST
@for_letter(may_handle_letter)
def mark(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will mark „Braki formalne” with the reason."""
    form = DeficiencyForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, letter_id, form)
    reason = form.cleaned_data["reason"]
    try:
        change_state(letter_id, Move.MARK_DEFICIENT, desk.clerk, at=clock.now(), reason=reason)
    except CannotHandle as refusal:
        return _refused(request, letter_id, refusal)
    messages.success(request, _("Oznaczone: braki formalne."))
    return redirect("desk:letter", letter_id)


@require_POST
@for_letter(may_handle_letter)
def note(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, letter_id, form)
    try:
        add_note(letter_id, form.cleaned_data["text"], desk.clerk, at=clock.now())
    except CannotHandle as refusal:
        return _refused(request, letter_id, refusal)
    messages.success(request, _("Notatka dodana."))
    return redirect("desk:letter", letter_id)


@require_POST
@for_letter(may_handle_letter)
def assess(request: HttpRequest, desk: Desk, letter_id: UUID) -> HttpResponse:
    """This will add the clerk's assessment of the letter's effect."""
    form = AssessmentForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, letter_id, form)
    data = form.cleaned_data
    try:
        made = Assessment(Effect(data["effect"]), data["reason"])
        assess_effect(letter_id, made, desk.clerk, at=clock.now())
    except CannotHandle as refusal:
        return _refused(request, letter_id, refusal)
    messages.success(request, _("Ocena zapisana."))
    return redirect("desk:letter", letter_id)


def _page(
    request: HttpRequest, desk: Desk, letter_id: UUID, faulty: forms.Form | None = None
) -> HttpResponse:
    shown = desk_letter(letter_id)
    if shown is None:
        raise Http404
    paper = paper_of(verified_document(letter_id, at=clock.now()))
    page = {
        "page": letter_page(desk, shown, paper, history_of(letter_id)),
        "forms": fresh_forms(faulty),
        "form": faulty,
    }
    return desk_render(request, desk, "desk/letter/letter.html", page)


def _refused(request: HttpRequest, letter_id: UUID, refusal: CannotHandle) -> HttpResponse:
    messages.error(request, str(FAULTS[refusal.reason]))
    return redirect("desk:letter", letter_id)
