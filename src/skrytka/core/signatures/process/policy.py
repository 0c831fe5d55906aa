"""What is demanded of signatures: named, versioned, with its source (EN 319 102-1 §5.1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from skrytka.core.signatures.algorithms import Family


class RevocationDemand(StrEnum):
    """Whether a path needs revocation data, or they count only where they are at hand."""

    REQUIRED = "REQUIRED"
    WHEN_PRESENT = "WHEN_PRESENT"


@dataclass(frozen=True)
class KeySizes:
    """From so many bits on, a key is sound until the date; None: no end is known."""

    family: Family
    steps: tuple[tuple[int, datetime | None], ...]


def _day(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


_SOUND = ("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")
_DIGESTS: tuple[tuple[str, datetime | None], ...] = (
    ("md5", _day(2004, 8)),
    ("sha1", _day(2012, 8)),
    ("ripemd160", _day(2014, 8)),
    ("whirlpool", _day(2020, 12)),
    ("sha224", _day(2029, 1)),
    *((name, None) for name in _SOUND),
)
_RSA = ((786, _day(2010, 8)), (1024, _day(2019, 10)), (1900, _day(2029, 1)))
_KEYS = (
    KeySizes(Family.RSA, (*_RSA, (3000, _day(2029, 1)))),
    KeySizes(Family.RSA_PSS, (*_RSA, (3000, None))),
    KeySizes(Family.ECDSA, ((160, _day(2012, 8)), (224, _day(2021, 10)), (256, None))),
    KeySizes(Family.DSA, ((1024, _day(2015, 12)), (1900, _day(2029, 1)), (3000, None))),
)


@dataclass(frozen=True)
class ValidationPolicy:
    """The constraints of a validation.

    An algorithm that ends after ``updated`` only warns: the table may not know better by then.
    ``freshness`` is how old revocation data may be at the validation time; None: any age.
    """

    name: str
    version: str
    source: str
    updated: datetime
    digests: tuple[tuple[str, datetime | None], ...] = _DIGESTS
    keys: tuple[KeySizes, ...] = _KEYS
    revocation: RevocationDemand = RevocationDemand.REQUIRED
    freshness: timedelta | None = None
    signer_usages: frozenset[str] = frozenset({"nonRepudiation", "digitalSignature"})
    needs_signing_time: bool = True

    @cached_property
    def digest_ends(self) -> Mapping[str, datetime | None]:
        """This will map each known digest to the time until which it is sound."""
        return dict(self.digests)

    @cached_property
    def key_steps(self) -> Mapping[Family, tuple[tuple[int, datetime | None], ...]]:
        """This will map each known family to its steps of key sizes."""
        return {one.family: one.steps for one in self.keys}


STRICT_POLICY = ValidationPolicy(
    name="skrytka-strict",
    version="1",
    source="ETSI EN 319 102-1, ETSI TS 119 312",
    updated=datetime(2024, 10, 13, tzinfo=UTC),
)
DEFAULT_POLICY = ValidationPolicy(
    name="skrytka-default",
    version="1",
    source="ETSI EN 319 102-1, ETSI TS 119 312",
    updated=datetime(2024, 10, 13, tzinfo=UTC),
    revocation=RevocationDemand.WHEN_PRESENT,
    needs_signing_time=False,
)
