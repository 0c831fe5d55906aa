"""The plain facts on which a qualification rests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

# Article 52(2) of Regulation (EU) No 910/2014: from here on the new rules hold.
EIDAS_STARTS_AT = datetime(2016, 6, 30, 22, tzinfo=UTC)


class Purpose(StrEnum):
    """What a qualified certificate is for (EN 319 412-5 §4.2.3)."""

    SIGNATURE = "SIGNATURE"
    SEAL = "SEAL"
    WEB = "WEB"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says of itself: QC statements, policies, when it was issued.

    ``legislations`` are the countries of QcCClegislation; none stands for the Union.
    """

    issued_at: datetime
    compliant: bool = False
    device: bool = False
    purposes: frozenset[Purpose] = frozenset()
    policies: frozenset[str] = frozenset()
    legislations: frozenset[str] = frozenset()

    @property
    def is_older_than_eidas(self) -> bool:
        """Whether it was issued under Directive 1999/93/EC."""
        return self.issued_at < EIDAS_STARTS_AT


@dataclass(frozen=True)
class ServiceFacts:
    """One state of a service that issued the certificate.

    ``qualifiers`` are those that fell to this very certificate; ``service`` tells services apart.
    """

    service: str
    type: str
    status: str
    starts_at: datetime
    ends_at: datetime | None = None
    qualifiers: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()

    def holds_at(self, time: datetime) -> bool:
        """This will tell whether the state was in force at a time."""
        return self.starts_at <= time and (self.ends_at is None or time < self.ends_at)
