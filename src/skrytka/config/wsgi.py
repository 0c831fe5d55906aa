"""The WSGI application."""

import os
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skrytka.config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from skrytka.config.garbage import spare_what_is_loaded
from skrytka.config.turns import Application, InTurns
from skrytka.gateways.turns import TURNS

if not settings.ENVIRONMENT.is_embedded:
    TURNS.widen()
# A quarter of the threads is left for pages when everybody else sends slowly.
application = InTurns(
    cast("Application", get_wsgi_application()),
    bodies=max(1, settings.ENVIRONMENT.threads * 3 // 4),
)
spare_what_is_loaded()
