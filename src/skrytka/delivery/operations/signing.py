"""Three ways to sign a letter of the desk: the clerk's trusted signature, a file, the seal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skrytka.accounts.models import Party
from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.delivery.models import OutgoingDraft, OutgoingSigning, OutgoingState
from skrytka.delivery.operations.drafts import record_of
from skrytka.evidence.operations import CannotSeal, seal_for_institution
from skrytka.gateways.installed import blobs_of
from skrytka.ledger.operations import Actor, EventKind
from skrytka.letters.operations.signing import (
    CannotSign,
    SigningFault,
    require_signed_copy,
    signed_for,
    signing_purpose,
)


def sign_outgoing_trusted(
    draft_id: UUID, confirmation: FactorConfirmation, *, actor: Actor, at: datetime
) -> None:
    """This will put the author's trusted signature on the frozen document.

    The clerk needs a confirmed profile in force and a second factor confirmed for this very
    document (rozporządzenie MC 29.06.2020 § 17). Raises CannotSign.
    """
    draft = _frozen(draft_id)
    if (confirmation.user_id, confirmation.purpose) != (
        draft.author_id,
        signing_purpose(draft_id, draft.document_sha256),
    ):
        raise CannotSign(SigningFault.FACTOR)
    document = blobs_of(draft.institution_id).read(draft.document_sha256)
    signed = signed_for(document, draft.author_id, _account(draft), at)
    _keep(draft, signed, OutgoingSigning.TRUSTED, actor, at)


def accept_outgoing_file(draft_id: UUID, data: bytes, *, actor: Actor, at: datetime) -> None:
    """This will take back the document that the author signed elsewhere (XAdES).

    Checked as a citizen's: intact, over exactly the bytes handed out. Raises CannotSign,
    CannotDecode.
    """
    draft = _frozen(draft_id)
    document = blobs_of(draft.institution_id).read(draft.document_sha256)
    require_signed_copy(document, data, draft.author_id, at)
    _keep(draft, data, OutgoingSigning.UPLOADED, actor, at)


def seal_outgoing(draft_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will put the institution's seal on the frozen document. Raises CannotSign."""
    draft = _frozen(draft_id)
    document = blobs_of(draft.institution_id).read(draft.document_sha256)
    try:
        sealed, _report = seal_for_institution(document, at=at)
    except CannotSeal as fault:
        raise CannotSign(SigningFault.UNAVAILABLE) from fault
    _keep(draft, sealed, OutgoingSigning.SEALED, actor, at)


def _frozen(draft_id: UUID) -> OutgoingDraft:
    draft = OutgoingDraft.objects.filter(id=draft_id, state=OutgoingState.OPEN).first()
    if draft is None or not draft.document_sha256:
        raise CannotSign(SigningFault.NOT_FROZEN)
    return draft


def _account(draft: OutgoingDraft) -> str:
    """The account that signs: the clerk's own box, where they have one."""
    own = Party.objects.filter(user=draft.author_id).values_list("box_entity", flat=True).first()
    return own or draft.institution.entity


def _keep(
    draft: OutgoingDraft, signed: bytes, mode: OutgoingSigning, actor: Actor, at: datetime
) -> None:
    """Only while the very document that was signed is still the frozen one."""
    stored = blobs_of(draft.institution_id).put(signed)
    rows = OutgoingDraft.objects.filter(
        id=draft.id, state=OutgoingState.OPEN, document_sha256=draft.document_sha256
    )
    signer = None if mode is OutgoingSigning.SEALED else draft.author_id
    with transaction.atomic():
        kept = rows.update(signing_mode=mode, signed_sha256=stored.sha256, signed_by_id=signer)
        if not kept:
            raise CannotSign(SigningFault.NOT_FROZEN)
        record_of(draft.id, EventKind.OUTGOING_SIGNED, actor=actor, at=at)
