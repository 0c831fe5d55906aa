"""The service's form on the page of step 2: drawn by its definition, read by the catalogue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from skrytka.catalogue.forms import Field, FieldKind, Form, JsonValue, answers_from_post
from skrytka.letters.operations.completeness import DraftGap, DraftProblem
from skrytka.letters.queries.drafts import DraftView
from skrytka.ui.parts import ErrorLine
from skrytka.web.compose.files import file_rows
from skrytka.web.compose.questions import ANSWER_PREFIX, Look, Place, Question, question_of


@dataclass(frozen=True)
class AnswerParts:
    """The drawn form: `paths` are the problems it shows by itself, `faults` lead to its fields."""

    questions: tuple[Question, ...]
    paths: frozenset[str]
    faults: tuple[ErrorLine, ...]
    slot_names: tuple[str, ...]


def answers_in(data: QueryDict, draft: DraftView) -> dict[str, JsonValue]:
    """This will read the answers of a posted page; without any, what is saved stays."""
    if not any(name.startswith(ANSWER_PREFIX) for name in data):
        return dict(saved_answers(draft))
    posted = {name: str(data.get(name, "")) for name in data}
    return answers_from_post(draft.card.form, posted)


def saved_answers(draft: DraftView) -> Mapping[str, JsonValue]:
    """This will return the answers on record; a column of JSON holds nothing else."""
    return cast("Mapping[str, JsonValue]", draft.answers)


def answer_parts(
    draft: DraftView, given: Mapping[str, object], problems: Collection[DraftProblem]
) -> AnswerParts:
    """This will draw every question of the form with what was answered and what is wrong."""
    form = draft.card.form
    answers = cast("Mapping[str, JsonValue]", given)
    errors = {one.path: one.text for one in problems if one.gap is DraftGap.ANSWER}
    questions = tuple(_drawn(draft, form, field, answers, errors) for field in form.fields)
    shown = [*_flat(questions)]
    faults = tuple(ErrorLine(one.error, one.target) for one in shown if one.error)
    told = {line.text for line in faults}
    # A problem of a question that is not drawn is still told, without a field to lead to.
    faults += tuple(ErrorLine(text) for text in errors.values() if text not in told)
    return AnswerParts(
        questions,
        frozenset(errors),
        faults,
        tuple(one.name for one in shown if one.look is Look.SLOT),
    )


def _drawn(
    draft: DraftView,
    form: Form,
    field: Field,
    answers: Mapping[str, JsonValue],
    errors: Mapping[str, str],
) -> Question:
    place = Place(field.name, f"{ANSWER_PREFIX}{field.name}")
    drawn = question_of(field, answers.get(field.name), place, errors)
    if field.kind is FieldKind.SLOT:
        drawn = replace(drawn, files=file_rows(draft, field.name))
    return _conditional(form, field, drawn)


def _conditional(form: Form, field: Field, drawn: Question) -> Question:
    """The condition in words, because without JavaScript every question is on the page."""
    condition = field.only_if
    if condition is None:
        return drawn
    other = next((each for each in form.fields if each.name == condition.path), None)
    if other is None:
        return drawn
    words = _("Wypełnij, jeśli przy „%(question)s” wybierasz „%(answer)s”.") % {
        "question": other.label,
        "answer": other.label_of(condition.value),
    }
    return replace(
        drawn,
        only_name=f"{ANSWER_PREFIX}{condition.path}",
        only_value=condition.value,
        asked_if=words,
    )


def _flat(questions: tuple[Question, ...]) -> list[Question]:
    inner = [one for each in questions for row in each.rows for one in row]
    return [*questions, *inner]
