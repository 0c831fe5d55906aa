"""What the drawing process does with a file, looked at without the process."""

import io
from types import SimpleNamespace

import pytest
from pypdfium2 import PdfDocument, PdfPage

from skrytka.gateways.rendering import CannotRender, RenderFault, child, documents, images
from skrytka.gateways.rendering.question import Asked
from tests.world import files, pages


def asked(media_type: str, page_no: int = 1, pixels: int = 1000) -> Asked:
    return Asked(media_type, page_no, 110, 440, pixels, 5.0, 2**29)


@pytest.mark.parametrize(
    ("media_type", "data", "size"),
    [
        (pages.PDF, pages.page(), (110, 156)),
        (pages.PDF, pages.filled_form(), (110, 156)),
        (pages.JPG, pages.image("JPEG", (20, 10)), (20, 10)),
        (pages.GIF, pages.image("GIF", (20, 10), "P", transparency=0), (20, 10)),
        (pages.BMP, files.bmp(), (4, 4)),
        (pages.TIF, pages.image("TIFF", (20, 10), "CMYK"), (20, 10)),
        (pages.TIF, pages.scans(1), (30, 15)),
    ],
)
def test_each_kind_has_its_way_of_drawing(
    media_type: str, data: bytes, size: tuple[int, int]
) -> None:
    draw = child.drawing_of(media_type)
    page = draw(io.BytesIO(data), asked(media_type, pixels=10_000))
    assert page.png.startswith(b"\x89PNG")
    assert page.pages == 1
    if data != pages.scans(1):
        assert (page.width, page.height) == size


def test_a_scan_is_turned_over() -> None:
    page = images.draw(io.BytesIO(pages.scans(3)), asked(pages.TIF, 2, pixels=10_000))
    assert (page.pages, page.width) == (3, 41)


@pytest.mark.parametrize(
    ("media_type", "data", "page_no", "fault"),
    [
        (pages.PDF, pages.page(), 2, RenderFault.NO_SUCH_PAGE),
        (pages.PDF, b"%PDF", 1, RenderFault.BROKEN),
        (pages.JPG, pages.image("JPEG", (20, 10)), 0, RenderFault.NO_SUCH_PAGE),
        (pages.JPG, pages.image("JPEG", (100, 100)), 1, RenderFault.TOO_LARGE),
        (pages.JPG, files.jpg(), 1, RenderFault.BROKEN),
    ],
)
def test_what_cannot_be_drawn_is_told(
    media_type: str, data: bytes, page_no: int, fault: RenderFault
) -> None:
    with pytest.raises(CannotRender) as told:
        child.drawing_of(media_type)(io.BytesIO(data), asked(media_type, page_no))
    assert told.value.fault is fault


def test_a_page_without_a_size_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfPage, "get_size", lambda _page: (0.0, float("nan")))
    with pytest.raises(CannotRender):
        documents.draw(io.BytesIO(pages.page()), asked(pages.PDF))


def test_a_build_that_could_run_scripts_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "PDFIUM_INFO", SimpleNamespace(flags=("V8",)))
    with pytest.raises(RuntimeError):
        documents.draw(io.BytesIO(pages.page()), asked(pages.PDF))


def test_forms_are_never_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a form was set up")

    monkeypatch.setattr(PdfDocument, "init_forms", refused)
    page = documents.draw(io.BytesIO(pages.scripted()), asked(pages.PDF))
    assert page.width == 110
