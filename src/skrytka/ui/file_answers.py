"""Handing out stored files: named safely, never guessed at, never run, from any place on.

A download that broke off is taken up where it ended: the digest is the file's ETag, and what a
browser has half of is compared by it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from skrytka.ui.byte_ranges import ByteRange, RangeOutsideError, byte_range

UNKNOWN_TYPE = "application/octet-stream"

# Opens a file from a place on: so many bytes, or all that are left.
Opened: TypeAlias = Callable[[int, int | None], Iterable[bytes]]


@dataclass(frozen=True)
class OfferedFile:
    """A stored file: the name it is offered under, what screening found it to be, its bytes.

    `chunks(start, count)` opens it from a place on, to its end where `count` is None.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    chunks: Opened


def saved_file(request: HttpRequest, file: OfferedFile) -> HttpResponseBase:
    """This will send a file to be saved, or the part of it that is asked for.

    No stored file is ever shown by a browser: what it looks like, a preview tells.
    """
    answer = _content(request, file)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _content(request: HttpRequest, file: OfferedFile) -> HttpResponseBase:
    try:
        part = _asked_for(request, file)
    except RangeOutsideError:
        outside = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        outside["Content-Range"] = f"bytes */{file.size}"
        return outside
    answer = StreamingHttpResponse(_bytes(request, file, part))
    answer["Content-Type"] = file.media_type or UNKNOWN_TYPE
    answer["Content-Length"] = str(part.count if part else file.size)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = _etag(file)
    if part is not None:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = part.content_range(file.size)
    return answer


def _asked_for(request: HttpRequest, file: OfferedFile) -> ByteRange | None:
    """A part goes only with what the reader has of the same file: `If-Range` names it."""
    if request.headers.get("If-Range", _etag(file)).strip() != _etag(file):
        return None
    return byte_range(request.headers.get("Range", ""), file.size)


def _bytes(request: HttpRequest, file: OfferedFile, part: ByteRange | None) -> Iterable[bytes]:
    """Opened at once, so that a file that is not there is no download that breaks off."""
    if request.method == "HEAD":
        return ()
    return file.chunks(part.start, part.count) if part else file.chunks(0, None)


def _etag(file: OfferedFile) -> str:
    return f'"{file.sha256}"'
