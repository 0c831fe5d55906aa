"""Digit strings as people type them, and weighted check sums."""

import re

from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2013]+")
_ASCII_DIGITS = re.compile(r"[0-9]+")


def without_separators(text: str) -> str:
    """This will drop the spaces and hyphens that people put between groups of digits."""
    return _SEPARATORS.sub("", text)


def require_digits(text: str, *lengths: int) -> None:
    """This will raise `InvalidIdentifier` unless the text is so many ASCII digits, not all zero."""
    if not text:
        raise InvalidIdentifier(IdentifierFault.EMPTY, text)
    if not _ASCII_DIGITS.fullmatch(text):
        raise InvalidIdentifier(IdentifierFault.CHARACTERS, text)
    if len(text) not in lengths:
        raise InvalidIdentifier(IdentifierFault.LENGTH, text)
    if not text.strip("0"):
        raise InvalidIdentifier(IdentifierFault.RANGE, text)


def weighted_sum(digits: str, weights: tuple[int, ...]) -> int:
    """This will return the sum of the leading digits times their weights."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def require_check_digit(text: str, expected: int) -> None:
    """This will raise `InvalidIdentifier` unless the last digit is the expected one."""
    if int(text[-1]) != expected:
        raise InvalidIdentifier(IdentifierFault.CHECKSUM, text)
