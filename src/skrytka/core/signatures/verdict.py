"""What the validation may say. The words are those of ETSI EN 319 102-1."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from skrytka.core.signatures.lists.listed import ListedService, SnapshotIdentity
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.reasons import Reason

if TYPE_CHECKING:
    from cryptography import x509

    from skrytka.core.signatures.evidence import SignatureEvidence
    from skrytka.core.signatures.process.conclusion import Conclusion


class Indication(StrEnum):
    TOTAL_PASSED = "TOTAL_PASSED"
    INDETERMINATE = "INDETERMINATE"
    TOTAL_FAILED = "TOTAL_FAILED"


class SubIndication(StrEnum):
    """The words of EN 319 102-1 §5.1.3, in the order of its table."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CERTIFICATE_CHAIN_GENERAL_FAILURE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    POLICY_PROCESSING_ERROR = "POLICY_PROCESSING_ERROR"
    SIGNATURE_POLICY_NOT_AVAILABLE = "SIGNATURE_POLICY_NOT_AVAILABLE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND_NO_POE = "NO_CERTIFICATE_CHAIN_FOUND_NO_POE"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    REVOKED_CA_NO_POE = "REVOKED_CA_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    OUT_OF_BOUNDS_NOT_REVOKED = "OUT_OF_BOUNDS_NOT_REVOKED"
    REVOCATION_OUT_OF_BOUNDS_NO_POE = "REVOCATION_OUT_OF_BOUNDS_NO_POE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    NO_POE = "NO_POE"
    TRY_LATER = "TRY_LATER"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"
    CUSTOM = "CUSTOM"
    GENERIC = "GENERIC"


class SignatureKind(StrEnum):
    """Whose signature it is in the eyes of the law, as far as the evidence reaches."""

    QUALIFIED = "QUALIFIED"
    TRUSTED = "TRUSTED"
    PERSONAL = "PERSONAL"
    ADVANCED = "ADVANCED"
    SEAL = "SEAL"
    UNKNOWN = "UNKNOWN"


class SignatureFormat(StrEnum):
    XADES = "XAdES"
    XML_DSIG = "XML-DSig"
    CADES = "CAdES"
    PKCS7 = "PKCS7"
    PADES = "PAdES"


class SignatureLevel(StrEnum):
    """The level of a signature's format: what stands in it, not what it is worth."""

    B_B = "XAdES-BASELINE-B"
    B_T = "XAdES-BASELINE-T"
    B_LT = "XAdES-BASELINE-LT"
    B_LTA = "XAdES-BASELINE-LTA"
    NOT_ETSI = "XML-NOT-ETSI"
    CADES_B = "CAdES-BASELINE-B"
    CADES_T = "CAdES-BASELINE-T"
    CADES_LT = "CAdES-BASELINE-LT"
    CADES_LTA = "CAdES-BASELINE-LTA"
    CMS_NOT_ETSI = "CMS-NOT-ETSI"
    PADES_B = "PAdES-BASELINE-B"
    PADES_T = "PAdES-BASELINE-T"
    PADES_LT = "PAdES-BASELINE-LT"
    PADES_LTA = "PAdES-BASELINE-LTA"
    PDF_NOT_ETSI = "PDF-NOT-ETSI"


class Qualification(StrEnum):
    """ETSI TS 119 615, and ppZP for the Polish trusted signature.

    INDETERMINATE_…: the same, once what is open about the signature turns out well. UNKNOWN…: a
    certificate whose purpose, signature or seal, cannot be told.
    """

    PPZP = "ppZP"
    NOT_APPLICABLE = "N/A"
    QESIG = "QESig"
    QESEAL = "QESeal"
    UNKNOWN_QC_QSCD = "UNKNOWN-QC-QSCD"
    ADESIG_QC = "AdESig-QC"
    ADESEAL_QC = "AdESeal-QC"
    UNKNOWN_QC = "UNKNOWN-QC"
    ADESIG = "AdESig"
    ADESEAL = "AdESeal"
    UNKNOWN = "UNKNOWN"
    INDETERMINATE_QESIG = "INDETERMINATE-QESig"
    INDETERMINATE_QESEAL = "INDETERMINATE-QESeal"
    INDETERMINATE_UNKNOWN_QC_QSCD = "INDETERMINATE-UNKNOWN-QC-QSCD"
    INDETERMINATE_ADESIG_QC = "INDETERMINATE-AdESig-QC"
    INDETERMINATE_ADESEAL_QC = "INDETERMINATE-AdESeal-QC"
    INDETERMINATE_UNKNOWN_QC = "INDETERMINATE-UNKNOWN-QC"
    INDETERMINATE_ADESIG = "INDETERMINATE-AdESig"
    INDETERMINATE_ADESEAL = "INDETERMINATE-AdESeal"
    INDETERMINATE_UNKNOWN = "INDETERMINATE-UNKNOWN"
    NOT_ADES_QC_QSCD = "NOT-AdES-QC-QSCD"
    NOT_ADES_QC = "NOT-AdES-QC"
    NOT_ADES = "NOT-AdES"


class Scope(StrEnum):
    """How much of the named thing is covered; DIGEST: only its digest was at hand."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    DIGEST = "DIGEST"


class Packaging(StrEnum):
    ENVELOPED = "ENVELOPED"
    ENVELOPING_XML = "ENVELOPING_XML"
    ENVELOPING_BINARY = "ENVELOPING_BINARY"
    DETACHED = "DETACHED"
    PDF_REVISION = "PDF_REVISION"


@dataclass(frozen=True)
class Cover:
    """One thing that the signature covers; ``sha256`` is of the bytes that were digested."""

    name: str
    sha256: str | None
    scope: Scope


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
    conclusions: "Conclusion | None" = None
    service: ListedService | None = None
    chain: "tuple[x509.Certificate, ...]" = field(default=(), repr=False, compare=False)
    evidence: "SignatureEvidence | None" = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class ValidationReport:
    """The whole file at one point in time; the worst signature speaks for the file.

    ``at``, ``policy`` and ``trusted_lists`` are what it was judged by, so that it can be replayed.
    """

    indication: Indication
    sub_indication: SubIndication | None
    signatures: tuple[SignatureVerdict, ...]
    at: datetime
    reasons: tuple[Reason, ...]
    content: SignedContent | None
    policy: str = ""
    trusted_lists: SnapshotIdentity | None = None

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
