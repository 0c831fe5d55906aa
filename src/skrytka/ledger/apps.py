from django.apps import AppConfig

from skrytka.ledger import among  # noqa: F401 - makes id__among known to every model


class LedgerConfig(AppConfig):
    name = "skrytka.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
