"""The page of step 2 from a draft, what was typed on top of it, and what is wrong with it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from skrytka.letters.operations.completeness import DraftProblem
from skrytka.letters.operations.drafts import DraftContent
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import ErrorLine
from skrytka.web.compose.access import sender_kind
from skrytka.web.compose.addressing import box_reason
from skrytka.web.compose.answers import answer_parts
from skrytka.web.compose.files import (
    file_rows,
    files_hint,
    formats_of,
    meter_of,
    rules_of,
    ticks_of,
)
from skrytka.web.compose.forms import LetterForm
from skrytka.web.compose.frame import Stage, step_page
from skrytka.web.compose.problems import FILES_FIELD, show_problems
from skrytka.web.compose.saving import Typed, saved_content

KEPT_DAYS = 30
TEMPLATE = "web/compose/letter.html"


@dataclass(frozen=True)
class LetterPage:
    """One look of step 2. `typed` stands in for what is saved; `conflict` is a catalogue code."""

    draft: DraftView
    typed: Typed | None = None
    problems: tuple[DraftProblem, ...] = ()
    files_error: str = ""
    conflict: str = ""


def show_letter(request: HttpRequest, page: LetterPage, template: str = TEMPLATE) -> HttpResponse:
    """This will render the page, or with another template the part of it that changed."""
    reason = box_reason(page.draft, sender_kind(request, page.draft))
    return render(request, template, letter_context(page, reason))


def letter_context(page: LetterPage, reason: str) -> dict[str, object]:
    """This will lay out everything the page shows."""
    draft = page.draft
    rules = rules_of(draft)
    form = letter_form(page)
    answers = answer_parts(draft, content_of(page).answers, page.problems)
    beside = show_problems(form, draft, page.problems, answers.paths)
    files_line = (ErrorLine(page.files_error, FILES_FIELD),) if page.files_error else ()
    return {
        **step_page(draft, Stage.LETTER),
        "form": form,
        "answers": answers,
        "faults": (*beside, *answers.faults, *files_line, *_conflict_line(page)),
        "conflict": page.conflict,
        "version": page.typed.version if page.typed else draft.version,
        "reason": reason,
        "file_fields": ",".join((FILES_FIELD, *answers.slot_names)),
        "files": file_rows(draft),
        "files_error": page.files_error,
        "files_hint": files_hint(rules),
        "accept": ",".join(f".{name.lower()}" for name in formats_of(rules)),
        "meter": meter_of(draft),
        "ticks": ticks_of(draft),
        "kept_days": KEPT_DAYS,
    }


def letter_form(page: LetterPage) -> LetterForm:
    """This will fill title and body in; bound, so that problems can stand beside the fields."""
    content = content_of(page)
    form = LetterForm({"title": content.title, "body": content.body})
    form.fields["body"].required = page.draft.needs_body
    return form


def content_of(page: LetterPage) -> DraftContent:
    return page.typed.content if page.typed else saved_content(page.draft)


def _conflict_line(page: LetterPage) -> tuple[ErrorLine, ...]:
    if not page.conflict:
        return ()
    text = _(
        "To pismo zmieniło się w innej karcie. Wczytaj nowszą wersję albo zapisz swoją jako kopię."
    )
    return (ErrorLine(text, "draft-conflict"),)
