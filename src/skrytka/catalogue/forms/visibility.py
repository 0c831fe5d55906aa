"""Which parts of a form are asked, given what was answered so far."""

from skrytka.catalogue.forms.definition import Condition, Field, Form, JsonObject, JsonValue


def asked_fields(form: Form, answers: JsonObject) -> tuple[Field, ...]:
    """This will return the fields whose conditions hold, in order."""
    return tuple(field for field in form.fields if holds(field.only_if, answers))


def holds(condition: Condition | None, answers: JsonObject) -> bool:
    return condition is None or answers.get(condition.path) == condition.value


def asked_answers(form: Form, answers: JsonObject) -> dict[str, JsonValue]:
    """This will leave out answers to parts that are not asked any more, and empty ones."""
    names = [field.name for field in asked_fields(form, answers)]
    return {name: answers[name] for name in names if answers.get(name) not in (None, "", [], {})}
