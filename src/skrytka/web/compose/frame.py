"""What every step of the journey shows around its form: steps, path and what is ready."""

from enum import IntEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import Crumb, Step, StepState


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
    Stage.ADDRESSEE: "web:draft_addressee",
    Stage.LETTER: "web:draft_letter",
    Stage.SIGNATURE: "web:draft_signature",
    Stage.SEND: "web:draft_send",
}


def stage_url(draft: DraftView, stage: Stage) -> str:
    """This will return the address of a step of this draft."""
    return reverse(URL_NAMES[stage], args=[draft.id])


def next_stage(draft: DraftView) -> Stage:
    """This will tell where a person who comes back to a draft goes on."""
    if draft.addressee is None:
        return Stage.ADDRESSEE
    if draft.signing_mode:
        return Stage.SEND
    return Stage.SIGNATURE if draft.document_sha256 else Stage.LETTER


def step_page(draft: DraftView, stage: Stage) -> dict[str, object]:
    """This will give the context that the frame of every step reads."""
    return {
        "draft": draft,
        "step_no": int(stage),
        "step_name": NAMES[stage],
        "steps": _steps(draft, stage),
        "crumbs": draft_crumbs(draft),
    }


def _steps(draft: DraftView, current: Stage) -> tuple[Step, ...]:
    return tuple(_step(draft, stage, current) for stage in Stage)


def _step(draft: DraftView, stage: Stage, current: Stage) -> Step:
    text = str(NAMES[stage])
    if stage < current:
        return Step(text, StepState.DONE, stage_url(draft, stage))
    return Step(text, StepState.NOW if stage == current else StepState.TODO)


def draft_crumbs(draft: DraftView) -> tuple[Crumb, ...]:
    """This will give the path to a draft."""
    return (
        Crumb(str(_("Start")), reverse("web:start")),
        Crumb(str(_("Katalog spraw")), reverse("web:catalogue")),
        Crumb(draft.card.name, reverse("web:card", args=[draft.card.slug])),
    )
