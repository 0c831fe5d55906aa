"""What the processes are told: plain facts about certificates, lists, tokens and signatures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.evidence import TimestampKind
from skrytka.core.signatures.process.conclusion import Outcome
from skrytka.core.signatures.words import SubIndication


@dataclass(frozen=True)
class Algorithm:
    """A digest (its name in hashlib), and with a signature value its family and key length."""

    digest: str | None = None
    family: Family | None = None
    bits: int | None = None


class Status(StrEnum):
    GOOD = "GOOD"
    REVOKED = "REVOKED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class RevocationFacts:
    """What one CRL or OCSP response says about one certificate.

    ``keeps_expired_since``: the list or responder still knows certificates expired since then.
    ``signer`` is None where the issuer is not known.
    """

    id: str
    status: Status
    this_update: datetime | None
    intact: bool
    algorithm: Algorithm
    signer: str | None
    reason: str | None = None
    revoked_at: datetime | None = None
    next_update: datetime | None = None
    produced_at: datetime | None = None
    cert_hash_match: bool | None = None
    keeps_expired_since: datetime | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """One certificate. ``chain`` holds the ids of its issuers, the nearest first.

    ``key_usages`` and ``is_ca`` are None where the extension is absent; ``exempt``: the
    certificate says itself that its revocation is not to be asked for (no-check, short-term).
    """

    id: str
    not_before: datetime
    not_after: datetime
    intact: bool
    algorithm: Algorithm
    chain: tuple[str, ...] = ()
    is_trust_anchor: bool = False
    sunset: datetime | None = None
    key_usages: frozenset[str] | None = None
    extended_usages: frozenset[str] | None = None
    is_ca: bool | None = None
    path_length: int | None = None
    constraint_broken: bool = False
    exempt: bool = False
    revocations: tuple[RevocationFacts, ...] = ()

    def is_in_force(self, at: datetime) -> bool:
        return self.not_before <= at <= self.not_after

    def is_trusted(self, at: datetime) -> bool:
        return self.is_trust_anchor and (self.sunset is None or at < self.sunset)


@dataclass(frozen=True)
class Finding:
    """Something the decoder found wrong, with what the standard calls it."""

    outcome: Outcome
    sub_indication: SubIndication
    code: str


@dataclass(frozen=True)
class TimestampFacts:
    """A token. ``protects`` names the objects that it proves to have existed at its time."""

    id: str
    kind: TimestampKind
    time: datetime
    certificate: str | None
    algorithms: tuple[Algorithm, ...] = ()
    findings: tuple[Finding, ...] = ()
    protects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SignatureFacts:
    """A signature with the time-stamps that belong to it."""

    id: str
    certificate: str | None
    algorithms: tuple[Algorithm, ...] = ()
    findings: tuple[Finding, ...] = ()
    has_signing_time: bool = True
    timestamps: tuple[TimestampFacts, ...] = ()


@dataclass(frozen=True)
class Material:
    """All certificates that are known, by id."""

    certificates: Mapping[str, CertificateFacts] = field(default_factory=dict)

    def chain(self, name: str, at: datetime) -> tuple[CertificateFacts, ...]:
        """This will give the path from a certificate to the first anchor, or to where it ends."""
        found: list[CertificateFacts] = []
        own = self.certificates.get(name)
        for one in (name, *(own.chain if own else ())):
            certificate = self.certificates.get(one)
            if certificate is None or certificate in found:
                break
            found.append(certificate)
            if certificate.is_trusted(at):
                break
        return tuple(found)
