"""One text to many: the list is looked at line by line, then drafts are made, sealed and sent."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skrytka.config import clock
from skrytka.delivery.operations.drafts import LONGEST_TITLE, CannotChangeOutgoing
from skrytka.delivery.operations.merge_table import (
    LARGEST_TABLE,
    CannotReadTable,
    MergeTable,
    read_table,
)
from skrytka.delivery.operations.merging import (
    CannotMerge,
    SeriesContent,
    change_merge,
    draft_merge,
    drop_merge,
    release_merge,
    send_merge,
    start_merge,
)
from skrytka.delivery.operations.release import needs_second_person
from skrytka.delivery.policies import may_release, may_write_outgoing
from skrytka.delivery.queries.merges import MergeView, institution_of_merge, merge_view
from skrytka.delivery.queries.templates import template_of, templates_offered
from skrytka.desk.access import Desk, desk_at, for_desk
from skrytka.desk.frame import desk_render
from skrytka.desk.outgoing.saving import one_line
from skrytka.desk.outgoing.series import draft_pill, merge_text, note_text, row_text, table_text
from skrytka.desk.outgoing.texts import change_text
from skrytka.desk.outgoing.views.files import saved_as
from skrytka.letters.operations.completeness import LONGEST_BODY
from skrytka.ui.csv_files import csv_file

PER_PAGE = 100
LONGEST_NAME = 200
LONGEST_ID = 12
Page = Callable[..., HttpResponseBase]


class SeriesForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Nazwa wysyłki"),
        help_text=gettext_lazy("Tylko dla kancelarii, na przykład: podatek od nieruchomości 2026."),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Wpisz nazwę wysyłki")},
    )
    title = forms.CharField(
        label=gettext_lazy("Tytuł pisma"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Wpisz tytuł pisma")},
    )
    body = forms.CharField(
        label=gettext_lazy("Treść pisma"),
        help_text=gettext_lazy(
            "Nazwę kolumny wpisz w nawiasach klamrowych, na przykład {kwota}. "
            "Pola {adresat} i {instytucja} wypełnimy sami."
        ),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Wpisz treść pisma")},
    )
    table = forms.FileField(
        label=gettext_lazy("Lista adresatów (CSV)"),
        help_text=gettext_lazy(
            "Pierwszy wiersz to nazwy kolumn: adres_skrytki, a jeśli chcesz, znak_sprawy i inne. "
            "Najwyżej 1000 adresatów i 1 MB."
        ),
        error_messages={
            "required": gettext_lazy("Wybierz plik z listą adresatów"),
            "empty": gettext_lazy("Ten plik jest pusty. Wybierz plik z listą adresatów"),
        },
    )


def for_series(page: Page) -> Page:
    """This will show a page of a series to the clerks of its institution."""

    @login_required
    @wraps(page)
    def gated(request: HttpRequest, merge_id: UUID) -> HttpResponseBase:
        desk = desk_at(request, institution_of_merge(merge_id), may_write_outgoing)
        merge = merge_view(merge_id, at=clock.now())
        if merge is None:
            raise Http404
        try:
            return page(request, desk, merge)
        except CannotMerge as refusal:
            messages.error(request, merge_text(refusal))
        except CannotChangeOutgoing as refusal:
            messages.error(request, change_text(refusal.reason))
        return redirect("desk:series", merge_id)

    return gated


def for_own_series(page: Page) -> Page:
    """This will let only the author of a series change and send it."""

    @wraps(page)
    def own(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponseBase:
        if merge.author_id != desk.viewer.user_id:
            raise Http404
        return page(request, desk, merge)

    return for_series(own)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk(may_write_outgoing)
def series_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """This will ask for text and list, and keep them to be looked at."""
    if request.method != "POST":
        return _form(request, desk, SeriesForm(initial=_of_template(request, desk)))
    form = SeriesForm(request.POST, request.FILES)
    content = _content(form, None)
    if content is None:
        return _form(request, desk, form)
    user_id = desk.viewer.user_id
    merge_id = start_merge(desk.institution_id, user_id, content, at=clock.now())
    return redirect("desk:series", merge_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_series
def series_change(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponse:
    """This will change text or list of a series without drafts; no new file keeps the list."""
    if request.method != "POST":
        initial = {"name": merge.name, "title": merge.title, "body": merge.body}
        return _form(request, desk, SeriesForm(initial=initial), merge)
    form = SeriesForm(request.POST, request.FILES)
    content = _content(form, merge.table)
    if content is None:
        return _form(request, desk, form, merge)
    change_merge(merge.id, content)
    return redirect("desk:series", merge.id)


@never_cache
@require_safe
@for_series
def series(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponse:
    """This will show what becomes of each line, or how far each letter is."""
    is_own = merge.author_id == desk.viewer.user_id
    states = [draft.state.value for draft in merge.drafts if not draft.is_queued]
    lines = _letter_lines(merge) if merge.drafted_at else _row_lines(merge)
    may_let_go = may_release(desk.viewer, merge.institution_id, merge.author_id)
    page = {
        "merge": merge,
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "summary": _summary(merge),
        "example": next(iter(merge.good), None),
        "may_change": is_own and merge.drafted_at is None,
        "may_draft": is_own and merge.drafted_at is None and bool(merge.good),
        "may_send": is_own and "OPEN" in states,
        "may_release": may_let_go and "WAITING" in states,
        "may_drop": is_own and (merge.drafted_at is None or "OPEN" in states),
        "is_moving": any(draft.is_queued for draft in merge.drafts),
        "second_person": needs_second_person(desk.institution_id, at=clock.now()),
    }
    return desk_render(request, desk, "desk/outgoing/series.html", page)


@require_POST
@for_own_series
def series_draft(request: HttpRequest, _desk: Desk, merge: MergeView) -> HttpResponse:
    """This will make the drafts of the good lines."""
    made = draft_merge(merge.id, at=clock.now())
    messages.success(request, _("Utworzone pisma: %(n)d.") % {"n": made})
    return redirect("desk:series", merge.id)


@require_POST
@for_own_series
def series_send(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponse:
    """This will have all open letters sealed and sent."""
    _told(request, send_merge(merge.id, actor=desk.actor, at=clock.now()))
    return redirect("desk:series", merge.id)


@require_POST
@for_series
def series_release(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponse:
    """This will let all waiting letters of another clerk go."""
    user_id = desk.viewer.user_id
    _told(request, release_merge(merge.id, user_id, actor=desk.actor, at=clock.now()))
    return redirect("desk:series", merge.id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_series
def series_drop(request: HttpRequest, desk: Desk, merge: MergeView) -> HttpResponse:
    """This will ask, and then put away what of a series was not sent."""
    if request.method == "POST":
        drop_merge(merge.id, at=clock.now())
        messages.success(request, _("Usunęliśmy pisma, których nie wysłano."))
        return redirect("desk:outgoing")
    page = {
        "heading": _("Usunąć wysyłkę?"),
        "text": _("Znikną pisma, których jeszcze nie wysłano. Wysłane zostaną."),
        "action": reverse("desk:series_drop", args=[merge.id]),
        "yes": _("Usuń wysyłkę"),
        "back_url": reverse("desk:series", args=[merge.id]),
    }
    return desk_render(request, desk, "desk/admin/confirm.html", page)


@require_safe
@for_series
def series_result(_request: HttpRequest, _desk: Desk, merge: MergeView) -> HttpResponse:
    """This will send the list of letters with what became of each, as a table."""
    head = (_("wiersz"), "adres_skrytki", _("adresat"), "znak_sprawy", _("stan"), _("numer"))
    rows = [
        (
            str(draft.number),
            draft.address,
            draft.addressee,
            draft.case_mark,
            draft_pill(draft).text,
            draft.document_no,
        )
        for draft in merge.drafts
    ]
    answer = HttpResponse(csv_file([head, *rows]), content_type="text/csv; charset=utf-8")
    return saved_as(answer, "wysylka.csv")


def _content(form: SeriesForm, kept: MergeTable | None) -> SeriesContent | None:
    """What was sent, or None with the faults on the form; the file is read up to its limit."""
    if kept is not None:
        form.fields["table"].required = False
    if not form.is_valid():
        return None
    data = form.cleaned_data
    try:
        upload = data["table"]
        table = read_table(upload.read(LARGEST_TABLE + 1)) if upload else kept
    except CannotReadTable as refusal:
        form.add_error("table", table_text(refusal))
        return None
    if table is None:
        return None
    return SeriesContent(one_line(data["name"]), one_line(data["title"]), data["body"], table)


def _of_template(request: HttpRequest, desk: Desk) -> dict[str, str]:
    wished = request.GET.get("szablon", "")
    if not wished.isdecimal() or len(wished) > LONGEST_ID:
        return {}
    found = template_of(desk.institution_id, int(wished))
    return {"title": found.title, "body": found.body} if found else {}


def _form(
    request: HttpRequest, desk: Desk, form: SeriesForm, merge: MergeView | None = None
) -> HttpResponse:
    page = {
        "form": form,
        "merge": merge,
        "templates": () if merge else templates_offered(desk.institution_id),
        "action": request.path,
    }
    return desk_render(request, desk, "desk/outgoing/series_form.html", page)


def _row_lines(merge: MergeView) -> list[dict[str, object]]:
    """The lines with faults first: they are what there is to do."""
    return [
        {
            "number": row.number,
            "name": row.addressee.name if row.addressee else "",
            "address": row.address,
            "case_mark": row.case_mark,
            "title": row.title,
            "fault": row_text(row),
        }
        for row in (*merge.bad, *merge.good)
    ]


def _letter_lines(merge: MergeView) -> list[dict[str, object]]:
    return [
        {
            "number": draft.number,
            "name": draft.addressee,
            "address": draft.address,
            "case_mark": draft.case_mark,
            "title": draft.title,
            "url": reverse("desk:outgoing_read", args=[draft.draft_id]),
            "pill": draft_pill(draft),
            "fault": "" if draft.is_queued or not draft.note else note_text(draft.note),
        }
        for draft in merge.drafts
    ]


def _summary(merge: MergeView) -> str:
    if merge.drafted_at:
        sent = sum(draft.state.value == "SENT" for draft in merge.drafts)
        return _("Wysłano %(sent)d z %(all)d.") % {"sent": sent, "all": len(merge.drafts)}
    good, bad = len(merge.good), len(merge.bad)
    return _("Dobrych wierszy: %(good)d, do poprawy: %(bad)d.") % {"good": good, "bad": bad}


def _told(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nie ma nic nowego do wysłania."))
        return
    text = _("Pisma w wysyłce: %(n)d. Odśwież stronę, żeby zobaczyć postęp.")
    messages.success(request, text % {"n": count})
