"""PESEL: the number of a natural person in the population register."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from skrytka.core.identifiers.digits import (
    require_check_digit,
    require_digits,
    weighted_sum,
    without_separators,
)
from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier

_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
# The tens of the month carry the century.
_CENTURIES = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 1800}


@dataclass(frozen=True, slots=True, order=True)
class Pesel:
    """Eleven digits: date of birth, serial number, check digit.

    Source: art. 15 of the act of 24 September 2010 on the population register. The value is left
    out of ``repr`` so that no log shows it.
    """

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        """Check length, characters, check digit and that the birthday exists."""
        require_digits(self.value, 11)
        require_check_digit(self.value, -weighted_sum(self.value, _WEIGHTS) % 10)
        try:
            _ = self.birth_date
        except ValueError as error:
            raise InvalidIdentifier(IdentifierFault.DATE, self.value) from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read a PESEL typed with or without spaces. Raises `InvalidIdentifier`."""
        return cls(without_separators(text))

    @property
    def birth_date(self) -> date:
        """This will return the date of birth that the number carries."""
        century, month = divmod(int(self.value[2:4]), 20)
        return date(_CENTURIES[century] + int(self.value[:2]), month, int(self.value[4:6]))

    @property
    def formatted(self) -> str:
        """This will return the number as people write it: in one piece."""
        return self.value
