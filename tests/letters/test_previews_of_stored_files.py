"""What is shown of a stored file: a page, the lines of a text, or why there is nothing to see."""

import pytest

from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.previews import (
    LONGEST_LINE,
    MOST_LINES,
    READ_BYTES,
    CannotRender,
    Preview,
    RenderFault,
    has_preview,
    picture_of,
    preview_of,
)
from skrytka.letters.screening.formats import MEDIA_TYPES, FileFormat
from tests.world import files, pages
from tests.world.rendering import busy_renderer

pytestmark = pytest.mark.django_db
SEEN = "PDF JPG GIF BMP TIF TXT CSV"


def stored(data: bytes, media_type: str, *, step: int = 1000) -> AttachmentBytes:
    chunks = (data[start : start + step] for start in range(0, len(data), step))
    return AttachmentBytes(
        "plik", media_type, len(data), f"{hash(data):x}", lambda _start, _count: chunks
    )


def text_of(data: bytes, *, step: int = 1000) -> Preview:
    shown = preview_of(stored(data, "text/plain", step=step))
    assert shown is not None
    return shown


def test_pictures_papers_and_texts_are_shown_and_nothing_else() -> None:
    seen = {known for known in FileFormat if has_preview(MEDIA_TYPES[known])}
    assert {known.value for known in seen} == set(SEEN.split())
    assert preview_of(stored(files.rtf(), "application/rtf")) is None
    with pytest.raises(CannotRender):
        picture_of(stored(files.txt(), "text/plain"), 1)


def test_a_page_is_told_with_its_size_and_the_number_of_pages() -> None:
    shown = preview_of(stored(pages.pages(3), pages.PDF), 2)
    assert shown == Preview(page_no=2, pages=3, width=1100, height=1557)


def test_a_page_that_is_not_there_is_nothing() -> None:
    assert preview_of(stored(pages.page(), pages.PDF), 2) is None
    assert preview_of(stored(files.txt(), "text/plain"), 2) is None


def test_a_broken_file_is_told_as_such() -> None:
    shown = preview_of(stored(files.jpg(), pages.JPG))
    assert shown == Preview(fault=RenderFault.BROKEN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_text_is_read_as_the_screening_reads_it(encoding: str) -> None:
    shown = text_of(files.txt(encoding, repeat=3))
    assert shown.lines == (files.SENTENCE,) * 3
    assert not shown.is_cut


def test_an_empty_text_has_no_lines() -> None:
    assert text_of(b"") == Preview()


def test_a_long_text_is_cut_after_its_first_lines() -> None:
    shown = text_of(b"wiersz\n" * (MOST_LINES + 1))
    assert (len(shown.lines), shown.is_cut) == (MOST_LINES, True)
    shown = text_of(b"x" * (LONGEST_LINE + 1))
    assert (shown.lines, shown.is_cut) == (("x" * LONGEST_LINE,), True)


def test_of_a_large_text_only_the_beginning_is_read() -> None:
    data = ("a" + "ł" * READ_BYTES).encode()
    file = stored(data, "text/plain", step=1001)
    shown = preview_of(file)
    assert shown is not None
    assert shown.is_cut
    assert set(shown.lines[0]) == {"a", "ł"}
    assert next(file.chunks(0, None))


def test_a_text_that_is_no_text_after_all_is_still_no_error() -> None:
    assert text_of(b"\xff\xfea").lines
    assert text_of(b"\x81\x98").lines


def test_a_busy_house_is_told_as_such() -> None:
    with busy_renderer():
        assert preview_of(stored(pages.page(), pages.PDF)) == Preview(fault=RenderFault.BUSY)
