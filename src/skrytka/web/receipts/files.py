"""Handing out what is made at the moment it is asked for; stored files go by `ui.file_answers`."""

from collections.abc import Iterable

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from skrytka.letters.queries.letters import SentFile
from skrytka.ui.file_answers import OfferedFile, Opened
from skrytka.web.receipts.names import safe_file_name


def offered(file: SentFile, chunks: Opened) -> OfferedFile:
    """This will offer a file of a letter under a name that every system bears."""
    name = safe_file_name(file.file_name)
    return OfferedFile(name, file.media_type, file.size, file.sha256, chunks)


def file_answer(
    chunks: Iterable[bytes], name: str, media_type: str, *, size: int | None = None
) -> HttpResponseBase:
    """This will stream what is made for saving. Size in bytes where it is known."""
    answer = StreamingHttpResponse(chunks, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=safe_file_name(name))
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    if size is not None:
        answer["Content-Length"] = str(size)
    return answer


def bytes_answer(data: bytes, name: str, media_type: str) -> HttpResponseBase:
    """This will hand out bytes that are in memory already."""
    return file_answer(iter((data,)), name, media_type, size=len(data))
