"""The error summary: every fault of a page in one list, each a link to its field."""

from django.forms import BaseForm, BoundField

from skrytka.ui.parts import ErrorLine


def error_lines(form: BaseForm | None, faults: tuple[ErrorLine, ...] = ()) -> tuple[ErrorLine, ...]:
    """This will list the faults of a form in the order of its fields, then those told beside it.

    A fault that belongs to no field has no target and is shown as plain text.
    """
    return (*_of_form(form), *faults) if form is not None else tuple(faults)


def has_faults(form: BaseForm | None, faults: tuple[ErrorLine, ...] = ()) -> bool:
    return bool(error_lines(form or None, faults))


def target_of(bound: BoundField) -> str:
    """This will return the id that a summary link must reach to focus the field.

    A group (radio buttons, checkboxes, the parts of a date) is reached through its first part.
    """
    named = getattr(bound.field.widget, "first_part", "")
    if named:
        return f"{bound.auto_id}_{named}"
    if bound.id_for_label:
        return bound.id_for_label
    return f"{bound.auto_id}_0"


def _of_form(form: BaseForm) -> tuple[ErrorLine, ...]:
    if not form.is_bound or not form.errors:
        return ()
    general = [ErrorLine(str(text)) for text in form.non_field_errors()]
    fields = [
        ErrorLine(str(text), "" if bound.is_hidden else target_of(bound))
        for bound in form
        for text in bound.errors
    ]
    return (*general, *fields)
