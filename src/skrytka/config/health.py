"""Is the process alive, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from skrytka.config import clock
from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.installed import blobs_of
from skrytka.letters.queries.awaiting import long_wait


def healthz(_request: HttpRequest) -> HttpResponse:
    """This will answer as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """This will try each dependency and answer 503 naming those that fail.

    A scanner that has been silent for ten minutes is named too, but letters come in without it.
    """
    parts = {"database": _database_answers(), "blobs": _blobs_answer()}
    scanner = parts["database"] and _scanner_answers()
    return JsonResponse({**parts, "scanner": scanner}, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _scanner_answers() -> bool:
    return not long_wait(at=clock.now()).is_alarming


def _blobs_answer() -> bool:
    try:
        blobs_of(None).put(b"ready")
    except BlobNotStoredError:
        return False
    return True
