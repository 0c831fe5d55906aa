"""A seal with a time-stamp of its value: from XAdES-B-B to XAdES-B-T (EN 319 132-1 §5.3).

The bytes that were sealed stay as they are; the time-stamp is put between two of them.
"""

import re

from skrytka.core.signatures.names import DS
from skrytka.core.signatures.seal_text import (
    SEALED_ENDING,
    STAMP_END,
    STAMP_HEAD,
    base64_text,
)

_VALUE = re.compile(rb"<ds:SignatureValue>([A-Za-z0-9+/]+={0,2})</ds:SignatureValue>")
_BEFORE = b"</xades:SignedProperties>"
_SIGNATURE = b"<ds:Signature "


class CannotStamp(Exception):
    """The document does not end with a seal of our template that has no time-stamp yet."""


def value_to_stamp(sealed: bytes) -> bytes:
    """This will return the octets that a time-stamp of a document's seal is asked for.

    They are ds:SignatureValue in exclusive canonical form. Raises `CannotStamp`.
    """
    start, _ = _place(sealed)
    value = next(_VALUE.finditer(sealed, start))
    return b'<ds:SignatureValue xmlns:ds="%b">%b</ds:SignatureValue>' % (DS.encode(), value[1])


def with_timestamp(sealed: bytes, token: bytes) -> bytes:
    """This will put a token into the seal at the end of a document. Raises `CannotStamp`.

    ``token`` is a TimeStampToken in DER over `value_to_stamp`; that it is one, is the caller's
    word.
    """
    _, place = _place(sealed)
    stamp = f"{STAMP_HEAD}{base64_text(token)}{STAMP_END}".encode()
    return b"".join((sealed[:place], stamp, sealed[place:]))


def _place(sealed: bytes) -> tuple[int, int]:
    """Where the seal starts, and where its signed properties end."""
    start = sealed.rfind(_SIGNATURE)
    ending = SEALED_ENDING.search(sealed, max(0, start))
    if start < 0 or ending is None or ending.end() != len(sealed):
        raise CannotStamp
    place = sealed.rindex(_BEFORE) + len(_BEFORE)
    if sealed.startswith(STAMP_HEAD.encode(), place):
        raise CannotStamp
    return start, place
