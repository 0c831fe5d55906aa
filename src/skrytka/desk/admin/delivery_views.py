"""Rules of delivery: those in force with an example, their history, a new version."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.accounts.policies import may_administer
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.core.delivery import delivery_dates
from skrytka.delivery.operations.rules import (
    CannotAdoptRules,
    NewRules,
    adopt_delivery_rules,
    check_rules,
)
from skrytka.delivery.queries.rules import (
    RulesView,
    delivery_rules_for,
    delivery_rules_of,
    numbered,
)
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.delivery_forms import (
    BuiltInRulesForm,
    ExampleForm,
    OwnRulesForm,
    RulesForm,
    typed,
)
from skrytka.desk.admin.delivery_words import FAULTS, changes, lines_of
from skrytka.desk.frame import desk_render

STEP, ADOPT, EDIT = "step", "adopt", "edit"
NOT_TYPED = ("csrfmiddlewaretoken", STEP)


@require_safe
@for_desk(may_administer)
def delivery_rules(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show the rules in force, their dates for a day of choice, and every version."""
    today = civil_date(clock.now())
    rules = delivery_rules_for(desk.institution_id, today)
    form = ExampleForm(request.GET) if request.GET else ExampleForm(initial={"on": today})
    day = today if not form.is_bound else form.cleaned_data["on"] if form.is_valid() else None
    page = {
        "rules": rules,
        "lines": lines_of(rules),
        "form": form,
        "day": day,
        "dates": delivery_dates(rules.policy, day) if day else None,
        "versions": delivery_rules_of(desk.institution_id),
        "today": today,
    }
    return desk_render(request, desk, "desk/admin/delivery_rules.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def delivery_rules_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will take a new version that goes by one of the rules built in."""
    return _new(request, desk, BuiltInRulesForm, _("Nowe zasady doręczeń"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def delivery_rules_own(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will take a new version with a rule of the institution's own."""
    return _new(request, desk, OwnRulesForm, _("Własna reguła doręczeń"))


def _new(request: HttpRequest, desk: Desk, kind: type[RulesForm], heading: str) -> HttpResponse:
    """Typed, then looked at with what it changes, and only then adopted."""
    at = clock.now()
    if request.method != "POST":
        today = civil_date(at)
        shown = kind(initial=typed(delivery_rules_for(desk.institution_id, today), today))
        return _form(request, desk, shown, heading)
    form, step = kind(request.POST), request.POST.get(STEP, "")
    rules = _sound(desk, form, at) if form.is_valid() else None
    if rules is None or step == EDIT:
        return _form(request, desk, form, heading)
    if step != ADOPT:
        return _confirm(request, desk, rules)
    adopt_delivery_rules(desk.institution_id, rules, actor=desk.actor, at=at)
    messages.success(request, _("Nowe zasady zapisane. Poprzednie zostają w historii."))
    return redirect("desk:delivery_rules")


def _sound(desk: Desk, form: RulesForm, at: datetime) -> NewRules | None:
    """The rules as they would be adopted; a refusal is told at its field."""
    rules = form.rules(numbered(form.policy(), desk.institution_id))
    try:
        check_rules(rules, at=at)
    except CannotAdoptRules as refusal:
        field, text = FAULTS[refusal.reason]
        form.add_error(field if field in form.fields else None, str(text))
        return None
    return rules


def _form(request: HttpRequest, desk: Desk, form: RulesForm, heading: str) -> HttpResponse:
    own = not isinstance(form, OwnRulesForm)
    page = {
        "heading": heading,
        "form": form,
        "own_url": reverse("desk:delivery_rules_own") if own else "",
        "back_url": reverse("desk:delivery_rules"),
    }
    return desk_render(request, desk, "desk/admin/delivery_form.html", page)


def _confirm(request: HttpRequest, desk: Desk, rules: NewRules) -> HttpResponse:
    """What changes on the day the rules begin, and which version will follow them."""
    versions = delivery_rules_of(desk.institution_id)
    number = 1 + max((each.version for each in versions), default=0)
    after = RulesView(
        number, rules.in_force_on, rules.policy, rules.upd_signatures, rules.release, rules.source
    )
    before = delivery_rules_for(desk.institution_id, rules.in_force_on)
    page = {
        "heading": _("Sprawdź nowe zasady doręczeń"),
        "changes": changes(before, after),
        "dates": delivery_dates(rules.policy, rules.in_force_on),
        "next": _next_after(rules.in_force_on, versions),
        "typed": _typed_pairs(request),
    }
    return desk_render(request, desk, "desk/admin/delivery_confirm.html", page)


def _next_after(on: date, versions: tuple[RulesView, ...]) -> RulesView | None:
    later = [each for each in versions if each.in_force_on > on]
    return min(later, key=lambda each: (each.in_force_on, -each.version), default=None)


def _typed_pairs(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_TYPED
    )
