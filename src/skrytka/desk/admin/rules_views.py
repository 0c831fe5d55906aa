"""The rules for attachments as an administrator reads and changes them."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import InstitutionView
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.box_views import institution_at
from skrytka.desk.admin.rules_form import RulesForm, rules_of, typed_rules
from skrytka.desk.frame import desk_render
from skrytka.letters.operations.attachment_policies import adopt_attachment_rules
from skrytka.letters.queries.policies import attachment_policy_for, attachment_rules_of
from skrytka.letters.screening import ScreeningPolicy

BoxRules = tuple[str, ScreeningPolicy]


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
    box_rules = _of_boxes(institution, policy, today)
    page = {"heading": _("Zasady załączników"), "form": form, "policy": policy}
    page |= {"box_rules": box_rules, "versions": attachment_rules_of(institution.id)}
    page |= {
        "in_force": {policy.version, *(own.version for _address, own in box_rules)},
        "today": today,
    }
    return desk_render(request, desk, "desk/admin/form.html", page)


def _of_boxes(
    institution: InstitutionView, usual: ScreeningPolicy, today: date
) -> tuple[BoxRules, ...]:
    """The boxes that go by rules of their own, with them."""
    found = (
        (box.address, attachment_policy_for(institution.id, today, box.id))
        for box in institution.boxes
    )
    return tuple((address, rules) for address, rules in found if rules != usual)
