"""The real application with a shorter patience: it logs out after seconds instead of minutes.

`SKRYTKA_WSGI` leads the server here. The law of the idle log-out is the product's own; only its
fifteen minutes are too long for a test to wait, so they are shortened before Django reads them.
"""

from skrytka.config import settings
from tests.world.patience import SECONDS, WARNING_SECONDS

settings.IDLE_SECONDS = SECONDS
settings.IDLE_WARNING_SECONDS = WARNING_SECONDS

from skrytka.config.wsgi import application  # noqa: E402 - reads the settings
from skrytka.web import idle  # noqa: E402 - the same

idle.WRITE_EVERY_SECONDS = 0

__all__ = ["application"]
