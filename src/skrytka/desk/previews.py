"""Previews of files at the desk: the page around a picture, and the picture."""

from django.http import Http404, HttpRequest, HttpResponse

from skrytka.desk.access import Desk
from skrytka.desk.frame import desk_render
from skrytka.letters.queries.attachments import AttachmentBytes
from skrytka.letters.queries.previews import CannotRender, RenderFault, picture_of, preview_of
from skrytka.ui.pictures import picture_answer
from skrytka.ui.previews import Places, PreviewView, asked_page

UNAVAILABLE = 503


def wanted_page(request: HttpRequest) -> int:
    """This will read which page of the file the address asks for."""
    return asked_page(request.GET.get("page", "1"))


def preview_page(
    request: HttpRequest, desk: Desk, file: AttachmentBytes, places: Places
) -> HttpResponse:
    """This will show one page of a file, or say why it cannot be seen."""
    shown = preview_of(file, wanted_page(request))
    if shown is None:
        raise Http404
    view = PreviewView(file.file_name, file.size, shown, places, file.media_type)
    status = UNAVAILABLE if view.is_busy else 200
    return desk_render(request, desk, "desk/preview.html", {"view": view}, status=status)


def page_picture(request: HttpRequest, file: AttachmentBytes, page_no: int) -> HttpResponse:
    """This will send one page of a file as a picture."""
    try:
        return picture_answer(
            request, f"{file.sha256}-{page_no}", lambda: picture_of(file, page_no).png
        )
    except CannotRender as refusal:
        if refusal.fault is RenderFault.BUSY:
            return HttpResponse(status=UNAVAILABLE)
        raise Http404 from refusal
