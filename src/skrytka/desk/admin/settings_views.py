"""Texts of the public page, attachment rules and the accessibility statement."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.accounts.operations.settings import (
    InstitutionTexts,
    change_statement,
    change_texts,
)
from skrytka.accounts.policies import may_administer
from skrytka.accounts.queries import InstitutionView
from skrytka.config import clock
from skrytka.core.calendar import civil_date
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.admin.box_views import institution_at
from skrytka.desk.admin.forms import MEGABYTE, RulesForm, StatementForm, TextsForm
from skrytka.desk.frame import desk_render
from skrytka.letters.operations.attachment_policies import (
    AttachmentRules,
    adopt_attachment_rules,
)
from skrytka.letters.queries.policies import attachment_policy_for
from skrytka.letters.screening.policy import QUARANTINE_DAYS, ScreeningPolicy

DATES = ("published_on", "updated_on", "prepared_on", "reviewed_on")


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def texts(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show and change contact and texts of the institution's public page."""
    institution = institution_at(desk)
    initial = {name: getattr(institution, name) for name in TextsForm.base_fields}
    form = TextsForm(request.POST) if request.method == "POST" else TextsForm(initial=initial)
    if form.is_bound and form.is_valid():
        made = InstitutionTexts(**form.cleaned_data)
        change_texts(desk.institution_id, made, at=clock.now(), actor=desk.actor)
        messages.success(request, _("Zapisane."))
        return redirect("desk:texts")
    page = {"heading": _("Kontakt i teksty"), "form": form}
    return desk_render(request, desk, "desk/admin/form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def attachment_rules(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show the rules in force and adopt a new version; old ones stay on record."""
    at = clock.now()
    policy = attachment_policy_for(desk.institution_id, civil_date(at))
    initial = _rules(policy, civil_date(at))
    form = RulesForm(request.POST) if request.method == "POST" else RulesForm(initial=initial)
    if form.is_bound and form.is_valid():
        rules = _adopted(institution_at(desk), form)
        adopt_attachment_rules(desk.institution_id, rules, at=at, actor=desk.actor)
        messages.success(request, _("Nowe zasady zapisane. Poprzednie zostają w historii."))
        return redirect("desk:attachment_rules")
    page = {"heading": _("Zasady załączników"), "form": form, "policy": policy}
    return desk_render(request, desk, "desk/admin/form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def statement(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will show and change the fields of the accessibility statement."""
    initial = _statement(institution_at(desk))
    sent = request.method == "POST"
    form = StatementForm(request.POST) if sent else StatementForm(initial=initial)
    if form.is_bound and form.is_valid():
        fields = {name: _text(value) for name, value in form.cleaned_data.items()}
        change_statement(desk.institution_id, fields, at=clock.now(), actor=desk.actor)
        messages.success(request, _("Zapisane."))
        return redirect("desk:statement")
    page = {"heading": _("Deklaracja dostępności"), "form": form}
    return desk_render(request, desk, "desk/admin/form.html", page)


def _rules(policy: ScreeningPolicy, today: date) -> dict[str, object]:
    return {
        "formats": [kind.value for kind in policy.formats],
        "megabytes": policy.total_bytes // MEGABYTE,
        "file_count": policy.file_count,
        "quarantine_days": policy.quarantine_days,
        "in_force_on": today,
        "source": policy.source,
    }


def _adopted(institution: InstitutionView, form: RulesForm) -> AttachmentRules:
    data = form.cleaned_data
    return AttachmentRules(
        policy_id=f"{institution.entity}-{data['in_force_on']:%Y}"[:40],
        in_force_on=data["in_force_on"],
        formats=tuple(data["formats"]),
        total_bytes=data["megabytes"] * MEGABYTE,
        source=data["source"],
        file_count=data["file_count"],
        quarantine_days=data["quarantine_days"] or QUARANTINE_DAYS,
    )


def _statement(institution: InstitutionView) -> dict[str, object]:
    fields: dict[str, object] = dict(institution.accessibility)
    for name in DATES:
        fields[name] = _date(institution.accessibility.get(name, ""))
    return fields


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
