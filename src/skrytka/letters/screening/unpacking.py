"""Members of an archive, unpacked with every byte counted; a listing is never taken at its word."""

import zipfile
import zlib
from collections.abc import Iterator

from skrytka.letters.screening.archives import Member
from skrytka.letters.screening.specimen import CHUNK, Specimen
from skrytka.letters.screening.zip_headers import broken


def unpacked(archive: Specimen, member: Member) -> Iterator[bytes]:
    """This will yield the bytes of one member, a chunk at a time.

    Raises BROKEN as soon as there are more of them than the listing says, and at the end when
    there are fewer or their CRC-32 differs: then another reader would see another file.
    """
    size, crc = 0, 0
    for chunk in _raw(archive, member):
        size += len(chunk)
        if size > member.unpacked:
            raise broken()
        crc = zlib.crc32(chunk, crc)
        yield chunk
    if size != member.unpacked or crc != member.crc:
        raise broken()


def _raw(archive: Specimen, member: Member) -> Iterator[bytes]:
    packed = _packed(archive, member)
    return packed if member.method == zipfile.ZIP_STORED else _inflated(packed)


def _packed(archive: Specimen, member: Member) -> Iterator[bytes]:
    for offset in range(member.offset, member.offset + member.packed, CHUNK):
        yield archive.at(offset, min(CHUNK, member.offset + member.packed - offset))


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Raw deflate (RFC 1951), never more than one chunk of output at once."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in packed:
            waiting = chunk
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, CHUNK)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise broken() from error
    if not inflater.eof or inflater.unused_data:
        raise broken()
