"""Three ways to sign the frozen document: trusted signature, a file signed elsewhere, none."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries import ProfileView, confirmed_profile_of
from skrytka.core.signatures.content import same_content
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.core.signatures.verdict import ValidationReport
from skrytka.core.signatures.words import Indication, SubIndication
from skrytka.evidence.operations import CannotSeal, sign_for_person
from skrytka.evidence.queries import require_decodable, validate_here
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.statements import Prepared, PreparedUpdate, slot, slots
from skrytka.letters.models import Draft, DraftState, SigningMode
from skrytka.letters.operations.drafts import keeper_of
from skrytka.letters.operations.submission import may_go_unsigned

NEEDED = (
    "author_id",
    "document_sha256",
    "party__box_entity",
    "box__institution_id",
    "box__accepts_unsigned",
    "card__required_signature",
)
OPEN_DRAFT = Prepared(
    lambda: (
        Draft.objects.select_related("party", "box", "card")
        .only(*NEEDED)
        .filter(id=slot("id", Draft), state=DraftState.OPEN)
    )
)
SIGN = PreparedUpdate(
    lambda: Draft.objects.filter(
        id=slot("id", Draft),
        state=DraftState.OPEN,
        document_sha256=slot("document_sha256", Draft),
    ),
    lambda: slots(Draft, "signing_mode", "signed_sha256"),
)
# A signed copy of the document holds the document and a few certificates, nothing large.
LARGEST_SIGNED_FILE = 5_000_000


class SigningFault(StrEnum):
    """Why the draft is not signed. S-… are the codes of the error catalogue."""

    NEEDED = "S-NONE"
    BAD = "S-BAD"
    CERTIFICATE_EXPIRED = "S-CERT"
    ANOTHER_PERSON = "S-WHO"
    UNAVAILABLE = "S-OFF"
    NO_PROFILE = "NO_PROFILE"
    NOT_FROZEN = "NOT_FROZEN"
    FACTOR = "FACTOR"
    NOT_SIGNED = "NOT_SIGNED"
    OTHER_CONTENT = "OTHER_CONTENT"
    TOO_LARGE = "TOO_LARGE"


class CannotSign(Exception):
    """The draft stays unsigned; `report` says what the verifier saw, where it was asked."""

    def __init__(self, reason: SigningFault, report: ValidationReport | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.report = report

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the verifier found wrong, in the words of its catalogue."""
        return self.report.told if self.report else ()

    @property
    def expired_at(self) -> datetime | None:
        """When the first certificate among the signatures ceased to be in force."""
        return self.report.expired_at if self.report else None


def signing_purpose(draft_id: UUID, document_sha256: str) -> str:
    """This will name what a second factor confirms: this document of this draft, nothing else."""
    return f"sign:{draft_id}:{document_sha256[:16]}"


def sign_trusted(draft_id: UUID, confirmation: FactorConfirmation, *, at: datetime) -> None:
    """This will put a trusted signature of the draft's author on the frozen document.

    The person needs a confirmed profile in force and a second factor confirmed for this very
    document (rozporządzenie MC 29.06.2020 § 17). Raises CannotSign.
    """
    draft = _frozen(draft_id)
    if (confirmation.user_id, confirmation.purpose) != (
        draft.author_id,
        signing_purpose(draft_id, draft.document_sha256),
    ):
        raise CannotSign(SigningFault.FACTOR)
    document = blobs_of(keeper_of(draft)).read(draft.document_sha256)
    signed = signed_for(document, draft.author_id, draft.party.box_entity, at)
    _keep(draft, signed, SigningMode.TRUSTED)


def signed_for(document: bytes, user_id: int, account: str, at: datetime) -> bytes:
    """This will put the trusted signature of a person on a document.

    Whoever calls has seen a second factor for this very document. Raises CannotSign.
    """
    profile = confirmed_profile_of(user_id, at)
    if profile is None:
        raise CannotSign(SigningFault.NO_PROFILE)
    try:
        signed, _report = sign_for_person(document, _person(profile, account), at=at)
    except CannotSeal as fault:
        raise CannotSign(SigningFault.UNAVAILABLE) from fault
    return signed


def accept_signed_file(draft_id: UUID, data: bytes, *, at: datetime) -> None:
    """This will take back the document signed elsewhere: XAdES, enveloped or enveloping.

    The signature must be intact and cover exactly the bytes handed out. An issuer unknown here is
    no refusal: the clerk reads „brak możliwości weryfikacji”. Raises CannotSign with the report,
    CannotDecode where the verifier came to no end.
    """
    draft = _frozen(draft_id)
    document = blobs_of(keeper_of(draft)).read(draft.document_sha256)
    require_signed_copy(document, data, draft.author_id, at)
    _keep(draft, data, SigningMode.UPLOADED)


def require_signed_copy(document: bytes, data: bytes, user_id: int, at: datetime) -> None:
    """This will check that a file is the document signed, by that person where it names one.

    Raises CannotSign with the report, CannotDecode where the verifier came to no end.
    """
    if len(data) > LARGEST_SIGNED_FILE:
        raise CannotSign(SigningFault.TOO_LARGE)
    require_decodable(data, at=at)
    report = validate_here(data, at=at)
    if not report.signatures:
        raise CannotSign(SigningFault.NOT_SIGNED, report)
    if report.indication is Indication.TOTAL_FAILED:
        raise CannotSign(SigningFault.BAD, report)
    if not same_content(document, report):
        raise CannotSign(SigningFault.OTHER_CONTENT, report)
    if report.sub_indication is SubIndication.OUT_OF_BOUNDS_NO_POE:
        raise CannotSign(SigningFault.CERTIFICATE_EXPIRED, report)
    _require_own(user_id, report, at)


def send_unsigned(draft_id: UUID) -> None:
    """This will note that the letter goes without a signature, where box and service allow it."""
    draft = _frozen(draft_id)
    if not may_go_unsigned(draft):
        raise CannotSign(SigningFault.NEEDED)
    _update(draft, signing_mode=SigningMode.UNSIGNED, signed_sha256="")


def _frozen(draft_id: UUID) -> Draft:
    draft = OPEN_DRAFT.first(id=draft_id)
    if draft is None or not draft.document_sha256:
        raise CannotSign(SigningFault.NOT_FROZEN)
    return draft


def _person(profile: ProfileView, account: str) -> ClaimedPerson:
    return ClaimedPerson(profile.given_name, profile.family_name, profile.pesel, account)


def _require_own(author_id: int, report: ValidationReport, at: datetime) -> None:
    """A person with a confirmed profile signs with a certificate of their own, never another's."""
    profile = confirmed_profile_of(author_id, at)
    named = {verdict.signer.pesel for verdict in report.signatures if verdict.signer} - {None}
    if profile is not None and profile.pesel and named and profile.pesel not in named:
        raise CannotSign(SigningFault.ANOTHER_PERSON, report)


def _keep(draft: Draft, signed: bytes, mode: SigningMode) -> None:
    stored = blobs_of(keeper_of(draft)).put(signed)
    _update(draft, signing_mode=mode, signed_sha256=stored.sha256)


def _update(draft: Draft, *, signing_mode: SigningMode, signed_sha256: str) -> None:
    """Only while the very document that was signed is still the frozen one."""
    signed = SIGN.run(
        id=draft.id,
        document_sha256=draft.document_sha256,
        signing_mode=signing_mode,
        signed_sha256=signed_sha256,
    )
    if not signed:
        raise CannotSign(SigningFault.NOT_FROZEN)
