"""Address of a box: ``/podmiot/skrytka``, the way ePUAP writes it."""

import re
from dataclasses import dataclass
from typing import Self

from skrytka.core.identifiers.faults import IdentifierFault, InvalidIdentifier

_LONGEST_PART = 100
_PART = re.compile(r"[A-Za-z0-9_.\-]+")
_PART_COUNT = 3  # the text before the first slash is empty


@dataclass(frozen=True, slots=True, order=True)
class BoxAddress:
    """The account of an institution or a person, and one of its boxes.

    Source: the public WSDL of ePUAP limits identifiers to 100 characters; letters, digits and
    ``_ . -`` are what its addresses are made of. Capital and small letters differ.
    """

    owner: str
    box: str

    def __post_init__(self) -> None:
        """Check both parts."""
        for part in (self.owner, self.box):
            if not part:
                raise InvalidIdentifier(IdentifierFault.EMPTY, part)
            if not _PART.fullmatch(part):
                raise InvalidIdentifier(IdentifierFault.CHARACTERS, part)
            if len(part) > _LONGEST_PART:
                raise InvalidIdentifier(IdentifierFault.LENGTH, part)

    @classmethod
    def parse(cls, text: str) -> Self:
        """This will read ``/podmiot/skrytka``, forgiving blanks around it.

        Raises `InvalidIdentifier`; a missing or extra slash is a fault of shape.
        """
        parts = text.strip().split("/")
        if len(parts) != _PART_COUNT or parts[0]:
            raise InvalidIdentifier(IdentifierFault.SHAPE, text)
        return cls(parts[1], parts[2])

    @property
    def value(self) -> str:
        """This will return the canonical address."""
        return f"/{self.owner}/{self.box}"

    @property
    def formatted(self) -> str:
        """This will return the address as people write it, which is the canonical one."""
        return self.value
