from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system: templates, components, form rendering. It knows no noun of the domain."""

    name = "skrytka.ui"
    label = "ui"
