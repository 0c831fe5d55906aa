"""Letters on their way: a draft that is frozen, signed, sent."""

from datetime import UTC, datetime
from uuid import UUID

from skrytka.accounts.models import ConfirmedProfile, Institution, ProfileState, User
from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries.factors import FactorMethod
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, Letter
from skrytka.letters.operations.documents import freeze_document
from skrytka.letters.operations.drafts import DraftContent, write_draft
from skrytka.letters.operations.signing import send_unsigned, sign_trusted, signing_purpose
from skrytka.letters.operations.submission import submit_letter
from tests.world.attachments import AT, draft_of

LATER = datetime(2026, 11, 23, 10, 30, 15, 250000, tzinfo=UTC)
CONTENT = DraftContent("Wniosek o zaświadczenie", "Proszę o zaświadczenie.\n\nDziękuję.", {})


def written_draft(author: User, institution: Institution) -> Draft:
    draft = draft_of(author, institution)
    write_draft(draft.id, CONTENT, version=draft.version, at=AT)
    return Draft.objects.get(id=draft.id)


def confirm_profile(user: User, by: User, institution: Institution) -> None:
    """Anna's identity as a clerk confirmed it, without the three steps at the counter."""
    ConfirmedProfile.objects.create(
        user=user,
        state=ProfileState.CONFIRMED,
        request_code=f"K{user.pk:06}",
        given_name=user.given_name,
        family_name=user.family_name,
        pesel="44051401359",
        requested_at=AT,
        institution=institution,
        decided_by=by,
        decided_at=AT,
        valid_until=datetime(2029, 11, 23, tzinfo=UTC),
    )


def confirmation(draft_id: UUID) -> FactorConfirmation:
    draft = Draft.objects.get(id=draft_id)
    purpose = signing_purpose(draft_id, draft.document_sha256)
    return FactorConfirmation(draft.author_id, FactorMethod.EMAIL_CODE, purpose, LATER)


def sign_as_author(draft_id: UUID) -> None:
    sign_trusted(draft_id, confirmation(draft_id), at=LATER)


def unsigned_draft(author: User, institution: Institution) -> Draft:
    draft = written_draft(author, institution)
    freeze_document(draft.id, at=LATER)
    send_unsigned(draft.id)
    return draft


def sent_letter(author: User, institution: Institution) -> Letter:
    draft = unsigned_draft(author, institution)
    sent = submit_letter(draft.id, actor=Actor(str(author.pk)), at=LATER)
    return Letter.objects.get(id=sent.letter_id)
