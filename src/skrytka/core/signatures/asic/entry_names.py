"""Names of entries: what they may be, and all the ways in which they may be read."""

import struct
import unicodedata
import zlib

from skrytka.core.signatures.asic.records import Header
from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode

_UTF8_FLAG = 0x0800
_UNICODE_PATH = 0x7075
# Without the flag a name may be UTF-8 all the same (Java, macOS) or in the code page of the machine
# that wrote it: 852 on a Polish Windows, 437 by the letter of the format.
_CODE_PAGES = ("cp852", "cp437", "cp1250")
_LOWEST_PRINTED = 0x20


def read_names(header: Header) -> tuple[str, ...]:
    """This will return every reading of an entry's name, the likeliest first.

    A name that has several readings is honest as long as no reading is that of another entry, so
    nothing is refused here for being ambiguous alone. Raises `ContainerRefused` for a name that
    leads out of the container or contradicts itself.
    """
    readings = _readings(header)
    if not all(map(_is_safe, readings)):
        raise ContainerRefused(ReasonCode.ZIP_NAME)
    return readings


def folded(name: str) -> str:
    """This will return the form in which two names are the same on some file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _readings(header: Header) -> tuple[str, ...]:
    unicode_path = _unicode_path(header)
    if header.flags & _UTF8_FLAG or header.name.isascii():
        told = _decoded(header.name, "utf-8")
        if told is None or unicode_path not in {None, told}:
            raise ContainerRefused(ReasonCode.ZIP_NAME)
        return (told,)
    pages = (_decoded(header.name, page) for page in ("utf-8", *_CODE_PAGES))
    return tuple(dict.fromkeys(name for name in (unicode_path, *pages) if name is not None))


def _unicode_path(header: Header) -> str | None:
    """The Info-ZIP field; it counts only while its checksum is that of the plain name (§4.6.9)."""
    field = header.extra.get(_UNICODE_PATH, b"")
    if len(field) < 5 or struct.unpack_from("<L", field, 1)[0] != zlib.crc32(header.name):
        return None
    return _decoded(field[5:], "utf-8")


def _decoded(name: bytes, encoding: str) -> str | None:
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_safe(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    strange = "\\" in name or any(ord(sign) < _LOWEST_PRINTED for sign in name)
    drive = len(parts[0]) > 1 and parts[0][1] == ":" and parts[0][0].isalpha()
    return not strange and not drive and not {"", ".", ".."}.intersection(parts)
