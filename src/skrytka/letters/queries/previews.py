"""What a stored file looks like, without anybody opening it: a picture of a page, or its lines.

Pictures are drawn in a process of their own (`gateways.rendering`). Texts are decoded here, as the
screening decoded them, and no further than they are shown.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skrytka.gateways.blobs import BlobRange
from skrytka.gateways.installed import installed
from skrytka.gateways.rendering import (
    DRAWN_TYPES,
    CannotRender,
    PageSource,
    RenderedPage,
    RenderFault,
)
from skrytka.ledger.resting import give_connection_back
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.letters import SentFile
from skrytka.letters.screening.formats import MEDIA_TYPES, TEXTS
from skrytka.letters.screening.texts import UTF16_MARKS

__all__ = [
    "CannotRender",
    "Preview",
    "RenderFault",
    "RenderedPage",
    "has_preview",
    "opened",
    "picture_of",
    "preview_of",
]

TEXT_TYPES = frozenset(MEDIA_TYPES[known] for known in TEXTS)
MOST_LINES, LONGEST_LINE = 200, 2000
READ_BYTES = 256 * 1024
FIRST_PAGE = 1


@dataclass(frozen=True)
class Preview:
    """What is shown of a file: of one page how large its picture is, or lines, or why neither.

    `is_cut` tells that a text goes on after its lines; `incident` names a failure in the log.
    """

    page_no: int = FIRST_PAGE
    pages: int = 0
    width: int = 0
    height: int = 0
    lines: tuple[str, ...] = ()
    is_cut: bool = False
    fault: RenderFault | None = None
    incident: str = ""


def has_preview(media_type: str) -> bool:
    """Whether files of this type are shown; all others are for saving only."""
    return media_type in DRAWN_TYPES or media_type in TEXT_TYPES


def opened(file: SentFile, chunks: BlobRange) -> AttachmentBytes:
    """This will put a file of a sent letter together with its bytes."""
    return AttachmentBytes(file.file_name, file.media_type, file.size, file.sha256, chunks)


def preview_of(file: AttachmentBytes, page_no: int = FIRST_PAGE) -> Preview | None:
    """This will tell what is to be shown of a file; None where there is no such page of it."""
    if not has_preview(file.media_type):
        return None
    if file.media_type in TEXT_TYPES:
        return _text(file.chunks(0, None)) if page_no == FIRST_PAGE else None
    try:
        drawn = picture_of(file, page_no)
    except CannotRender as refusal:
        if refusal.fault is RenderFault.NO_SUCH_PAGE:
            return None
        return Preview(page_no, fault=refusal.fault, incident=refusal.incident)
    return Preview(page_no, drawn.pages, drawn.width, drawn.height)


def picture_of(file: AttachmentBytes, page_no: int) -> RenderedPage:
    """This will return the picture of one page. Raises CannotRender.

    Nobody holds a database connection while a page is drawn or waits for its turn.
    """
    if file.media_type not in DRAWN_TYPES:
        raise CannotRender(RenderFault.NO_SUCH_PAGE)
    give_connection_back()
    source = PageSource(file.sha256, file.media_type, file.chunks(0, None))
    return installed().renderer.page(source, page_no)


def _text(chunks: Iterable[bytes]) -> Preview:
    data, is_cut = _beginning(chunks)
    lines = _decoded(data, is_whole=not is_cut).splitlines()
    shown = tuple(line[:LONGEST_LINE] for line in lines[:MOST_LINES])
    is_cut = is_cut or shown != tuple(lines)
    return Preview(lines=shown, is_cut=is_cut)


def _beginning(chunks: Iterable[bytes]) -> tuple[bytes, bool]:
    """As much of a file as can be shown, and whether there is more."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > READ_BYTES:
            return bytes(data[:READ_BYTES]), True
    return bytes(data), False


def _decoded(data: bytes, *, is_whole: bool) -> str:
    """The first of the encodings it was accepted under; the last one takes every byte."""
    for encoding in _encodings(data):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data, is_whole)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1250", errors="replace")


def _encodings(data: bytes) -> Iterator[str]:
    if data[:2] in UTF16_MARKS:
        yield "utf-16"
    yield "utf-8-sig"
