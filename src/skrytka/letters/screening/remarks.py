"""What sender and clerk should know about a file that may still be accepted."""

from collections.abc import Iterable
from enum import StrEnum


class Remark(StrEnum):
    """Stored codes, in the order in which they are told; they never change their meaning.

    UNSEARCHED: the file is built so that not all of it could be looked through for scripts.
    """

    MACROS = "MACROS"
    SCRIPT = "SCRIPT"
    EMBEDDED_FILES = "EMBEDDED_FILES"
    LOCKED = "LOCKED"
    NESTED = "NESTED"
    UNSEARCHED = "UNSEARCHED"


Remarks = tuple[Remark, ...]


def in_order(found: Iterable[Remark]) -> Remarks:
    """This will return each remark once, in the order in which they are told."""
    made = frozenset(found)
    return tuple(remark for remark in Remark if remark in made)


def remarks_named(codes: Iterable[str]) -> Remarks:
    """This will read stored codes; one that this version does not know is passed over."""
    return in_order(Remark(code) for code in codes if code in Remark.__members__)
