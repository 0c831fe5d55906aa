"""A draft as its pages need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from skrytka.accounts.models import Box
from skrytka.catalogue.forms import Form, form_of
from skrytka.catalogue.models import RequiredSignature
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.statements import Prepared, slot
from skrytka.letters.models import AttachmentState, Draft, DraftAttachment, DraftState, SigningMode
from skrytka.letters.operations.completeness import DraftProblem, draft_problems, needs_body
from skrytka.letters.operations.drafts import NewDraft
from skrytka.letters.operations.submission import may_go_unsigned
from skrytka.letters.queries.attachments import policy_of_draft
from skrytka.letters.queries.transfers import TransferView, transfers_to
from skrytka.letters.screening.policy import ScreeningPolicy
from skrytka.letters.screening.remarks import Remarks, remarks_named

OWNER = Prepared(
    lambda: Draft.objects.filter(id=slot("id", Draft)).values_list("author_id", "party_id")
)

# Whose blobs the documents of a draft are among.
KEEPER = "box__institution_id"


@dataclass(frozen=True)
class CardOfDraft:
    """The service the draft is for; `is_general` when it is written by hand to any addressee."""

    code: str
    slug: str
    name: str
    required_signature: RequiredSignature
    institution_id: int | None
    form_id: int
    form: Form

    @property
    def is_general(self) -> bool:
        return self.institution_id is None


@dataclass(frozen=True)
class AddresseeView:
    """The institution and the box the draft goes to."""

    institution_id: int
    institution_name: str
    entity: str
    box_id: int
    box_address: str
    box_title: str
    accepts_unsigned: bool
    is_open: bool


@dataclass(frozen=True)
class AttachmentView:
    """A file of a draft: size in bytes, `code` and `details` of a refusal."""

    id: UUID
    file_name: str
    size: int
    media_type: str
    state: AttachmentState
    code: str
    details: Mapping[str, str | int]
    sha256: str
    slot: str
    remarks: Remarks = ()

    @property
    def is_safe(self) -> bool:
        return self.state == AttachmentState.SAFE

    @property
    def is_refused(self) -> bool:
        return self.state == AttachmentState.REFUSED


@dataclass(frozen=True)
class DraftView:
    """Everything the four steps show. `used_bytes` counts what would be sent."""

    id: UUID
    version: int
    state: DraftState
    author_id: int
    party_id: int
    card: CardOfDraft
    addressee: AddresseeView | None
    title: str
    body: str
    needs_body: bool
    answers: Mapping[str, object]
    attachments: tuple[AttachmentView, ...]
    transfers: tuple[TransferView, ...]
    used_bytes: int
    rules: ScreeningPolicy | None
    signing_mode: str
    may_go_unsigned: bool
    document_sha256: str
    signed_sha256: str
    saved_at: datetime
    expires_at: datetime
    problems: tuple[DraftProblem, ...]

    @property
    def is_frozen(self) -> bool:
        return bool(self.document_sha256)

    @property
    def is_signed(self) -> bool:
        return self.is_frozen and bool(self.signing_mode)


@dataclass(frozen=True)
class DraftOwner:
    """Whose a draft is, and nothing of what stands in it."""

    author_id: int
    party_id: int


@dataclass(frozen=True)
class DraftRow:
    """One line of the list of drafts."""

    id: UUID
    title: str
    card_name: str
    institution_name: str
    saved_at: datetime
    expires_at: datetime


def draft_view(draft_id: UUID, *, at: datetime) -> DraftView | None:
    """This will return the draft in any state, or None when there is none of that id."""
    draft = (
        Draft.objects.select_related("card", "form", "box__institution")
        .prefetch_related("attachments")
        .filter(id=draft_id)
        .first()
    )
    return None if draft is None else _view(draft, at)


def owner_of_draft(draft_id: UUID) -> DraftOwner | None:
    """This will tell whose a draft is, in any state: asked with every part of a file."""
    found = OWNER.first(id=draft_id)
    return None if found is None else DraftOwner(*found)


def drafts_of(user_id: int, state: DraftState = DraftState.OPEN) -> tuple[DraftRow, ...]:
    """This will list a person's drafts, the last changed first."""
    rows = Draft.objects.select_related("card", "box__institution").filter(
        author_id=user_id, state=state
    )
    return tuple(
        DraftRow(
            id=row.id,
            title=row.title,
            card_name=row.card.name,
            institution_name=row.box.institution.name if row.box else "",
            saved_at=row.updated_at,
            expires_at=row.expires_at,
        )
        for row in rows.order_by("-updated_at")
    )


