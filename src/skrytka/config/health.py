"""Is the process alive, and can it do its work?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from skrytka.gateways.blobs import BlobNotStoredError
from skrytka.gateways.installed import blobs_of


def healthz(_request: HttpRequest) -> HttpResponse:
    """This will answer as long as the process does."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> JsonResponse:
    """This will try each dependency and answer 503 naming those that fail."""
    parts = {"database": _database_answers(), "blobs": _blobs_answer()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _blobs_answer() -> bool:
    try:
        blobs_of(None).put(b"ready")
    except BlobNotStoredError:
        return False
    return True
