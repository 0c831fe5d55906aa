"""What was found in a signature, without a word on what it is worth."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from functools import cached_property

from cryptography import x509

from skrytka.core.signatures.algorithms import Family
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.reasons import ReasonCode
from skrytka.core.signatures.words import Packaging, Scope, SignatureFormat, SignatureLevel


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


class Use(StrEnum):
    """What an algorithm was used for."""

    SIGNATURE = "SIGNATURE"
    REFERENCE = "REFERENCE"
    SIGNED_PROPERTIES = "SIGNED_PROPERTIES"
    CERTIFICATE_REFERENCE = "CERTIFICATE_REFERENCE"
    MANIFEST_ENTRY = "MANIFEST_ENTRY"
    IMPRINT = "IMPRINT"


@dataclass(frozen=True)
class AlgorithmUse:
    """An algorithm met in a signature; whether it was strong enough then is for the checks.

    ``digest`` is its name in hashlib; ``family`` and ``key_bits`` stand with signature values only.
    """

    use: Use
    digest: str
    family: Family | None = None
    key_bits: int | None = None


class TimestampKind(StrEnum):
    """Where a token stands, and so what it stamps."""

    CONTENT = "CONTENT"
    SIGNATURE = "SIGNATURE"
    REFERENCES = "REFERENCES"
    ARCHIVE = "ARCHIVE"
    DOCUMENT = "DOCUMENT"  # a document time-stamp of a PDF
    CONTAINER = "CONTAINER"  # a token of an ASiC container


@dataclass(frozen=True)
class Cover:
    """One thing that the signature covers; ``sha256`` is of the bytes that were digested."""

    name: str
    sha256: str | None
    scope: Scope


@dataclass(frozen=True)
class SignedContent:
    """The content that verification returned.

    ``payload`` is what the intact signature covers: read only this. ``seen`` writes what
    ``received`` is, where that is not the payload itself.
    """

    packaging: Packaging
    payload: bytes
    seen: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def received(self) -> bytes:
        """This will return the content with its comments and all its declarations.

        It is there for comparison with what was handed out. Written when first asked for: most
        who validate never ask.
        """
        return self.payload if self.seen is None else self.seen()


@dataclass(frozen=True)
class TimestampEvidence:
    """An RFC 3161 token, decoded. ``time`` is its genTime, None where it could not be read.

    ``imprint_found``: the stamped data were all at hand; ``imprint_intact``: they match the
    imprint; ``intact``: the token's own signature is. ``protects`` names what it proves to have
    existed at its time, each by the SHA-256 in hex: signature values (as octets), certificates,
    revocation values and earlier tokens (as DER).
    """

    kind: TimestampKind
    time: datetime | None
    imprint_found: bool
    imprint_intact: bool
    intact: bool
    sha256: str
    certificate: x509.Certificate | None = None
    pool: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    algorithms: tuple[AlgorithmUse, ...] = ()
    protects: frozenset[str] = frozenset()
    security: tuple[ReasonCode, ...] = ()


@dataclass(frozen=True)
class SignatureEvidence:
    """One signature, decoded. ``security`` holds the codes of everything that was not right.

    ``pool``, ``crls`` and ``ocsps`` (basic OCSP responses) are all that came with the signature, in
    whatever place, the last two as DER. ``value_sha256`` is the name of the signature value among
    what time-stamps protect. ``to_be_signed`` are the octets that the value is over (SignedInfo,
    signed attributes), where they are others than the content.
    """

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
    value_sha256: str = ""
    certificate_ref_match: bool | None = None
    algorithms: tuple[AlgorithmUse, ...] = ()
    timestamps: tuple[TimestampEvidence, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    counter_signatures: "tuple[SignatureEvidence, ...]" = ()
    policy_id: str | None = None
    claimed_roles: tuple[str, ...] = ()
    to_be_signed: bytes | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class FileEvidence:
    """All signatures of a file, or the reason why none was read.

    ``timestamps`` are those of the file itself, not of one signature; ``uncovered`` names the
    entries of a container that no signature covers.
    """

    signatures: tuple[SignatureEvidence, ...] = ()
    refusal: ReasonCode | None = None
    timestamps: tuple[TimestampEvidence, ...] = ()
    uncovered: tuple[str, ...] = ()
    security: tuple[ReasonCode, ...] = ()