def untouched_draft(new: NewDraft) -> UUID | None:
    """This will find the same draft opened before and never written in: „Załatw sprawę” twice."""
    same = Draft.objects.filter(
        author_id=new.author_id,
        party_id=new.party_id,
        card_id=new.card_id,
        form_id=new.form_id,
        title=new.title,
        state=DraftState.OPEN,
        version=1,
        attachments=None,
        transfers=None,
    )
    same = same.filter(box=None) if new.box_id is None else same.filter(box_id=new.box_id)
    return same.order_by("-updated_at").values_list("id", flat=True).first()


def discarded_drafts_of(user_id: int) -> tuple[DraftRow, ...]:
    """This will list the drafts a person put away and may still bring back."""
    return drafts_of(user_id, DraftState.DISCARDED)


def frozen_document(draft_id: UUID) -> bytes | None:
    """This will return the very bytes to be signed, or None while nothing is frozen."""
    return _blob(Draft.objects.filter(id=draft_id).values_list("document_sha256", KEEPER))


def signed_document(draft_id: UUID) -> bytes | None:
    """This will return the signed bytes, or None while there are none."""
    return _blob(Draft.objects.filter(id=draft_id).values_list("signed_sha256", KEEPER))


def _blob(rows: QuerySet[Draft, tuple[str, int | None]]) -> bytes | None:
    sha256, institution_id = rows.first() or ("", None)
    return blobs_of(institution_id).read(sha256) if sha256 else None


def _view(draft: Draft, at: datetime) -> DraftView:
    files = list(draft.attachments.all())
    attachments = tuple(map(_attachment, files))
    transfers = transfers_to(draft.id)
    return DraftView(
        id=draft.id,
        version=draft.version,
        state=DraftState(draft.state),
        author_id=draft.author_id,
        party_id=draft.party_id,
        card=_card(draft),
        addressee=None if draft.box is None else _addressee(draft.box),
        title=draft.title,
        body=draft.body,
        needs_body=needs_body(draft),
        answers=draft.answers,
        attachments=attachments,
        transfers=transfers,
        used_bytes=sum(row.size for row in attachments if not row.is_refused),
        rules=_rules(draft, at),
        signing_mode=draft.signing_mode,
        may_go_unsigned=may_go_unsigned(draft),
        document_sha256=draft.document_sha256,
        signed_sha256=draft.signed_sha256,
        saved_at=draft.updated_at,
        expires_at=draft.expires_at,
        problems=draft_problems(draft, files, at, coming=len(transfers)),
    )


def _rules(draft: Draft, at: datetime) -> ScreeningPolicy | None:
    if draft.box is None and draft.card.institution_id is None:
        return None
    return policy_of_draft(draft, at)


def _card(draft: Draft) -> CardOfDraft:
    return CardOfDraft(
        code=draft.card.code,
        slug=draft.card.slug,
        name=draft.card.name,
        required_signature=RequiredSignature(draft.card.required_signature),
        institution_id=draft.card.institution_id,
        form_id=draft.form_id,
        form=form_of(draft.form),
    )


def _addressee(box: Box) -> AddresseeView:
    return AddresseeView(
        institution_id=box.institution_id,
        institution_name=box.institution.name,
        entity=box.institution.entity,
        box_id=box.pk,
        box_address=box.address,
        box_title=box.title,
        accepts_unsigned=box.accepts_unsigned,
        is_open=box.is_open,
    )


def _attachment(row: DraftAttachment) -> AttachmentView:
    return AttachmentView(
        id=row.id,
        file_name=row.file_name,
        size=row.size,
        media_type=row.media_type,
        state=AttachmentState(row.state),
        code=row.code,
        details=row.details,
        sha256=row.sha256,
        slot=row.slot,
        remarks=remarks_named(row.remarks),
    )


def signing_mode_of(draft: DraftView) -> SigningMode | None:
    """This will return how the draft was signed, or None while it was not."""
    return SigningMode(draft.signing_mode) if draft.signing_mode else None
