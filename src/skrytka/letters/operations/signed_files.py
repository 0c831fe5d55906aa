"""Which files bear a signature, told by their content; never a word on whether it is good."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

# How far into a file its kind is told; the content type of CMS stands right at the beginning.
HEAD = 1024
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # RFC 5652 § 5.1: id-signedData, as DER
XML_DSIG = b"http://www.w3.org/2000/09/xmldsig#"
PEM = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")
PDF_HEADER = b"%PDF-"
BLANK = b"\xef\xbb\xbf \t\r\n"
Chunks = Callable[[], Iterable[bytes]]


class SignedFormat(StrEnum):
    XML = "XML"
    CMS = "CMS"
    PDF = "PDF"
    ASIC = "ASIC"


def signed_format(chunks: Chunks) -> SignedFormat | None:
    """This will tell in what format a file is signed, or None where nothing in it is a signature.

    `chunks` opens the file's bytes anew each time it is called; they are never held all at once.
    """
    head = _head(chunks())
    if head.lstrip(BLANK).startswith(PEM) or (head[:1] == b"\x30" and SIGNED_DATA in head[:64]):
        return SignedFormat.CMS
    if PDF_HEADER in head:
        return SignedFormat.PDF if _holds(chunks(), b"/ByteRange") else None
    if head.startswith(b"PK\x03\x04"):
        is_container = _holds(chunks(), b"META-INF/") and _holds(chunks(), b"signature")
        return SignedFormat.ASIC if is_container else None
    return SignedFormat.XML if _looks_like_xml(head) and _holds_dsig(chunks) else None


def _looks_like_xml(head: bytes) -> bool:
    return head.replace(b"\x00", b"").lstrip(BLANK + b"\xff\xfe").startswith(b"<")


def _holds_dsig(chunks: Chunks) -> bool:
    spellings = (XML_DSIG, XML_DSIG.decode().encode("utf-16-le"), _wide(XML_DSIG))
    return any(_holds(chunks(), spelling) for spelling in spellings)


def _wide(text: bytes) -> bytes:
    return text.decode().encode("utf-16-be")


def _head(chunks: Iterable[bytes]) -> bytes:
    head = b""
    for chunk in chunks:
        head += chunk[: HEAD - len(head)]
        if len(head) == HEAD:
            break
    return head


def _holds(chunks: Iterable[bytes], needle: bytes) -> bool:
    return any(needle in window for window in _windows(chunks, len(needle) - 1))


def _windows(chunks: Iterable[bytes], overlap: int) -> Iterator[bytes]:
    """Chunk after chunk, each with the end of the one before it."""
    before = b""
    for chunk in chunks:
        window = before + chunk
        yield window
        before = window[-overlap:]
