"""Pictures as scanners, cameras and programs write them; most made by a real encoder."""

import io
import struct
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageSequence

from tests.letters.screening.table.samples import Good
from tests.world import files

Made = Iterator[tuple[str, bytes]]


def good_pictures() -> Iterator[Good]:
    for what, data in _jpg():
        yield Good(what, "zdjecie.jpg", data)
    for what, data in _gif():
        yield Good(what, "rysunek.gif", data)
    for what, data in _bmp():
        yield Good(what, "obraz.bmp", data)
    for what, data in _tif():
        yield Good(what, "skan.tif", data)
    yield Good("an ending of five letters", "skan.TIFF", files.tif(">"))
    yield Good("an ending of five letters", "zdjecie.JPEG", files.jpg())
    yield Good("a rare ending", "zdjecie.jpe", files.jpg())


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A drawing with a line and a gradient, so that encoders have something to do."""
    drawn = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(drawn).line((0, 0, *size), fill=(200, 30, 30), width=3)
    return drawn.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _jpg() -> Made:
    yield "a photograph", saved(picture(), "JPEG")
    yield "a progressive photograph", saved(picture(), "JPEG", progressive=True)
    yield "shades of grey", saved(picture("L"), "JPEG")
    yield "the colours of print", saved(picture("CMYK"), "JPEG")
    yield "the data of a camera", saved(picture(), "JPEG", exif=_exif())
    yield "a colour profile", saved(picture(), "JPEG", icc_profile=bytes(3000))
    yield "a comment", saved(picture(), "JPEG", comment=b"Skan z dnia 27.11.2026")
    yield "a thumbnail in the data of a camera", files.jpg()
    yield "restart marks", saved(picture(), "JPEG", restart_marker_rows=1)
    yield "data of a telephone behind the end", files.jpg(after=b"SEFT data of a telephone" * 20)
    yield "a second picture behind the end", files.jpg(after=saved(picture(), "JPEG"))
    yield "zeros behind the end", saved(picture(), "JPEG") + bytes(512)
    yield "fill bytes before a marker", files.jpg().replace(b"\xff\xc0", b"\xff\xff\xff\xc0")


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x0132] = "Aparat", 6, "2026:11:27 08:00:00"
    return exif.tobytes()


def _gif() -> Made:
    frames = [picture("P"), picture("P").rotate(90, expand=False), picture("P").rotate(180)]
    yield "a drawing", saved(picture("P"), "GIF")
    yield "a drawing of 1987", files.gif().replace(b"GIF89a", b"GIF87a")
    yield (
        "a moving drawing",
        saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0),
    )
    yield "a clear colour", saved(picture("P"), "GIF", transparency=0)
    yield "lines out of order", saved(picture("P"), "GIF", interlace=1)
    yield "a comment", saved(picture("P"), "GIF", comment=b"rysunek /* 1 */")
    yield "the end mark left out", files.gif()[:-1]
    yield "zeros behind the end", files.gif() + bytes(16)
    assert len(list(ImageSequence.Iterator(frames[0]))) == 1


def _bmp() -> Made:
    for mode, depth in (("1", 1), ("L", 8), ("P", 8), ("RGB", 24), ("RGBA", 32)):
        yield f"{depth} bits a point, mode {mode}", saved(picture(mode), "BMP")
    header = struct.pack("<IHHHH", 12, 1, 1, 1, 24)
    yield "a header of OS/2", b"BM" + struct.pack("<IHHI", 30, 0, 0, 26) + header + bytes(4)
    yield "16 bits a point", _bitmap(16, bytes(4 * 8))
    yield "4 bits a point", _bitmap(4, bytes(4 * 4), colours=16)
    yield "lines from the top", _bitmap(24, bytes(4 * 12), height=-4)
    yield (
        "packed by runs",
        _bitmap(8, b"\x04\x01\x00\x00" * 4 + b"\x00\x01", colours=256, packing=1),
    )


def _bitmap(
    depth: int, pixels: bytes, *, colours: int = 0, height: int = 4, packing: int = 0
) -> bytes:
    start = 54 + 4 * colours
    head = struct.pack("<IiiHHIIiiII", 40, 4, height, 1, depth, packing, len(pixels), 0, 0, 0, 0)
    name = b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start)
    return name + head + bytes(4 * colours) + pixels


def _tif() -> Made:
    yield "the byte order of Intel", files.tif()
    yield "the byte order of Motorola", files.tif(">")
    for packing in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield f"packed by {packing}", saved(picture(), "TIFF", compression=packing)
    for packing in ("group3", "group4"):
        yield f"a fax page, {packing}", saved(picture("1"), "TIFF", compression=packing)
    pages = [picture("L"), picture("1"), picture("RGB")]
    yield "three pages", saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    yield "16 bits a point", saved(picture("L").convert("I;16"), "TIFF")
    yield "300 points an inch", saved(picture(), "TIFF", dpi=(300, 300))
