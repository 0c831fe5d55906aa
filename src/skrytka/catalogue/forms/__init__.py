"""Forms of services: versioned, asked on a page or through the interface, checked the same way."""

from skrytka.catalogue.forms.definition import (
    Field,
    FieldKind,
    Form,
    FormFaultyError,
    JsonObject,
    JsonValue,
    Option,
    read_form,
)
from skrytka.catalogue.forms.posting import answers_from_post
from skrytka.catalogue.forms.problems import FieldProblem, check_answers
from skrytka.catalogue.forms.stored import form_of
from skrytka.catalogue.forms.visibility import asked_fields
from skrytka.catalogue.forms.writing import answer_fields, answer_text

__all__ = [
    "Field",
    "FieldKind",
    "FieldProblem",
    "Form",
    "FormFaultyError",
    "JsonObject",
    "JsonValue",
    "Option",
    "answer_fields",
    "answer_text",
    "answers_from_post",
    "asked_fields",
    "check_answers",
    "form_of",
    "read_form",
]
