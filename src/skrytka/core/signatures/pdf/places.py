"""Where the signatures of a PDF stand, and which bytes each covers (ISO 32000-2 §12.8.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache

from skrytka.core.signatures.cms.digests import Digester, digest
from skrytka.core.signatures.pdf.tokens import (
    CannotReadObject,
    Dictionary,
    ObjectReader,
    Text,
    Value,
    octets_of,
)
from skrytka.core.signatures.reasons import ReasonCode

MOST_SIGNATURES = 64
_MOST_PLACES = 4_096
RANGE_MARK = b"/ByteRange"
_MARK = re.compile(rb"/[B#][yte#0-9A-Fa-f]{3,12}[R#][ange#0-9A-Fa-f]{4,15}")
_OBJECT = re.compile(rb"(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+obj\Z")
_END_OF_REVISION = re.compile(rb"%%EOF[\x00\t\n\x0c\r ]*\Z")
_DATE = re.compile(rb"D:(\d{14})(?:([+-])(\d\d)'?(\d\d)?|Z)?")
BLANKS = b"\x00\t\n\x0c\r "
_TAIL = 64
_LONGEST_HEADER = 24  # "4294967295 65535 obj"


class PdfRefused(Exception):
    """The file is not examined any further, for this reason."""

    def __init__(self, code: ReasonCode) -> None:
        super().__init__(code)
        self.code = code


class SubFilter(Enum):
    """How the signature value is encoded (ISO 32000-2 table 260)."""

    PKCS7 = "adbe.pkcs7.detached"
    CADES = "ETSI.CAdES.detached"
    PKCS7_SHA1 = "adbe.pkcs7.sha1"
    RSA_SHA1 = "adbe.x509.rsa_sha1"
    TIMESTAMP = "ETSI.RFC3161"
    UNKNOWN = ""


@dataclass(frozen=True)
class Revision:
    """The bytes that a signature covers: all up to ``end`` but the gap, in offsets."""

    gap_start: int
    gap_end: int
    end: int

    def digest(self, data: bytes, algorithm: str) -> bytes:
        """This will digest the covered bytes, without copying them."""
        view = memoryview(data)
        return digest(algorithm, view[: self.gap_start], view[self.gap_end : self.end])

    def is_whole(self, data: bytes) -> bool:
        """This will tell whether nothing but white space follows in the file."""
        rest = len(data) - self.end
        return rest <= _TAIL and not data[self.end :].strip(BLANKS)


@dataclass(frozen=True)
class Place:
    """A signature dictionary; without a revision it covers nothing that can be named."""

    number: int
    generation: int
    sub_filter: SubFilter
    contents: bytes
    revision: Revision | None
    dictionary: Dictionary
    stated_time: datetime | None = None
    codes: tuple[ReasonCode, ...] = ()


def digester(data: bytes, place: Place) -> Digester:
    """This will make the way to the digests of what a signature covers, each taken once."""
    revision = place.revision
    return cache(lambda name: revision.digest(data, name) if revision else None)


def find_places(data: bytes) -> tuple[Place, ...]:
    """This will find every signature dictionary, in the order of the file.

    Raises `PdfRefused` with RES_COUNT or PDF_LIMIT where there are too many.
    """
    places: list[Place] = []
    for number, generation, dictionary in _dictionaries(data):
        places.append(_place(data, (number, generation), dictionary))
        if len(places) > MOST_SIGNATURES:
            raise PdfRefused(ReasonCode.RES_COUNT)
    return tuple(places)


def _dictionaries(data: bytes) -> Iterator[tuple[int, int, Dictionary]]:
    """Every object is read once, however often the mark stands in it."""
    last = 0
    for count, mark in enumerate(_MARK.finditer(data)):
        if count > _MOST_PLACES:
            raise PdfRefused(ReasonCode.PDF_LIMIT)
        start = data.rfind(b"obj", last, mark.start())
        last = mark.end()
        header = _OBJECT.search(data[max(0, start + 3 - _LONGEST_HEADER) : start + 3])
        if start >= 0 and header is not None:
            number, generation = int(header.group(1)), int(header.group(2))
            yield from ((number, generation, found) for found in _signatures_at(data, start + 3))


def _signatures_at(data: bytes, position: int) -> Iterator[Dictionary]:
    try:
        yield from _signatures_in(ObjectReader(data, position).read())
    except CannotReadObject:
        return


def _signatures_in(value: Value) -> Iterator[Dictionary]:
    if isinstance(value, Dictionary):
        if value.all("ByteRange") and value.all("Contents"):
            yield value
        inner: tuple[Value, ...] = tuple(each for _, each in value.entries)
    else:
        inner = value if isinstance(value, tuple) else ()
    for each in inner:
        yield from _signatures_in(each)


def _place(data: bytes, key: tuple[int, int], dictionary: Dictionary) -> Place:
    doubled = any(len(dictionary.all(key)) > 1 for key in ("ByteRange", "Contents", "SubFilter"))
    contents = dictionary.get("Contents")
    text = contents if isinstance(contents, Text) and contents.is_hex else None
    revision = _revision(data, dictionary.get("ByteRange"), text)
    codes = (
        *((ReasonCode.PDF_FIELD,) if doubled or text is None else ()),
        *((ReasonCode.PDF_BYTERANGE,) if revision is None else ()),
    )
    value = octets_of(data, text) if text else b""
    return Place(
        *key,
        _sub_filter(dictionary),
        value,
        revision,
        dictionary,
        _stated_time(data, dictionary.get("M")),
        codes,
    )


def _revision(data: bytes, byte_range: Value, contents: Text | None) -> Revision | None:
    """The rules of the gap: it is the Contents string with its delimiters, nothing else."""
    if not isinstance(byte_range, tuple) or len(byte_range) != 4 or contents is None:
        return None
    start, gap_start, gap_end, length = (n if type(n) is int else -1 for n in byte_range)
    end = gap_end + length
    exact = (start, gap_start, gap_end) == (0, contents.start, contents.end)
    if not exact or length <= 0 or end > len(data):
        return None
    tail = data[max(gap_end, end - _TAIL) : end]
    return Revision(gap_start, gap_end, end) if _END_OF_REVISION.search(tail) else None


def _stated_time(data: bytes, value: Value) -> datetime | None:
    """M, as ISO 32000-2 §7.9.4 writes it; what is written otherwise is not guessed."""
    found = _DATE.match(octets_of(data, value)) if isinstance(value, Text) else None
    if found is None:
        return None
    stamp, sign, hours, minutes = (part.decode() if part else "" for part in found.groups())
    zone = f"{sign}{hours}{minutes or '00'}" if hours else "+0000"
    try:
        return datetime.strptime(stamp + zone, "%Y%m%d%H%M%S%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _sub_filter(dictionary: Dictionary) -> SubFilter:
    if dictionary.name("Type") == "DocTimeStamp":
        return SubFilter.TIMESTAMP
    try:
        return SubFilter(dictionary.name("SubFilter") or "")
    except ValueError:
        return SubFilter.UNKNOWN
