"""The words of tus 1.0, the protocol of resumable uploads: headers read and written.

Core protocol with the extensions creation, expiration, checksum and termination.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from skrytka.letters.operations.receiving import Checksum

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
# SHA-1 because the protocol asks every server for it; it guards against noise, not against people.
ALGORITHMS = ("sha256", "sha1")
PART_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
READ_AT_ONCE = 1 << 18


class MalformedError(Exception):
    """A header that the protocol asks for is missing or says nothing; `status` answers it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class CutOffError(Exception):
    """The body ended before its time."""


def answer(status: int, headers: Mapping[str, str] | None = None, text: str = "") -> HttpResponse:
    """This will make an answer of the protocol; a text is for the person, in plain words."""
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def capabilities() -> HttpResponse:
    """This will tell a client what the server understands (OPTIONS)."""
    return answer(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


def expiry(expires_at: datetime) -> dict[str, str]:
    return {"Upload-Expires": http_date(expires_at.timestamp())}


def method_of(request: HttpRequest) -> str:
    """This will return the method meant: some networks let nothing but GET and POST through."""
    return request.headers.get("X-HTTP-Method-Override", request.method or "").upper()


def require_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise MalformedError(412, "Tus-Resumable")


def number_in(request: HttpRequest, name: str) -> int:
    """This will read a header that holds a whole number, not below nought."""
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise MalformedError(400, name)
    return int(text)


def metadata_in(request: HttpRequest) -> dict[str, str]:
    """This will read Upload-Metadata: keys, each with a value in base64, between commas."""
    found = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise MalformedError(400, "Upload-Metadata") from error
    return found


def checksum_in(request: HttpRequest) -> Checksum | None:
    """This will read Upload-Checksum: an algorithm and the digest of this part in base64."""
    told = request.headers.get("Upload-Checksum")
    if told is None:
        return None
    algorithm, _, value = told.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise MalformedError(400, "Upload-Checksum") from error
    if algorithm not in ALGORITHMS or len(digest) != hashlib.new(algorithm).digest_size:
        raise MalformedError(400, "Upload-Checksum")
    return Checksum(algorithm, digest)


def body_of(request: HttpRequest, length: int) -> Iterator[bytes]:
    """This will read a body as it comes. Raises CutOffError when the connection ends too soon."""
    left = length
    while left:
        try:
            chunk = request.read(min(READ_AT_ONCE, left))
        except OSError as error:
            raise CutOffError(str(error)) from error
        if not chunk:
            raise CutOffError(f"{left} bytes are missing")
        left -= len(chunk)
        yield chunk
