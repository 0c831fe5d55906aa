"""VBA source out of its container: the decompression of MS-OVBA 2.4.1, bounded."""

import re

# A module's source always starts with its first attribute; the container before it is a signature
# byte, a two-byte chunk header and a flag byte.
SOURCE_MARK = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
SIGNATURE = 0x01
CHUNK_BYTES = 4096
LARGEST_SOURCE = 16 << 20


def decompressed_macro(container: bytes) -> bytes:
    """This will return the source that a compressed container holds.

    Raises ValueError where the container is crafted; what came before that is lost with it.
    """
    if not container or container[0] != SIGNATURE:
        raise ValueError("no signature byte")
    source, place = bytearray(), 1
    while place + 2 <= len(container) and len(source) < LARGEST_SOURCE:
        header = int.from_bytes(container[place : place + 2], "little")
        end = min(place + 3 + (header & 0x0FFF), len(container))
        body = container[place + 2 : end]
        source += _chunk(body) if header & 0x8000 else body
        place = end
    return bytes(source)


def _chunk(body: bytes) -> bytes:
    """One compressed chunk: flag bytes, each for eight tokens, literal or copy."""
    out, place = bytearray(), 0
    while place < len(body):
        flags, place = body[place], place + 1
        for bit in range(8):
            if place >= len(body):
                break
            if flags >> bit & 1:
                _copy(out, int.from_bytes(body[place : place + 2], "little"))
                place += 2
            else:
                out.append(body[place])
                place += 1
    return bytes(out)


def _copy(out: bytearray, token: int) -> None:
    """A copy token: how far back and how much; the position tells how many bits (2.4.1.3.19)."""
    offset_bits = max((len(out) - 1).bit_length(), 4)
    length = (token & (0xFFFF >> offset_bits)) + 3
    offset = (token >> (16 - offset_bits)) + 1
    if offset > len(out) or len(out) + length > CHUNK_BYTES:
        raise ValueError("a copy from before the chunk")
    for _ in range(length):
        out.append(out[-offset])
