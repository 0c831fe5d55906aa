"""The last app to be ready: by then every room exists and the gateways can be wired."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "skrytka.config"
    label = "config"

    def ready(self) -> None:
        from skrytka.config.wiring import wire  # noqa: PLC0415 - needs the app registry

        wire()
