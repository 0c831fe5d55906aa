"""Every Django form of the house comes out as accessible components.

``FORM_RENDERER = "skrytka.ui.forms.SkrytkaRenderer"`` does it: ``{{ form }}`` or
``{% field form.name %}`` give label, hint and error in one group, tied by aria-describedby.
"""

from datetime import date
from typing import Protocol

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "checkbox": "govuk-checkboxes__input",
    "radio": "govuk-radios__input",
    "file": "govuk-file-upload",
}
OWN_WIDGETS = frozenset({
    "radio.html", "checkbox_select.html", "civil_date.html", "multiwidget.html",
    "clearable_file_input.html",
})  # fmt: skip
DAY, MONTH, YEAR = "day", "month", "year"
SHOWN_PASSWORDS = ("current-password", "new-password")


class SkrytkaBoundField(forms.BoundField):
    """A field that knows its component, its classes and the ids of its hint and error."""

    @property
    def kind(self) -> str:
        """The component: input, textarea, select, checkbox, radio, file, date or password."""
        widget = self.field.widget
        if isinstance(widget, CivilDateInput):
            return "date"
        if isinstance(widget, forms.CheckboxSelectMultiple):
            return "checkboxes"
        if isinstance(widget, forms.RadioSelect):
            return "radios"
        return str(getattr(widget, "input_type", "") or _plain_kind(widget))

    @property
    def is_single_checkbox(self) -> bool:
        return self.kind == "checkbox"

    @property
    def is_group(self) -> bool:
        return self.use_fieldset

    @property
    def counts_to(self) -> int | None:
        """The limit of characters a counter shows, only on long texts."""
        if self.kind != "textarea":
            return None
        return getattr(self.field, "max_length", None) or None

    def build_widget_attrs(
        self, attrs: dict[str, bool | str], widget: forms.Widget | None = None
    ) -> dict[str, bool | str]:
        """This will add our classes, and keep the limit of characters out of the browser's hands.

        A browser that cuts pasted text silently loses what was typed, so no maxlength is sent on
        long texts: the server says by how much the text is too long (error catalogue, B-LONG).
        """
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        shown = widget or self.field.widget
        if shown.is_hidden or self.is_group:
            return built
        own = str(shown.attrs.get("class", ""))
        built["class"] = " ".join(filter(None, (self._component_class(), own)))
        if self.counts_to:
            built["data-count-limit"] = str(self.counts_to)
            built["maxlength"] = False
            described = str(built.get("aria-describedby", ""))
            built["aria-describedby"] = f"{described} {self.auto_id}_count".strip()
        return built

    def _component_class(self) -> str:
        name = CLASSES.get(self.kind, "govuk-input")
        return f"{name} {name}--error" if self.errors and name in ERRONEOUS else name


ERRONEOUS = frozenset({"govuk-input", "govuk-textarea", "govuk-select", "govuk-file-upload"})


def _plain_kind(widget: forms.Widget) -> str:
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


class _Template(Protocol):
    def render(self, context: dict[str, object], request: object = None) -> str: ...


class SkrytkaRenderer(DjangoTemplates):
    """Renders forms, fields and grouped widgets with the templates of the design system."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = SkrytkaBoundField

    def get_template(self, template_name: str) -> _Template:
        folder, _slash, name = template_name.rpartition("/")
        if folder == "django/forms/widgets" and name in OWN_WIDGETS:
            template_name = f"ui/widgets/{name}"
        template: _Template = super().get_template(template_name)
        return template


class CivilDateInput(forms.MultiWidget):
    """Day, month and year as three short fields: faster and clearer than any calendar."""

    template_name = "ui/widgets/civil_date.html"
    use_fieldset = True
    first_part = DAY

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(attrs) for name in (DAY, MONTH, YEAR)
        }
        super().__init__(parts, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        base = context["widget"]["attrs"].get("id", name)
        for part, drawn in zip((DAY, MONTH, YEAR), context["widget"]["subwidgets"], strict=True):
            drawn["attrs"]["id"] = f"{base}_{part}"
        return context


class CivilDateField(forms.MultiValueField):
    """A civil date typed in three parts; gives a ``date``."""

    widget = CivilDateInput
    default_error_messages = {
        "required": _("Wpisz datę"),
        "incomplete": _("Wpisz dzień, miesiąc i rok"),
        "invalid": _("Wpisz prawdziwą datę, na przykład 27 3 2026"),
    }

    def __init__(
        self,
        *,
        required: bool = True,
        label: str | None = None,
        help_text: str = "",
        initial: date | None = None,
    ) -> None:
        parts = (forms.CharField(), forms.CharField(), forms.CharField())
        super().__init__(
            parts, required=required, label=label, help_text=help_text, initial=initial
        )

    def compress(self, data_list: list[str]) -> date | None:
        if not data_list:
            return None
        day, month, year = (part.strip() for part in data_list)
        try:
            return date(int(year), int(month), int(day))
        except ValueError as unreal:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from unreal
