"""Handing out files: named safely, never guessed at, never run."""

from collections.abc import Iterable

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from skrytka.web.receipts.names import safe_file_name


def file_answer(
    chunks: Iterable[bytes],
    name: str,
    media_type: str,
    *,
    size: int | None = None,
    is_shown: bool = False,
) -> HttpResponseBase:
    """This will stream a file for saving; `is_shown` only for kinds that a browser runs nothing of.

    Size in bytes where it is known. The type is what screening found, not what the sender said;
    the browser is told not to guess and not to load anything from inside the file.
    """
    answer = StreamingHttpResponse(chunks, content_type=media_type or "application/octet-stream")
    disposition = content_disposition_header(not is_shown, safe_file_name(name))
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    if size is not None:
        answer["Content-Length"] = str(size)
    return answer


def bytes_answer(data: bytes, name: str, media_type: str) -> HttpResponseBase:
    """This will hand out bytes that are in memory already."""
    return file_answer(iter((data,)), name, media_type, size=len(data))
