"""The header `Range` of HTTP (RFC 9110, section 14), for one range of bytes.

Several ranges in one request, another unit or a text that is no range are passed over, as the
specification allows: the whole is sent.
"""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
# More digits no file has, and no number is made of them.
_LONGEST = 18


class RangeOutsideError(Exception):
    """The range begins behind the end of the file."""


@dataclass(frozen=True)
class ByteRange:
    """So many bytes from a place on."""

    start: int
    count: int

    def content_range(self, size: int) -> str:
        """This will tell which bytes of how many are sent, as `Content-Range` says it."""
        return f"bytes {self.start}-{self.start + self.count - 1}/{size}"


def byte_range(header: str, size: int) -> ByteRange | None:
    """This will read a `Range`; None where the whole is to be sent.

    Raises RangeOutsideError.
    """
    match = _ONE.fullmatch(header.strip())
    if match is None or not any(match.groups()) or max(map(len, match.groups())) > _LONGEST:
        return None
    first, last = match.groups()
    if not first:
        return _last_bytes(int(last), size)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise RangeOutsideError
    return ByteRange(start, min(end, size - 1) - start + 1)


def _last_bytes(count: int, size: int) -> ByteRange:
    if not count or not size:
        raise RangeOutsideError
    return ByteRange(max(0, size - count), min(count, size))
