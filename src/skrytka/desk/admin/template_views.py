"""Templates of letters: listed, written, withdrawn and brought back."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from skrytka.accounts.policies import may_administer
from skrytka.config import clock
from skrytka.delivery.operations.drafts import LONGEST_TITLE
from skrytka.delivery.operations.template_texts import TemplateText
from skrytka.delivery.operations.templates import (
    LONGEST_NAME,
    LONGEST_TEMPLATE,
    PLACES,
    CannotUseTemplate,
    TemplateFault,
    add_template,
    change_template,
    offer_built_in,
    return_template,
    withdraw_template,
)
from skrytka.delivery.queries.templates import template_of, templates_of
from skrytka.desk.access import Desk, for_desk
from skrytka.desk.frame import desk_render


class TemplateForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nazwa szablonu"),
        help_text=gettext_lazy("Po niej znajdą go osoby, które piszą pisma."),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Wpisz nazwę szablonu")},
    )
    title = forms.CharField(
        label=gettext_lazy("Tytuł pisma"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Wpisz tytuł pisma")},
    )
    body = forms.CharField(
        label=gettext_lazy("Treść pisma"),
        max_length=LONGEST_TEMPLATE,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Wpisz treść pisma")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def templates(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will list the templates; an institution without any is offered the three built in."""
    if request.method == "POST":
        made = offer_built_in(desk.institution_id, actor=desk.actor, at=clock.now())
        if made:
            messages.success(request, _("Szablony dodane. Możesz je zmienić."))
        return redirect("desk:templates")
    page = {"templates": templates_of(desk.institution_id)}
    return desk_render(request, desk, "desk/admin/templates.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def template_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm()
    if form.is_bound and form.is_valid() and _kept(desk, form):
        messages.success(request, _("Szablon dodany."))
        return redirect("desk:templates")
    return _form(request, desk, form, _("Nowy szablon"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_administer)
def template(request: HttpRequest, desk: Desk, template_id: int) -> HttpResponse:
    """This will show and change one template of the institution."""
    shown = template_of(desk.institution_id, template_id)
    if shown is None:
        raise Http404
    initial = {"name": shown.name, "title": shown.title, "body": shown.body}
    sent = request.method == "POST"
    form = TemplateForm(request.POST) if sent else TemplateForm(initial=initial)
    if form.is_bound and form.is_valid() and _kept(desk, form, template_id):
        messages.success(request, _("Zapisane."))
        return redirect("desk:templates")
    return _form(request, desk, form, _("Szablon pisma"))


@require_POST
@for_desk(may_administer)
def switch(request: HttpRequest, desk: Desk, template_id: int) -> HttpResponse:
    """This will withdraw a template, or bring a withdrawn one back."""
    shown = template_of(desk.institution_id, template_id)
    if shown is None:
        raise Http404
    move = withdraw_template if shown.is_active else return_template
    move(desk.institution_id, template_id, actor=desk.actor, at=clock.now())
    text = _("Szablon wycofany.") if shown.is_active else _("Szablon przywrócony.")
    messages.success(request, text)
    return redirect("desk:templates")


def _kept(desk: Desk, form: TemplateForm, template_id: int | None = None) -> bool:
    text, at = TemplateText(**form.cleaned_data), clock.now()
    try:
        if template_id is None:
            add_template(desk.institution_id, text, actor=desk.actor, at=at)
        else:
            change_template(desk.institution_id, template_id, text, actor=desk.actor, at=at)
    except CannotUseTemplate as refusal:
        if refusal.reason is TemplateFault.NOT_FOUND:
            raise Http404 from refusal
        form.add_error("name", _("Jest już szablon o tej nazwie."))
        return False
    return True


def _form(request: HttpRequest, desk: Desk, form: TemplateForm, heading: str) -> HttpResponse:
    page = {
        "heading": heading,
        "form": form,
        "places": tuple(f"{{{name}}}" for name in PLACES),
        "back_url": reverse("desk:templates"),
    }
    return desk_render(request, desk, "desk/admin/template.html", page)
