"""Hard checks of images: the parts are where their headers say. Nothing is decoded."""

import struct
from collections.abc import Iterator

from skrytka.letters.screening.faults import AttachmentFault, NotAcceptableError
from skrytka.letters.screening.specimen import Specimen

BMP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
BMP_DEPTHS = frozenset({0, 1, 2, 4, 8, 16, 24, 32})
GIF_TRAILER, GIF_IMAGE, GIF_EXTENSION = 0x3B, 0x2C, 0x21
JPEG_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
JPEG_FILL, JPEG_SCAN, JPEG_END = 0xFF, 0xDA, b"\xff\xd9"
UNCOMPRESSED = frozenset({0, 3})
# A crafted picture of one-byte blocks would keep the walk busy for minutes.
MOST_SEGMENTS = 10_000
SHORT_BLOCK = 64


def broken() -> NotAcceptableError:
    return NotAcceptableError(AttachmentFault.BROKEN)


def check_bmp(specimen: Specimen) -> None:
    """This will check the two headers of a bitmap and that the pixels they promise are there."""
    head = specimen.head(54)
    if len(head) < 26:
        raise broken()
    pixels_at, header_size = struct.unpack_from("<II", head, 10)
    if header_size not in BMP_HEADER_SIZES or not 14 + header_size <= pixels_at <= specimen.size:
        raise broken()
    if header_size == 12:
        width, height, planes, depth = struct.unpack_from("<HHHH", head, 18)
        compression = 0
    elif len(head) < 34:
        raise broken()
    else:
        width, height, planes, depth, compression = struct.unpack_from("<iiHHI", head, 18)
    if planes != 1 or depth not in BMP_DEPTHS or width <= 0 or height == 0:
        raise broken()
    needed = (width * depth + 31) // 32 * 4 * abs(height)
    if compression in UNCOMPRESSED and pixels_at + needed > specimen.size:
        raise broken()


def check_tif(specimen: Specimen) -> None:
    """This will check that the first directory of a TIFF 6.0 file lies inside the file."""
    order = "<" if specimen.head(2) == b"II" else ">"
    head = specimen.head(8)
    if len(head) < 8:
        raise broken()
    (directory,) = struct.unpack_from(f"{order}I", head, 4)
    count_bytes = specimen.at(directory, 2)
    if directory < 8 or len(count_bytes) < 2:
        raise broken()
    (count,) = struct.unpack(f"{order}H", count_bytes)
    if not count or directory + 2 + 12 * count > specimen.size:
        raise broken()


def check_gif(specimen: Specimen) -> None:
    """This will walk the blocks of a GIF to its end: a script dressed as one has none.

    Old programs leave the trailer out; the file then ends right after a whole block.
    """
    head = specimen.head(13)
    if len(head) < 13:
        raise broken()
    place = 13 + _colours(head[10])
    steps = iter(range(MOST_SEGMENTS + specimen.size // SHORT_BLOCK))
    first = place
    while place == first or place < specimen.size:
        block = _byte(specimen, place)
        if block == GIF_TRAILER:
            return
        if block == GIF_IMAGE:
            place += 10 + _colours(_byte(specimen, place + 9)) + 1
        elif block == GIF_EXTENSION:
            place += 2
        else:
            raise broken()
        place = _past_sub_blocks(specimen, place, steps)


def _past_sub_blocks(specimen: Specimen, place: int, steps: Iterator[int]) -> int:
    while length := _byte(specimen, place):
        if next(steps, None) is None:
            raise broken()
        place += length + 1
    return place + 1


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _byte(specimen: Specimen, place: int) -> int:
    found = specimen.at(place, 1)
    if not found:
        raise broken()
    return found[0]


def check_jpg(specimen: Specimen) -> None:
    """This will walk the segments of a JPEG to the picture and look for its end marker after it.

    The walk skips what a segment contains, so that the end of a thumbnail does not count. Phones
    append data of their own after the end; that is allowed.
    """
    place = 2
    for _ in range(MOST_SEGMENTS):
        marker = _marker(specimen, place)
        if marker == JPEG_SCAN:
            break
        place += _step(specimen, place, marker)
    if specimen.find(JPEG_END, place) < 0:
        raise broken()


def _step(specimen: Specimen, place: int, marker: int) -> int:
    """Past one marker: a fill byte, one that stands alone, or one with its segment."""
    if marker == JPEG_FILL:
        return 1
    if marker in JPEG_STANDALONE:
        return 2
    length = int.from_bytes(specimen.at(place + 2, 2), "big")
    if length < 2:
        raise broken()
    return 2 + length


def _marker(specimen: Specimen, place: int) -> int:
    found = specimen.at(place, 2)
    if len(found) < 2 or found[0] != 0xFF or found[1] in {0x00, 0xD9}:
        raise broken()
    return found[1]
