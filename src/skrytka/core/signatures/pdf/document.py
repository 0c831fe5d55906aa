"""The objects of a PDF, read by pyHanko and never believed further than they must be.

An exception of the library says that it could not read the file, and nothing about a signature.
"""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TypeVar

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType
from pyhanko.sign.fields import enumerate_sig_fields

from skrytka.core.signatures.pdf.places import PdfRefused, Place
from skrytka.core.signatures.reasons import ReasonCode

_MOST_OBJECTS = 500_000
_MOST_REVISIONS = 256
_DECODED_SLACK = 50 * 1024 * 1024
_DECODED_RATIO = 10
_START = re.compile(rb"startxref[\x00\t\n\x0c\r ]+(\d{1,12})[\x00\t\n\x0c\r ]+%%EOF\s*\Z")
_PLAIN = {XRefSectionType.STANDARD, XRefSectionType.STREAM}
_TAIL = 128
_DEEPEST = 32
MOST_FIELDS = 10_000
_UNANSWERED = ("", "/Off")
_EMPTY = generic.DictionaryObject()  # type: ignore[no-untyped-call]  # never written to
_Read = TypeVar("_Read")


class Access(Enum):
    """How the objects could be read; a repaired file shows other programs other things."""

    STRICT = "STRICT"
    REPAIRED = "REPAIRED"
    LOCKED = "LOCKED"


@dataclass(frozen=True)
class Document:
    """A PDF whose cross-reference sections were read."""

    reader: PdfFileReader
    access: Access

    def is_ambiguous_after(self, revision: int) -> bool:
        """Hybrid sections show different objects to old and to new programs, and so do repairs."""
        sections = (
            self.reader.xrefs.get_xref_container_info(index).xref_section_type
            for index in range(revision + 1, self.revisions)
        )
        return self.access is not Access.STRICT or not _PLAIN.issuperset(sections)

    @property
    def revisions(self) -> int:
        return int(self.reader.xrefs.total_revisions)

    def at(self, revision: int) -> HistoricalResolver:
        return self.reader.get_historical_resolver(revision)

    def revision_of(self, data: bytes, place: Place) -> int | None:
        """This will tell which revision ends where the covered bytes end; the first one is 0."""
        if place.revision is None:
            return None
        end = place.revision.end
        start = _START.search(data[end - _TAIL : end])
        found = (
            index
            for index in range(self.revisions)
            if start and self.reader.xrefs.get_startxref_for_revision(index) == int(start.group(1))
        )
        return next(found, None)

    def shared_values(self) -> frozenset[int]:
        """This will name the signature dictionaries that are the value of several fields."""
        found = attempt(lambda: Counter(self._field_values())) or Counter()
        return frozenset(number for number, count in found.items() if count > 1)

    def signature_fields(self) -> frozenset[str]:
        """This will name the signature fields by their full names, filled or not."""
        found = attempt(lambda: [str(name) for name, _, _ in enumerate_sig_fields(self.reader)])
        return frozenset(found or ())

    def filled_fields(self, revision: int) -> frozenset[str]:
        """This will name the fields that held a value in a revision, by their full names."""
        fields = self._fields_at(revision)
        return frozenset(name for name, field in fields if _is_filled(value_of(field, "/V")))

    def count_fields(self, revision: int, most: int) -> int:
        """This will count the fields of a revision, each as often as it is reached, up to most."""
        return attempt(lambda: sum(1 for _ in islice(self._fields_at(revision), most))) or 0

    def _fields_at(self, revision: int) -> "Iterator[tuple[str, generic.DictionaryObject]]":
        form = entry(self.at(revision).root, "/AcroForm")
        return _fields(value_of(form, "/Fields"), "", 0)

    def _field_values(self) -> Iterator[int]:
        for _, _, field in enumerate_sig_fields(self.reader, filled_status=True):
            value = field.get_object().raw_get("/V")
            if isinstance(value, generic.IndirectObject):
                yield value.idnum


def _fields(
    listed: object, above: str, depth: int
) -> Iterator[tuple[str, generic.DictionaryObject]]:
    """This will walk the fields with their full names (ISO 32000-2 §12.7.4.2)."""
    for one in listed if isinstance(listed, generic.ArrayObject) and depth < _DEEPEST else ():
        field = one.get_object()
        own = str(value_of(field, "/T") or "")
        name = f"{above}.{own}" if above and own else above or own
        yield name, field
        yield from _fields(value_of(field, "/Kids"), name, depth + 1)


def _is_filled(value: object) -> bool:
    return not (value is None or isinstance(value, generic.NullObject) or value in _UNANSWERED)


def open_document(data: bytes) -> Document | None:
    """This will read the cross-references of a file; None where even a repair did not help.

    Raises `PdfRefused` with PDF_LIMIT for a file of too many objects, revisions or fields.
    """
    if data.count(b" obj") > _MOST_OBJECTS or data.count(b"startxref") > _MOST_REVISIONS:
        raise PdfRefused(ReasonCode.PDF_LIMIT)
    strict = attempt(lambda: _opened(data, Access.STRICT))
    document = strict or attempt(lambda: _opened(data, Access.REPAIRED))
    if document and document.count_fields(document.revisions - 1, MOST_FIELDS) == MOST_FIELDS:
        raise PdfRefused(ReasonCode.PDF_LIMIT)
    return document


def attempt(read: Callable[[], _Read]) -> _Read | None:
    """This will read something by the library, or nothing where the library fails in any way."""
    try:
        return read()
    except Exception:  # noqa: BLE001  # the library raises KeyError, RecursionError and all between
        return None


def _opened(data: bytes, access: Access) -> Document:
    budget = DocumentDecodeBudget(
        base_allowance=_DECODED_SLACK + _DECODED_RATIO * len(data), max_ratio=0
    )
    reader = PdfFileReader(
        io.BytesIO(data),
        strict=access is Access.STRICT,
        decode_limits=DecodeLimits(document_budget=budget),
    )
    if reader.encrypted and reader.decrypt(b"").status is AuthStatus.FAILED:
        return Document(reader, Access.LOCKED)
    return Document(reader, access)


def entry(dictionary: generic.DictionaryObject, key: str) -> generic.DictionaryObject:
    """This will read a dictionary in a dictionary, through a reference; empty where it is not."""
    value = value_of(dictionary, key)
    return value if isinstance(value, generic.DictionaryObject) else _EMPTY


def value_of(dictionary: generic.DictionaryObject, key: str) -> object:
    """This will read a value through a reference, which the library's ``get`` does not follow."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401
