"""„Zasady doręczeń”: the rules in force with an example, every version, and the next one."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skrytka.accounts.policies import may_administer
from skrytka.config import clock
from skrytka.core.calendar import YearNotCovered, civil_date
from skrytka.core.delivery import DeliveryDates, DeliveryPolicy, LastDay, delivery_dates
from skrytka.delivery.operations.rules import CannotAdoptRules, NewRules, adopt_delivery_rules
from skrytka.delivery.queries.rules import (
    Release,
    RulesView,
    UpdSignatures,
    delivery_rules_for,
    delivery_rules_of,
)
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.box_views import institution_at
from skrytka.desk.admin.delivery_forms import (
    DEEMED_DAYS,
    FAULTS,
    LAST_DAYS,
    RELEASES,
    SIGNATURES,
    STARTS,
    DeliveryRulesForm,
    ExampleForm,
    policy_of,
    typed,
)
from skrytka.desk.frame import desk_render
from skrytka.ui.formats import day
from skrytka.ui.parts import Fact


@dataclass(frozen=True)
class VersionLine:
    """One version of the history; a version to come says so."""

    version: int
    since: str
    policy_name: str
    source: str
    is_now: bool
    is_to_come: bool


@require_safe
@for_desk(may_administer)
def delivery_rules(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show the rules in force, with the dates they give from a day that one picks."""
    today = civil_date(clock.now())
    rules = delivery_rules_for(desk.institution_id, today)
    asked = any(name.startswith("start_") for name in request.GET)
    form = ExampleForm(request.GET) if asked else ExampleForm(initial={"start": today})
    start = _start(form) if asked else today
    dates = _dates(rules.policy, start, form) if start else None
    page = {
        "rules": rules,
        "facts": _facts(rules),
        "form": form,
        "dates": dates,
        "example": _example(dates) if dates else (),
        "versions": _versions(desk.institution_id, rules, today),
    }
    return desk_render(request, desk, "desk/admin/delivery_rules.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def delivery_rules_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will adopt a new version; before that it shows, when asked, the dates it would give."""
    at = clock.now()
    today = civil_date(at)
    rules = delivery_rules_for(desk.institution_id, today)
    sent = request.method == "POST"
    form = (
        DeliveryRulesForm(request.POST)
        if sent
        else DeliveryRulesForm(initial=_initial(rules, today))
    )
    dates = None
    if form.is_bound and form.is_valid():
        policy = policy_of(form, institution_at(desk).entity, _next_version(desk.institution_id))
        if request.POST.get("action") == "example":
            dates = _tried(policy, form)
        elif _adopted(desk, policy, form):
            messages.success(
                request, _("Nowe zasady zapisane. Rozpoczęte doręczenia biegną po staremu.")
            )
            return redirect("desk:delivery_rules")
    page = {
        "form": form,
        "dates": dates,
        "example": _example(dates) if dates else (),
        "back_url": reverse("desk:delivery_rules"),
    }
    return desk_render(request, desk, "desk/admin/delivery_rules_new.html", page)


def _initial(rules: RulesView, today: date) -> dict[str, object]:
    return {
        **typed(rules.policy, today),
        "upd_signatures": rules.upd_signatures.value,
        "release": rules.release.value,
    }


def _next_version(institution_id: int) -> int:
    return 1 + max((each.version for each in delivery_rules_of(institution_id)), default=0)


def _adopted(desk: Desk, policy: DeliveryPolicy, form: DeliveryRulesForm) -> bool:
    data = form.cleaned_data
    rules = NewRules(
        policy=policy,
        in_force_on=data["in_force_on"],
        upd_signatures=UpdSignatures(data["upd_signatures"]),
        release=Release(data["release"]),
        source=data["source"],
    )
    try:
        adopt_delivery_rules(desk.institution_id, rules, actor=desk.actor, at=clock.now())
    except CannotAdoptRules as refusal:
        field, text = FAULTS[refusal.reason]
        form.add_error(field, str(text))
        return False
    return True


def _tried(policy: DeliveryPolicy, form: DeliveryRulesForm) -> DeliveryDates | None:
    """The example begins on the day on which the rules come into force."""
    try:
        return delivery_dates(policy, form.cleaned_data["in_force_on"])
    except (ValueError, OverflowError):
        form.add_error("days", _("Termin ma od 1 do 90 dni"))
        return None


def _start(form: ExampleForm) -> date | None:
    return form.cleaned_data["start"] if form.is_valid() else None


def _dates(policy: DeliveryPolicy, start: date, form: forms.Form) -> DeliveryDates | None:
    try:
        return delivery_dates(policy, start)
    except (YearNotCovered, ValueError, OverflowError):
        form.add_error("start", _("Podaj dzień od 1990 r., ale nie za odległy"))
        return None


def _example(dates: DeliveryDates) -> tuple[Fact, ...]:
    second, access = dates.second_notice_on, dates.access_until
    rows = (
        (_("Początek"), dates.start_on),
        (_("Powtórne zawiadomienie po dniu"), second),
        (_("Ostatni dzień"), dates.last_day_on),
        (_("Uznanie za doręczone"), dates.deemed_delivered_on),
        (_("Treść dostępna do"), access),
    )
    return tuple(Fact(term, (), strong=day(on)) for term, on in rows if on)


def _facts(rules: RulesView) -> tuple[Fact, ...]:
    policy = rules.policy
    second = policy.second_notice_days
    months = policy.access_months
    return (
        Fact(_("Zasada"), (policy.name, policy.source)),
        Fact(_("Termin biegnie od"), (str(STARTS[policy.start]),)),
        Fact(_("Dni na odbiór"), (str(policy.days),)),
        Fact(_("Powtórne zawiadomienie"), (_after(second),)),
        Fact(_("Ostatni dzień w dniu wolnym"), (str(LAST_DAYS[LastDay(policy.last_day)]),)),
        Fact(_("Dzień uznania za doręczone"), (str(DEEMED_DAYS[policy.deemed_day]),)),
        Fact(_("Dostęp do treści, w miesiącach"), (str(months) if months else _("nie określa"),)),
        Fact(_("UPD podpisuje"), (str(SIGNATURES[rules.upd_signatures]),)),
        Fact(_("Pismo wypuszcza"), (str(RELEASES[rules.release]),)),
    )


def _after(days: int | None) -> str:
    return _("po %(days)s dniach") % {"days": days} if days else _("nie ma")


def _versions(institution_id: int, now: RulesView, today: date) -> tuple[VersionLine, ...]:
    return tuple(
        VersionLine(
            version=each.version,
            since=day(each.in_force_on),
            policy_name=each.policy.name,
            source=each.source,
            is_now=each.version == now.version,
            is_to_come=each.in_force_on > today,
        )
        for each in delivery_rules_of(institution_id)
    )
