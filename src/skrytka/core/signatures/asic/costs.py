"""What the references of a container may cost, added up before the first byte is digested."""

from dataclasses import dataclass

from skrytka.core.signatures.asic.refusal import ContainerRefused
from skrytka.core.signatures.reasons import ReasonCode

_MEBIBYTE = 1024 * 1024
_ALWAYS = 128 * _MEBIBYTE
_TIMES_THE_FILE = 16
_CANONICAL_PRICE = 16  # writing a file in canonical form costs that many times its digest
MOST_SIGNATURES = 64


@dataclass
class Budget:
    """What one container may still cost over all its signatures and manifests."""

    octets: int

    @classmethod
    def for_file(cls, length: int) -> "Budget":
        return cls(_ALWAYS + _TIMES_THE_FILE * length)

    def digest(self, octets: int) -> None:
        """This will pay for digesting octets. Raises `ContainerRefused` when nothing is left."""
        self.octets -= octets
        if self.octets < 0:
            raise ContainerRefused(ReasonCode.RES_REFS)

    def canonicalize(self, octets: int) -> None:
        """This will pay for a canonical form. Raises `ContainerRefused` when nothing is left."""
        self.digest(_CANONICAL_PRICE * octets)
