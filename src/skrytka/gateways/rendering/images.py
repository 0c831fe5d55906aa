"""One page of an image file. Only the drawing process imports this."""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from skrytka.gateways.rendering.question import IMAGES, Asked, CannotRender, RenderFault
from skrytka.gateways.rendering.recent import RenderedPage

ORIENTATION = 274  # the tag of EXIF: from 5 on the picture lies on its side
ON_ITS_SIDE = 5
SEVERAL_PAGES = "TIFF"


def draw(source: BinaryIO, asked: Asked) -> RenderedPage:
    """This will draw an image, of a TIFF the page asked for, of an animation the first frame."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = asked.pixels
    try:
        with Image.open(source, formats=[IMAGES[asked.media_type]]) as image:
            return _drawn(image, asked)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise CannotRender(RenderFault.TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise CannotRender(RenderFault.BROKEN) from error


def as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _drawn(image: Image.Image, asked: Asked) -> RenderedPage:
    pages = getattr(image, "n_frames", 1) if image.format == SEVERAL_PAGES else 1
    if not 1 <= asked.page_no <= pages:
        raise CannotRender(RenderFault.NO_SUCH_PAGE)
    if asked.page_no > 1:
        image.seek(asked.page_no - 1)
    frame = (asked.width, asked.height)
    if image.getexif().get(ORIENTATION, 1) >= ON_ITS_SIDE:
        frame = (asked.height, asked.width)
    image.draft("RGB", frame)
    shown = _on_paper(image)
    shown.thumbnail(frame)
    upright = ImageOps.exif_transpose(shown)
    return RenderedPage(as_png(upright), pages, *upright.size)


def _on_paper(image: Image.Image) -> Image.Image:
    """Black on white as it is, colours as colours, what shines through on white paper."""
    if image.mode in {"L", "RGB"} and not image.has_transparency_data:
        return image  # a copy would cost as much memory again
    if image.mode == "1":
        return image.convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("RGB")
