"""What every step of the journey shows around its form."""

from enum import IntEnum

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.desk.access import Desk
from skrytka.desk.frame import desk_render
from skrytka.ui.parts import Step, StepState


class Stage(IntEnum):
    """The four steps, in order."""

    ADDRESSEE = 1
    LETTER = 2
    SIGNATURE = 3
    SEND = 4


NAMES: dict[Stage, str | Promise] = {
    Stage.ADDRESSEE: _("Adresat"),
    Stage.LETTER: _("Pismo i załączniki"),
    Stage.SIGNATURE: _("Podpis"),
    Stage.SEND: _("Sprawdź i wyślij"),
}
URL_NAMES = {
    Stage.ADDRESSEE: "desk:outgoing_addressee",
    Stage.LETTER: "desk:outgoing_letter",
    Stage.SIGNATURE: "desk:outgoing_signature",
    Stage.SEND: "desk:outgoing_send",
}


def stage_url(draft: OutgoingView, stage: Stage) -> str:
    """This will return the address of a step of this draft."""
    return reverse(URL_NAMES[stage], args=[draft.id])


def next_stage(draft: OutgoingView) -> Stage:
    """This will tell where a clerk who comes back to a draft goes on."""
    if draft.addressee is None:
        return Stage.ADDRESSEE
    if draft.is_signed:
        return Stage.SEND
    return Stage.SIGNATURE if draft.is_frozen else Stage.LETTER


def step_render(
    request: HttpRequest,
    desk: Desk,
    draft: OutgoingView,
    template: str,
    page: dict[str, object],
) -> HttpResponse:
    """This will draw one step; `stage` in the page says which."""
    stage = page["stage"]
    current = stage if isinstance(stage, Stage) else Stage.LETTER
    framed = {
        "draft": draft,
        "step_no": int(current),
        "step_name": NAMES[current],
        "steps": tuple(_step(draft, each, current) for each in Stage),
        **page,
    }
    return desk_render(request, desk, template, framed)


def _step(draft: OutgoingView, stage: Stage, current: Stage) -> Step:
    text = str(NAMES[stage])
    if stage < current:
        return Step(text, StepState.DONE, stage_url(draft, stage))
    return Step(text, StepState.NOW if stage == current else StepState.TODO)
