"""Step 2: the letter itself."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skrytka.config import clock
from skrytka.delivery.operations.completeness import OutgoingProblem
from skrytka.delivery.operations.documents import CannotFreezeOutgoing, freeze_outgoing
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingFault,
    copy_outgoing,
)
from skrytka.delivery.operations.files import remove_file
from skrytka.delivery.operations.templates import CannotUseTemplate, put_template
from skrytka.delivery.queries.outgoing import OutgoingView
from skrytka.delivery.queries.templates import templates_offered
from skrytka.desk.access import Desk
from skrytka.desk.outgoing.access import for_own_draft
from skrytka.desk.outgoing.forms import LetterForm
from skrytka.desk.outgoing.frame import Stage, stage_url, step_render
from skrytka.desk.outgoing.saving import Typed, reloaded, save, saved_content, typed_in
from skrytka.desk.outgoing.texts import FILES_FIELD, change_text, problem_text
from skrytka.desk.outgoing.uploading import file_rows, meter_of, take_files, uuid_or_none
from skrytka.letters.screening import FileFormat
from skrytka.ui.limit_texts import files_hint
from skrytka.ui.parts import Choice, ErrorLine

CONFLICT_ID = "draft-conflict"
LONGEST_ID = 12


@dataclass(frozen=True)
class Look:
    """One look of the page. `typed` stands in for what is saved."""

    draft: OutgoingView
    typed: Typed | None = None
    problems: tuple[OutgoingProblem, ...] = ()
    files_error: str = ""
    conflict: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_own_draft
def letter(request: HttpRequest, desk: Desk, draft: OutgoingView) -> HttpResponse:
    """This will show the letter for writing, or save it and go where the button says."""
    if request.method != "POST":
        return _show(request, desk, Look(draft))
    typed = typed_in(request.POST, draft)
    action, _colon, key = request.POST.get("action", "save").partition(":")
    if action == "copy":
        return _copied(request, draft, typed)
    try:
        save(draft, typed)
    except CannotChangeOutgoing as refusal:
        if refusal.reason is not OutgoingFault.CHANGED_ELSEWHERE:
            raise
        look = Look(draft, typed=typed, conflict=change_text(refusal.reason))
        return _answered(request, desk, look)
    if "HX-Request" in request.headers:
        return _answered(request, desk, Look(reloaded(draft)))
    return _after_saving(request, desk, reloaded(draft), action, key)


def _after_saving(
    request: HttpRequest, desk: Desk, draft: OutgoingView, action: str, key: str
) -> HttpResponse:
    """Files sent along with any button are taken in first: nothing that was chosen is lost."""
    files_error = take_files(request, desk, draft)
    if files_error:
        return _show(request, desk, Look(reloaded(draft), files_error=files_error))
    return ACTIONS.get(action, _stay)(request, desk, draft, key)


def _copied(request: HttpRequest, draft: OutgoingView, typed: Typed) -> HttpResponse:
    copy_id = copy_outgoing(draft.id, typed.content, at=clock.now())
    messages.success(request, _("Zapisaliśmy Twoją wersję jako osobną wersję roboczą."))
    return redirect("desk:outgoing_letter", copy_id)


def _stay(request: HttpRequest, _desk: Desk, _draft: OutgoingView, _key: str) -> HttpResponse:
    return redirect(request.path)


def _later(request: HttpRequest, _desk: Desk, _draft: OutgoingView, _key: str) -> HttpResponse:
    messages.success(request, _("Zapisaliśmy pismo. Czeka na liście „Do wysłania”."))
    return redirect("desk:outgoing")


def _upload(request: HttpRequest, _desk: Desk, _draft: OutgoingView, _key: str) -> HttpResponse:
    return redirect(f"{request.path}#attachments")


def _remove(request: HttpRequest, _desk: Desk, draft: OutgoingView, key: str) -> HttpResponse:
    file_id = uuid_or_none(key)
    if file_id is not None:
        remove_file(draft.id, file_id, at=clock.now())
    return redirect(f"{request.path}#attachments")


def _next(request: HttpRequest, desk: Desk, draft: OutgoingView, _key: str) -> HttpResponse:
    try:
        freeze_outgoing(draft.id, at=clock.now())
    except CannotFreezeOutgoing as refusal:
        return _show(request, desk, Look(reloaded(draft), problems=refusal.problems))
    return redirect(stage_url(draft, Stage.SIGNATURE))


def _template(request: HttpRequest, _desk: Desk, draft: OutgoingView, _key: str) -> HttpResponse:
    """What was typed is saved by now; the template goes under it."""
    chosen = request.POST.get("template", "")
    try:
        template_id = int(chosen) if chosen.isdecimal() and len(chosen) <= LONGEST_ID else 0
        put_template(draft.id, template_id, version=draft.version, at=clock.now())
    except CannotUseTemplate:
        messages.error(request, _("Wybierz szablon z listy."))
    return redirect(request.path)


ACTIONS: dict[str, Callable[[HttpRequest, Desk, OutgoingView, str], HttpResponse]] = {
    "next": _next,
    "later": _later,
    "upload": _upload,
    "remove": _remove,
    "template": _template,
}


def _answered(request: HttpRequest, desk: Desk, look: Look) -> HttpResponse:
    """An automatic save asks for what changed alone."""
    if "HX-Request" in request.headers:
        return render(request, "desk/outgoing/_autosaved.html", _context(look))
    return _show(request, desk, look)


def _show(request: HttpRequest, desk: Desk, look: Look) -> HttpResponse:
    page = {"stage": Stage.LETTER, **_context(look)}
    return step_render(request, desk, look.draft, "desk/outgoing/letter.html", page)


def _context(look: Look) -> dict[str, object]:
    draft = look.draft
    form, beside = _form(look)
    files_line = (ErrorLine(look.files_error, FILES_FIELD),) if look.files_error else ()
    conflict = (ErrorLine(look.conflict, CONFLICT_ID),) if look.conflict else ()
    return {
        "draft": draft,
        "form": form,
        "faults": (*beside, *files_line, *conflict),
        "conflict": look.conflict,
        "version": look.typed.version if look.typed else draft.version,
        "files": file_rows(draft),
        "files_error": look.files_error,
        "files_hint": _files_hint(draft),
        "accept": ",".join(f".{name.lower()}" for name in _formats(draft)),
        "meter": meter_of(draft),
        "templates": _templates(draft),
    }


def _templates(draft: OutgoingView) -> tuple[Choice, ...]:
    offered = templates_offered(draft.institution_id)
    rows = tuple(Choice(str(one.id), one.name) for one in offered)
    return (Choice("", _("Wybierz szablon")), *rows) if rows else ()


def _form(look: Look) -> tuple[LetterForm, tuple[ErrorLine, ...]]:
    """The form with what is wrong beside its fields, and what belongs to no field."""
    content = look.typed.content if look.typed else saved_content(look.draft)
    form = LetterForm(
        {"title": content.title, "body": content.body, "case_mark": content.case_mark}
    )
    beside = []
    for problem in look.problems:
        text = problem_text(look.draft, problem)
        if problem.path in form.fields:
            form.add_error(problem.path, text)
        else:
            target = FILES_FIELD if problem.path == FILES_FIELD else ""
            beside.append(ErrorLine(text, target))
    return form, tuple(beside)


def _formats(draft: OutgoingView) -> tuple[str, ...]:
    return tuple(known.value for known in FileFormat if known in draft.rules.formats)


def _files_hint(draft: OutgoingView) -> str:
    return files_hint(_formats(draft), draft.rules.total_bytes, draft.rules.file_bytes)
