"""What a draft still lacks, in the words of the error catalogue, beside the field it is about."""

from collections.abc import Collection, Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skrytka.accounts.queries import institution_of_id
from skrytka.letters.operations.completeness import DraftGap, DraftProblem
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.formats import number
from skrytka.ui.parts import ErrorLine
from skrytka.ui.refusal_texts import refusal_text
from skrytka.web.compose.files import fault_text

FILES_FIELD = "files"
BEYOND_RULES = {
    DraftGap.FILE_NOT_TAKEN,
    DraftGap.FILE_TOO_BIG,
    DraftGap.FILE_HOLDS_MORE,
    DraftGap.FILE_LOCKED,
    DraftGap.FILES_TOO_BIG,
}
FILE_GAPS = {DraftGap.REFUSED_FILE, DraftGap.FILES_ON_THEIR_WAY, *BEYOND_RULES}


def problem_text(draft: DraftView, problem: DraftProblem) -> str:
    """This will say one problem of a draft to the person who writes it."""
    if problem.gap is DraftGap.BODY_TOO_LONG:
        return too_long(problem.number)
    if problem.gap is DraftGap.BOX_CLOSED:
        return box_closed_text(draft)
    if problem.gap is DraftGap.REFUSED_FILE:
        return _refused_file(draft, problem)
    if problem.gap in BEYOND_RULES:
        return _beyond_rules(draft, problem)
    if problem.gap is DraftGap.FILES_ON_THEIR_WAY:
        return wait_text(problem.number)
    return {
        DraftGap.NO_ADDRESSEE: _("Wybierz adresata z listy."),
        DraftGap.NO_TITLE: _("Wpisz tytuł pisma"),
        DraftGap.NO_BODY: _("Wpisz treść pisma albo dodaj załącznik"),
        DraftGap.ANSWER: problem.text,
    }[problem.gap]


def _refused_file(draft: DraftView, problem: DraftProblem) -> str:
    """The reason again, because the row may be far from the summary."""
    text = _("Usuń plik %(name)s.") % {"name": problem.text}
    for file in draft.attachments:
        if problem.path == f"attachment-{file.id}":
            return f"{text} {fault_text(file)}"
    return text


def _beyond_rules(draft: DraftView, problem: DraftProblem) -> str:
    """The addressee was changed to one that takes less than the files that are there."""
    name, limit = problem.text, _limit(draft, problem)
    details: dict[str, str | int] = {
        "extension": name.rpartition(".")[2].upper(),
        "size": problem.number,
        "limit": limit,
        "remark": problem.remark,
    }
    return refusal_text(problem.gap, name, details)


def _limit(draft: DraftView, problem: DraftProblem) -> int:
    if draft.rules is None:
        return 0
    is_one = problem.gap is DraftGap.FILE_TOO_BIG
    return draft.rules.file_bytes if is_one else draft.rules.total_bytes


def too_long(excess: int) -> str:
    """This will tell by how many characters the letter is too long (B-LONG)."""
    return ngettext(
        "Treść jest za długa o %(n)s znak. Skróć ją albo dodaj jako plik PDF.",
        "Treść jest za długa o %(n)s znaków. Skróć ją albo dodaj jako plik PDF.",
        excess,
    ) % {"n": number(excess)}


def wait_text(count: int) -> str:
    """This will tell that files are still on their way (F-WAIT)."""
    return ngettext(
        "Poczekaj, aż prześlemy %(n)s plik, albo go usuń.",
        "Poczekaj, aż prześlemy %(n)s pliki, albo je usuń.",
        count,
    ) % {"n": number(count)}


def box_closed_text(draft: DraftView) -> str:
    """This will tell that the box takes no letters now, and name another one (A-OFF)."""
    box = draft.addressee
    if box is None:
        return _("Wybierz adresata z listy.")
    found = institution_of_id(box.institution_id)
    others = [other.address for other in found.boxes if other.is_open] if found else []
    text = _("%(name)s nie przyjmuje teraz pism pod tym adresem.") % {"name": box.institution_name}
    if not others:
        return text + " " + _("Wybierz innego adresata.")
    return text + " " + _("Wybierz inną skrytkę: %(address)s.") % {"address": others[0]}


def show_problems(
    form: forms.Form, draft: DraftView, problems: Iterable[DraftProblem], known: Collection[str]
) -> tuple[ErrorLine, ...]:
    """This will put each problem on its field and return those that have no field in this form.

    What another part of the page shows by itself is named in `known` by its path.
    """
    beside = []
    for problem in problems:
        if problem.path in form.fields:
            form.add_error(problem.path, problem_text(draft, problem))
        elif problem.path not in known:
            beside.append(ErrorLine(problem_text(draft, problem), target_of(problem)))
    return tuple(beside)


def target_of(problem: DraftProblem) -> str:
    """This will name the element that a line of the summary leads to."""
    if problem.gap is DraftGap.REFUSED_FILE:
        return f"file-{problem.path.removeprefix('attachment-')}"
    if problem.gap in FILE_GAPS:
        return FILES_FIELD
    return "" if problem.path == "box" else f"id_{problem.path}"
