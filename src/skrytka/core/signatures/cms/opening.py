"""Which files are CMS, and what of them is its DER or BER."""

import base64
import binascii
import re

from skrytka.core.signatures.cms.ber import CannotRead, Node, read_first

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE = b"\x30"
_PADDING = b"\r\n\0 "
_BLANK = b" \t\r\n"
_LABELS = rb"(?:CMS|PKCS7|PKCS #7 SIGNED DATA)"
_PEM = re.compile(
    rb"\s*-----BEGIN (?P<label>" + _LABELS + rb")-----\s([^-]*)-----END (?P=label)-----\s*"
)
_PEM_START = re.compile(rb"\s*-----BEGIN " + _LABELS + rb"-----")
_TEXT_START = re.compile(rb"\s*(M[A-Za-z0-9+/\s]{30,200})")


def looks_like_cms(data: bytes) -> bool:
    """This will tell by the first octets: a ContentInfo of SignedData in BER, PEM or base64."""
    if _is_content_info(data[:32]) or _PEM_START.match(data[:256]):
        return True
    text = _TEXT_START.match(data[:256])
    if text is None:
        return False
    letters = b"".join(text.group(1).split())
    return _is_content_info(base64.b64decode(letters[: len(letters) // 4 * 4]))


def open_cms(data: bytes) -> Node:
    """This will find the value in a file, without line ends or zeros after it.

    Raises `CannotRead` when anything else stands there.
    """
    octets = data if data.startswith(_SEQUENCE) else _from_text(data)
    root = read_first(octets)
    if octets[root.end :].strip(_PADDING):
        raise CannotRead
    return root


def _is_content_info(start: bytes) -> bool:
    """The object identifier follows the outer tag and its length."""
    if len(start) < 2 or not start.startswith(_SEQUENCE):
        return False
    width = start[1] & 0x7F if start[1] > 0x80 else 0
    return start[2 + width :].startswith(_SIGNED_DATA)


def _from_text(data: bytes) -> bytes:
    pem = _PEM.fullmatch(data)
    letters = pem.group(2) if pem else data
    try:
        return base64.b64decode(letters.translate(None, _BLANK), validate=True)
    except (binascii.Error, ValueError):
        raise CannotRead from None
