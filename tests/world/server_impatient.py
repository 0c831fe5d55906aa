"""The real application with a shorter patience: it logs out after seconds instead of minutes.

`SKRYTKA_WSGI` leads granian here, for `application` is made when it is asked for. The law of the
idle log-out is the product's own; only its fifteen minutes are too long for a test to wait.
"""

from collections.abc import Callable, Iterable

SECONDS = 12
WARNING_SECONDS = 8
_made: list[Callable[..., Iterable[bytes]]] = []


def application(
    environ: dict[str, object], start_response: Callable[..., object]
) -> Iterable[bytes]:
    """This will answer as the product does; the first request sets it up."""
    if not _made:
        _made.append(_impatient())
    return _made[0](environ, start_response)


def _impatient() -> Callable[..., Iterable[bytes]]:
    from skrytka.config import settings

    settings.IDLE_SECONDS = SECONDS
    settings.IDLE_WARNING_SECONDS = WARNING_SECONDS
    from skrytka.config.wsgi import application as patient
    from skrytka.web import idle

    idle.WRITE_EVERY_SECONDS = 0
    return patient
