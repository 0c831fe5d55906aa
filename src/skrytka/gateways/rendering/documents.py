"""One page of a PDF. Only the drawing process imports this.

Forms are never initialised: their scripts, actions and calculations need that. What a filled field
shows lies in the file as a drawing, which is laid on the page like any other. Nor is there an
engine for scripts to run in; a build of the library that has one is not used at all.
"""

from typing import BinaryIO

from pypdfium2 import PdfDocument, PdfiumError, PdfPage, raw
from pypdfium2.version import PDFIUM_INFO

from skrytka.gateways.rendering.images import as_png
from skrytka.gateways.rendering.question import Asked, CannotRender, RenderFault
from skrytka.gateways.rendering.recent import RenderedPage


def draw(source: BinaryIO, asked: Asked) -> RenderedPage:
    """This will draw a page as wide as asked, less where it would be too high."""
    if PDFIUM_INFO.flags:  # V8 or XFA
        raise RuntimeError(PDFIUM_INFO.flags)
    try:
        document = PdfDocument(source)
        pages = len(document)
        if not 1 <= asked.page_no <= pages:
            raise CannotRender(RenderFault.NO_SUCH_PAGE)
        return _drawn(_with_fields(document, asked.page_no - 1), asked, pages)
    except PdfiumError as error:
        raise CannotRender(RenderFault.BROKEN) from error


def _with_fields(document: PdfDocument, index: int) -> PdfPage:
    """The page with the drawings of its fields as part of it; only in memory."""
    page = document[index]
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()  # what was laid on a page is seen when it is opened anew
    return document[index]


def _drawn(page: PdfPage, asked: Asked, pages: int) -> RenderedPage:
    wide, high = page.get_size()
    if not (wide > 0 and high > 0):
        raise CannotRender(RenderFault.BROKEN)
    scale = min(asked.width / wide, asked.height / high)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    return RenderedPage(as_png(picture), pages, *picture.size)
