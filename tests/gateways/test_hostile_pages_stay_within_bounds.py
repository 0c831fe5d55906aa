"""Real hostile files through the real drawing process: each ends in a picture or in a word."""

from pathlib import Path

import pytest
from pypdfium2.version import PDFIUM_INFO

from skrytka.gateways.rendering import CannotRender, PageSource, ProcessRenderer, RenderFault
from tests.world import files, pages

SIZE = (10_000, 10_001)


@pytest.fixture
def renderer(tmp_path: Path) -> ProcessRenderer:
    return ProcessRenderer(tmp_path)


@pytest.mark.parametrize(
    ("media_type", "data", "fault"),
    [
        (pages.PDF, pages.endless_shading(), RenderFault.TOO_LONG),
        (pages.PDF, pages.packed_content(), RenderFault.TOO_LARGE),
        (pages.PDF, pages.laughs(), RenderFault.TOO_LARGE),
        (pages.PDF, pages.deep_tree(), RenderFault.BROKEN),
        (pages.PDF, pages.tree_in_a_circle(), RenderFault.BROKEN),
        (pages.PDF, files.locked_pdf(), RenderFault.BROKEN),
        (pages.PDF, b"%PDF-1.7\n%%EOF", RenderFault.BROKEN),
        (pages.JPG, pages.image("JPEG", SIZE), RenderFault.TOO_LARGE),
        (pages.GIF, pages.image("GIF", (20_000, 20_000), "P"), RenderFault.TOO_LARGE),
        (pages.GIF, pages.image("GIF", (9_990, 10_000), "P"), RenderFault.TOO_LARGE),
        (pages.TIF, pages.image("TIFF", SIZE, "1", compression="group4"), RenderFault.TOO_LARGE),
        (pages.JPG, files.jpg(), RenderFault.BROKEN),
        (pages.BMP, files.bmp()[:60], RenderFault.BROKEN),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_a_hostile_file_ends_in_a_word(
    renderer: ProcessRenderer, media_type: str, data: bytes, fault: RenderFault
) -> None:
    with pytest.raises(CannotRender) as told:
        renderer.page(PageSource("a", media_type, [data]), 1)
    assert told.value.fault is fault


@pytest.mark.parametrize("box", [b"0 0 1000000000 1000000000", b"0 0 99999999 1", b"0 0 0 0"])
def test_a_page_of_any_size_makes_no_larger_picture(renderer: ProcessRenderer, box: bytes) -> None:
    page = renderer.page(PageSource("a", pages.PDF, [pages.page(box=box)]), 1)
    assert (page.width <= 1100, page.height <= 4400) == (True, True)


def test_a_page_that_claims_two_thousand_million_pages_is_one(renderer: ProcessRenderer) -> None:
    boastful = pages.page().replace(b"/Count 1 ", b"/Count 2000000000 ")
    assert renderer.page(PageSource("a", pages.PDF, [boastful]), 1).pages == 1


def test_an_image_of_a_hundred_megapixels_is_still_drawn(renderer: ProcessRenderer) -> None:
    scan = pages.image("TIFF", (9_990, 10_000), compression="tiff_lzw")
    assert renderer.page(PageSource("a", pages.TIF, [scan]), 1).width == 1100


def test_scripts_of_a_document_find_nothing_that_would_run_them(renderer: ProcessRenderer) -> None:
    """The build has no engine for scripts, and the drawing process refuses one that had."""
    assert PDFIUM_INFO.flags == ()
    page = renderer.page(PageSource("a", pages.PDF, [pages.scripted()]), 1)
    empty = renderer.page(PageSource("b", pages.PDF, [pages.pages(1)]), 1)
    assert page == empty
