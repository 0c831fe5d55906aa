"""Numbers that public registers give to firms and public bodies: NIP, REGON, KRS, TERYT."""

from dataclasses import dataclass
from typing import Self

from skrytka.core.identifiers.digits import (
    require_check_digit,
    require_digits,
    weighted_sum,
    without_separators,
)
from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier

_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
_LOCAL_REGON_WEIGHTS = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)
_ENTITY_REGON_LENGTH = 9
_LOCAL_REGON_LENGTH = 14
_VOIVODESHIPS = frozenset(f"{number:02}" for number in range(2, 33, 2))


@dataclass(frozen=True, slots=True, order=True)
class Nip:
    """Tax identification number: ten digits, the last one is the weighted sum modulo 11.

    Source: the act of 13 October 1995 on the registration and identification of taxpayers; a sum
    that leaves ten is never issued.
    """

    value: str

    def __post_init__(self) -> None:
        """Check length, characters and the check digit."""
        require_digits(self.value, 10)
        require_check_digit(self.value, weighted_sum(self.value, _NIP_WEIGHTS) % 11)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read a NIP typed with or without hyphens, spaces and the prefix PL.

        Raises `InvalidIdentifier`.
        """
        return cls(without_separators(text).upper().removeprefix("PL"))

    @property
    def formatted(self) -> str:
        """This will return the number as people write it: 548-001-85-04."""
        return "-".join((self.value[:3], self.value[3:6], self.value[6:8], self.value[8:]))


@dataclass(frozen=True, slots=True, order=True)
class Regon:
    """Statistical number of an entity (nine digits) or of its local unit (fourteen).

    Source: the regulation of the Council of Ministers on the REGON register. The check digit is the
    weighted sum modulo 11, ten standing for zero; a local unit's number begins with the valid
    number of its entity.
    """

    value: str

    def __post_init__(self) -> None:
        """Check length, characters and one or both check digits."""
        require_digits(self.value, _ENTITY_REGON_LENGTH, _LOCAL_REGON_LENGTH)
        entity = self.value[:_ENTITY_REGON_LENGTH]
        require_check_digit(entity, weighted_sum(entity, _REGON_WEIGHTS) % 11 % 10)
        if len(self.value) == _LOCAL_REGON_LENGTH:
            expected = weighted_sum(self.value, _LOCAL_REGON_WEIGHTS) % 11 % 10
            require_check_digit(self.value, expected)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read a REGON typed with or without spaces. Raises `InvalidIdentifier`."""
        return cls(without_separators(text))

    @property
    def entity(self) -> str:
        """This will return the nine digits of the entity, also for a local unit."""
        return self.value[:_ENTITY_REGON_LENGTH]

    @property
    def formatted(self) -> str:
        """This will return the number as people write it: in one piece."""
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Krs:
    """Number in the National Court Register: ten digits, no check digit."""

    value: str

    def __post_init__(self) -> None:
        """Check length and characters."""
        require_digits(self.value, 10)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read a KRS number with all its leading zeros. Raises `InvalidIdentifier`."""
        return cls(without_separators(text))

    @property
    def formatted(self) -> str:
        """This will return the number as people write it: in one piece."""
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Teryt:
    """Territorial code of a commune: voivodeship, county, commune and its kind, seven digits.

    Source: the regulation on the TERYT register; voivodeships bear even numbers from 02 to 32.
    """

    value: str

    def __post_init__(self) -> None:
        """Check length, characters and the voivodeship."""
        require_digits(self.value, 7)
        if self.voivodeship not in _VOIVODESHIPS:
            raise InvalidIdentifier(IdentifierFault.RANGE, self.value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read a TERYT code typed with or without spaces. Raises `InvalidIdentifier`."""
        return cls(without_separators(text))

    @property
    def voivodeship(self) -> str:
        """This will return the two digits of the voivodeship."""
        return self.value[:2]

    @property
    def formatted(self) -> str:
        """This will return the code as people write it: in one piece."""
        return self.value
