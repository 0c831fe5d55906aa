"""Pictures that do not hold together, or are something else as well."""

import struct
from collections.abc import Iterator

from tests.letters.screening.table.samples import Bad
from tests.world import files

BMP, TIF, GIF, JPG = files.bmp(), files.tif(), files.gif(), files.jpg()
ALERT = b"*/=1;alert(1);//"
PAGE = b"<html><body onload=alert(1)>"


def bad_pictures() -> Iterator[Bad]:
    for what, name, data in _broken():
        yield Bad(what, name, data, "F-BROKEN")
    for what, name, data, detected in (*_others(), *_two_at_once()):
        yield Bad(what, name, data, "F-MAGIC", detected)


def _broken() -> Iterator[tuple[str, str, bytes]]:
    yield "a bitmap without its last byte", "a.bmp", BMP[:-1]
    yield "a bitmap of a header alone", "a.bmp", BMP[:20]
    yield "a bitmap of half a header", "a.bmp", BMP[:30]
    odd = BMP.replace(struct.pack("<I", 40), struct.pack("<I", 41))
    yield "a bitmap header of no known size", "a.bmp", odd
    yield "a bitmap of no width", "a.bmp", BMP[:18] + bytes(4) + BMP[22:]
    yield "a bitmap of three layers", "a.bmp", BMP[:26] + b"\x03" + BMP[27:]
    yield "a bitmap of 5 bits a point", "a.bmp", BMP[:28] + b"\x05" + BMP[29:]
    yield "a bitmap whose points are elsewhere", "a.bmp", BMP[:10] + b"\xff\xff" + BMP[12:]
    yield "a scan of six bytes", "a.tif", TIF[:6]
    yield "a scan with half a directory", "a.tif", TIF[:-6]
    yield "a scan whose directory is elsewhere", "a.tif", TIF[:4] + struct.pack("<I", 4000)
    yield "a scan with an empty directory", "a.tif", TIF[:9] + bytes(2) + TIF[11:]
    yield "a scan whose directory is its header", "a.tif", TIF[:4] + bytes(4) + TIF[8:]
    yield "a drawing of eight bytes", "a.gif", GIF[:8]
    yield "a drawing cut in a block", "a.gif", GIF[:-2]
    yield "a drawing that ends in something else", "a.gif", GIF[:-1] + b"/"
    yield "a script with the first bytes of a drawing", "a.gif", b"GIF89a/*" + ALERT * 10
    yield "a photograph without its end", "a.jpg", JPG[:-2]
    yield "a photograph of ten bytes", "a.jpg", JPG[:10]
    yield (
        "a photograph with a segment of one byte",
        "a.jpg",
        b"\xff\xd8\xff\xe0\x00\x01" + bytes(20),
    )
    yield "a photograph of marks alone", "a.jpg", b"\xff\xd8" + b"\xff\x01" * 20_000
    no_scan = JPG[: JPG.index(b"\xff\xda")] + b"\xff\xd9"
    yield "a photograph without a picture", "a.jpg", no_scan
    blocks = GIF[:-1] + b"\x21\xfe" + b"\x01a" * 400_000 + b"\x00\x3b"
    yield "a drawing of countless tiny blocks", "a.gif", blocks


def _others() -> Iterator[tuple[str, str, bytes, str]]:
    yield "PNG for a photograph", "zdjecie.jpg", files.png(), "PNG"
    yield "GIF for a photograph", "zdjecie.jpg", GIF, "GIF"
    yield "a photograph for a drawing", "rysunek.gif", JPG, "JPG"
    yield "a photograph for a bitmap", "obraz.bmp", JPG, "JPG"
    yield "a bitmap for a scan", "skan.tif", BMP, "BMP"
    yield "a photograph for a scan", "skan.tif", JPG, "JPG"
    yield "a text for a bitmap", "obraz.bmp", b"BM to nie obraz", "TXT"
    yield (
        "WebP for a photograph",
        "zdjecie.jpg",
        b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40),
        "WEBP",
    )
    yield "HEIC for a photograph", "zdjecie.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(40), "MP4"
    yield "a program for a photograph", "zdjecie.jpg", files.exe(), "EXE"
    yield "a drawing of Photoshop for a scan", "skan.tif", b"8BPS" + bytes(40), "PSD"
    yield "a table for a photograph", "zdjecie.jpg", files.csv(), "TXT"
    yield "a drawing in XML for a drawing", "rysunek.gif", b"<svg xmlns='x'/>", "SVG"


def _two_at_once() -> Iterator[tuple[str, str, bytes, str]]:
    packed = files.zipped({"a.txt": b"ala"})
    for name, data in (("a.gif", GIF), ("a.jpg", JPG), ("a.bmp", BMP), ("a.tif", TIF)):
        yield "an archive behind a picture", name, data + packed, "ZIP"
    yield "a PDF behind a picture", "a.gif", GIF + files.pdf(), "PDF"
    yield "a PDF in the comment of a photograph", "a.jpg", _with_comment(files.pdf()[:60]), "PDF"
    yield "a page in the comment of a photograph", "a.jpg", _with_comment(PAGE), "HTML"
    yield (
        "a page in the comment of a drawing",
        "a.gif",
        GIF.replace(b"\x04test", b"\x1c" + PAGE),
        "HTML",
    )
    yield "a page behind a bitmap", "a.bmp", BMP + PAGE, "HTML"
    wide = b"GIF89a" + struct.pack("<HH", 0x2A2F, 1) + GIF[10:]
    yield "a whole drawing that is a script", "a.gif", wide + ALERT, "JS"
    yield "a whole bitmap that is a script", "a.bmp", b"BM/*" + BMP[4:] + ALERT, "JS"
    start = b"\xff\xd8\xff\xe0" + b"/*" + bytes(0x2F2A - 2) + JPG[20:]
    yield "a whole photograph that is a script", "a.jpg", start + ALERT, "JS"


def _with_comment(comment: bytes) -> bytes:
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return JPG[:2] + segment + JPG[2:]
