"""How much a stranger may ask the public check to do."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

RECEIPT_BYTES = 2_000_000
DOCUMENTS = 51
DOCUMENTS_BYTES = 200_000_000
# What the fields and the parts of a multipart body add.
BODY_BYTES = RECEIPT_BYTES + DOCUMENTS_BYTES + 1_000_000
PER_MINUTE = 20
MINUTE = 60


def is_body_too_big(request: HttpRequest) -> bool:
    """This will tell by the announced length, before a byte of the body is read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced) > BODY_BYTES


def asks_too_often(request: HttpRequest, at: datetime) -> bool:
    """This will count one check; the reader's address is kept as a keyed digest, for a minute."""
    address = request.META.get("REMOTE_ADDR", "")
    client = salted_hmac("skrytka.verify", address).hexdigest()
    key = f"verify:{client}:{int(at.timestamp()) // MINUTE}"
    # Counted in two steps: a few more may pass at the same moment, and none is lost for long.
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, MINUTE)
    return count > PER_MINUTE
