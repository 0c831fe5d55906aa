"""The rules for attachments as an administrator reads and changes them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import InstitutionView
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.box_views import institution_at
from skrytka.desk.admin.hand_back_form import HAND_BACK_FAULTS, HandBackForm
from skrytka.desk.admin.rules_form import RulesForm, rules_of, typed_rules
from skrytka.desk.frame import desk_render
from skrytka.letters.operations.attachment_policies import adopt_attachment_rules
from skrytka.letters.operations.handing_back import CannotHandBack, HandBack, hand_back_box
from skrytka.letters.queries.policies import (
    attachment_policy_for,
    attachment_rules_of,
    rules_of_boxes,
)
from skrytka.letters.screening import ScreeningPolicy


@dataclass(frozen=True)
class BoxLine:
    """A box with rules of its own; `until`: from that day on it goes by the institution's."""

    box_id: int
    address: str
    rules: ScreeningPolicy
    until: date | None


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def attachment_rules(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show the rules in force and adopt a new version; old ones stay on record."""
    at = clock.now()
    institution, today = institution_at(desk), civil_date(at)
    policy = attachment_policy_for(institution.id, today)
    initial = typed_rules(policy) | {"in_force_on": today}
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm(initial=initial)
    form.offer_boxes(institution.boxes)
    if form.is_bound and form.is_valid():
        rules = rules_of(form, institution.entity)
        adopt_attachment_rules(institution.id, rules, at=at, actor=desk.actor)
        messages.success(request, _("Nowe zasady zapisane. Poprzednie zostają w historii."))
        return redirect("desk:attachment_rules")
    page = {"heading": _("Zasady załączników"), "form": form, "policy": policy}
    page["box_rules"] = _of_boxes(institution, today)
    page |= {"versions": attachment_rules_of(institution.id, today), "today": today}
    return desk_render(request, desk, "desk/admin/form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def hand_back(request: HttpRequest, desk: Desk, box_id: int) -> HttpResponse:
    """This will give a box with rules of its own back to those of the institution, from a day on.

    The box of another institution does not exist here, nor does one without rules of its own.
    """
    at = clock.now()
    institution, today = institution_at(desk), civil_date(at)
    own = {each.address: each.box_id for each in _of_boxes(institution, today)}
    address = next((address for address, found in own.items() if found == box_id), None)
    if address is None:
        raise Http404
    form = HandBackForm(request.POST or None, initial={"in_force_on": today})
    if form.is_bound and form.is_valid() and _handed_back(form, desk, box_id, at):
        messages.success(request, _("Zapisane. Własne zasady skrytki zostają w historii."))
        return redirect("desk:attachment_rules")
    page = {
        "heading": _("Skrytka %(address)s: zasady instytucji") % {"address": address},
        "form": form,
        "back_url": reverse("desk:attachment_rules"),
    }
    return desk_render(request, desk, "desk/admin/form.html", page)


def _handed_back(form: HandBackForm, desk: Desk, box_id: int, at: datetime) -> bool:
    day, source = form.cleaned_data["in_force_on"], form.cleaned_data["source"]
    try:
        wanted = HandBack(box_id, day, source)
        hand_back_box(desk.institution_id, wanted, actor=desk.actor, at=at)
    except CannotHandBack as refusal:
        form.add_error("in_force_on", str(HAND_BACK_FAULTS[refusal.reason]))
        return False
    return True


def _of_boxes(institution: InstitutionView, today: date) -> tuple[BoxLine, ...]:
    """The boxes that go by rules of their own, in the order of the institution's boxes."""
    own = {each.box_id: each for each in rules_of_boxes(institution.id, today)}
    return tuple(
        BoxLine(box.id, box.address, own[box.id].rules, own[box.id].until)
        for box in institution.boxes
        if box.id in own
    )
