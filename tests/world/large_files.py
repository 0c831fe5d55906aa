"""Files as large as a letter may hold, of bytes that nothing can shrink or guess."""

import os
import struct
from pathlib import Path

MEGABYTE = 1 << 20
HEADER = 54


def large_picture(path: Path, size: int) -> Path:
    """A bitmap of random pixels, of at most `size` bytes and close to it."""
    width = 4096
    height = (size - HEADER) // (3 * width)
    pixels = 3 * width * height
    about = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, pixels, 2835, 2835, 0, 0)
    with path.open("wb") as file:
        file.write(b"BM" + struct.pack("<IHHI", HEADER + pixels, 0, 0, HEADER) + about)
        left = pixels
        while left:
            count = min(MEGABYTE, left)
            file.write(os.urandom(count))
            left -= count
    return path
