"""Numbers that this installation gives: in the register of incoming letters and on receipts."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier

_OFFICE = re.compile(r"[A-Z0-9][A-Z0-9.\-]{0,19}")
_REGISTER_NO = re.compile(r"RPW/([^/]+)/([0-9]{5,12})/([0-9]{4})")
_RECEIPT_NO = re.compile(r"ESP-(UPP|UPD|NPP)-([0-9]{4})-([0-9]{7,12})")
_YEARS = range(2000, 10_000)


class ReceiptKind(StrEnum):
    """Which official receipt: of submission, of delivery, or of non-submission."""

    UPP = "UPP"
    UPD = "UPD"
    NPP = "NPP"


@dataclass(frozen=True, slots=True, order=True)
class RegisterNo:
    """Number in the register of incoming letters: ``RPW/CUW/00001/2026``.

    Source: the office instruction, section 11: automatic and unique within the calendar year; the
    sequence starts again every year and is never reused.
    """

    office: str
    seq: int
    year: int

    def __post_init__(self) -> None:
        """Check the office mark, the sequence number and the year."""
        if not _OFFICE.fullmatch(self.office):
            raise InvalidIdentifier(IdentifierFault.CHARACTERS, self.office)
        _require_counted(self.seq, self.year)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read the canonical number. Raises `InvalidIdentifier`."""
        found = _REGISTER_NO.fullmatch(text.strip())
        if found is None:
            raise InvalidIdentifier(IdentifierFault.SHAPE, text)
        number = cls(office=found[1], seq=int(found[2]), year=int(found[3]))
        _require_canonical(number.value, text)
        return number

    @property
    def value(self) -> str:
        """This will return the number as it stands in the register."""
        return f"RPW/{self.office}/{self.seq:05}/{self.year}"

    @property
    def formatted(self) -> str:
        """This will return the number as people write it, which is the canonical one."""
        return self.value

    @property
    def file_safe(self) -> str:
        r"""This will return the unique identifier ``RPW-CUW-00001-2026`` for use in file names.

        Source: the office instruction, annex 1, field 8: none of ``\ / * ? : = , ;`` and no space.
        """
        return self.value.replace("/", "-")


@dataclass(frozen=True, slots=True, order=True)
class ReceiptNo:
    """Identifier of an official receipt: ``ESP-UPP-2026-0000001``."""

    kind: ReceiptKind
    year: int
    seq: int

    def __post_init__(self) -> None:
        """Check the sequence number and the year."""
        _require_counted(self.seq, self.year)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read the canonical identifier. Raises `InvalidIdentifier`."""
        found = _RECEIPT_NO.fullmatch(text.strip())
        if found is None:
            raise InvalidIdentifier(IdentifierFault.SHAPE, text)
        number = cls(kind=ReceiptKind(found[1]), year=int(found[2]), seq=int(found[3]))
        _require_canonical(number.value, text)
        return number

    @property
    def value(self) -> str:
        """This will return the identifier as it stands on the receipt."""
        return f"ESP-{self.kind}-{self.year}-{self.seq:07}"

    @property
    def formatted(self) -> str:
        """This will return the identifier as people write it, which is the canonical one."""
        return self.value


def _require_counted(seq: int, year: int) -> None:
    if seq < 1 or year not in _YEARS:
        raise InvalidIdentifier(IdentifierFault.RANGE, f"{seq} {year}")


def _require_canonical(value: str, text: str) -> None:
    if value != text.strip():
        raise InvalidIdentifier(IdentifierFault.SHAPE, text)
