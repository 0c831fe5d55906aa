"""What was found in a signature, without a word on what it is worth."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cryptography import x509

from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.verdict import (
    Cover,
    SignatureFormat,
    SignatureLevel,
    SignedContent,
)


class RoleState(Enum):
    """What the signed role holds; a role that is not signed does not exist."""

    ABSENT = "ABSENT"
    PERSON = "PERSON"
    AMBIGUOUS = "AMBIGUOUS"


@dataclass(frozen=True)
class ClaimedRole:
    """The Trusted Profile role found in this signature's own verified SignedProperties."""

    state: RoleState = RoleState.ABSENT
    person: ClaimedPerson | None = None


@dataclass(frozen=True)
class SignatureEvidence:
    """One signature, decoded. ``security`` holds the codes of everything that was not right."""

    id: str | None
    format: SignatureFormat
    level: SignatureLevel
    intact: bool
    certificate: x509.Certificate | None = None
    pool: tuple[x509.Certificate, ...] = ()
    claimed_signing_time: datetime | None = None
    role: ClaimedRole = ClaimedRole()
    covers: tuple[Cover, ...] = ()
    content: SignedContent | None = None
    security: tuple[ReasonCode, ...] = ()


@dataclass(frozen=True)
class FileEvidence:
    """All signatures of a file, or the reason why none was read."""

    signatures: tuple[SignatureEvidence, ...] = ()
    refusal: ReasonCode | None = None
