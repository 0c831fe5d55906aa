"""What the validation says of a file and of each signature in it (ETSI EN 319 102-1)."""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from skrytka.core.signatures.evidence import Cover, SignatureEvidence, SignedContent
from skrytka.core.signatures.lists.listed import ListedService, SnapshotIdentity
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.process.conclusion import Conclusion
from skrytka.core.signatures.reasons import Reason
from skrytka.core.signatures.trust import TrustStore
from skrytka.core.signatures.words import (
    Indication,
    Qualification,
    SignatureFormat,
    SignatureKind,
    SignatureLevel,
    SubIndication,
)


@dataclass(frozen=True)
class Signer:
    """Who signed. With a trusted signature the certificate is a seal, the person a signed role."""

    name: str
    given_name: str | None
    surname: str | None
    organisation: str | None
    pesel: str | None
    account: str | None
    subject: str
    issuer: str
    serial_number: str
    valid_from: datetime
    valid_until: datetime
    certificate_sha256: str


@dataclass(frozen=True)
class TimestampVerdict:
    """One time-stamp; ``time`` is None where it could not be read."""

    kind: str
    time: datetime | None
    indication: str
    sub_indication: SubIndication | None
    sha256: str = ""


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature. Intact is not valid, valid is not trusted, trusted is not the whole."""

    id: str | None
    format: SignatureFormat
    level: SignatureLevel
    kind: SignatureKind
    indication: Indication
    sub_indication: SubIndication | None
    intact: bool
    signer: Signer | None
    person: ClaimedPerson | None
    claimed_signing_time: datetime | None
    best_signature_time: datetime
    qualification: Qualification
    covers: tuple[Cover, ...]
    reasons: tuple[Reason, ...]
    timestamps: tuple[TimestampVerdict, ...] = ()
    counter_signatures: "tuple[SignatureVerdict, ...]" = ()
    conclusions: Conclusion | None = None
    service: ListedService | None = None
    chain: tuple[x509.Certificate, ...] = field(default=(), repr=False, compare=False)
    evidence: SignatureEvidence | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class ValidationReport:
    """The whole file at one point in time; the worst signature speaks for the file.

    ``at``, ``policy``, ``trust`` and ``trusted_lists`` are what it was judged by, so that it can be
    replayed; ``trust`` None: nobody came to ask for it.
    """

    indication: Indication
    sub_indication: SubIndication | None
    signatures: tuple[SignatureVerdict, ...]
    at: datetime
    reasons: tuple[Reason, ...]
    content: SignedContent | None
    policy: str = ""
    trusted_lists: SnapshotIdentity | None = None
    trust: TrustStore | None = field(default=None, repr=False, compare=False)

    @property
    def told(self) -> tuple[str, ...]:
        """What was found wrong in the file and its signatures, each sentence once."""
        found = [*self.reasons, *(each for one in self.signatures for each in one.reasons)]
        return tuple(dict.fromkeys(reason.text for reason in found))

    @property
    def expired_at(self) -> datetime | None:
        """When the first certificate among the signatures ceases to be in force."""
        return min((one.signer.valid_until for one in self.signatures if one.signer), default=None)

    @property
    def payload(self) -> bytes | None:
        """The verified bytes, or nothing when no intact signature covers the whole content."""
        return self.content.payload if self.content else None
