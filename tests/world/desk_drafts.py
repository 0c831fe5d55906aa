"""Letters of the desk on their way: a draft that is frozen, signed, put before a second person."""

from datetime import UTC, date, datetime
from uuid import UUID

from skrytka.accounts.models import Institution, User
from skrytka.accounts.operations.second_factor import FactorConfirmation
from skrytka.accounts.queries.factors import FactorMethod
from skrytka.delivery.models import OutgoingDraft, Release, UpdSignatures
from skrytka.delivery.operations.documents import freeze_outgoing
from skrytka.delivery.operations.drafts import (
    OutgoingContent,
    choose_party,
    start_outgoing,
    write_outgoing,
)
from skrytka.delivery.operations.rules import NewRules, adopt_delivery_rules
from skrytka.delivery.operations.signing import seal_outgoing
from skrytka.delivery.queries.rules import DEFAULT_POLICY
from skrytka.ledger.operations import Actor
from skrytka.letters.operations.signing import signing_purpose

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TEXT = OutgoingContent("Wezwanie", "Proszę uzupełnić podpis.\n\nDziękujemy.", "CUW.123.2026")


def actor(user: User) -> Actor:
    return Actor(str(user.pk))


def draft_at(draft_id: UUID) -> OutgoingDraft:
    return OutgoingDraft.objects.get(id=draft_id)


def written(author: User, institution: Institution, to: User | None = None) -> OutgoingDraft:
    """A draft of a clerk with text, and an addressee where one is named."""
    draft_id = start_outgoing(institution.pk, author.pk, at=NOW)
    if to is not None:
        choose_party(draft_id, to.party.pk, at=NOW)
    write_outgoing(draft_id, TEXT, version=1, at=NOW)
    return draft_at(draft_id)


def frozen(author: User, institution: Institution, to: User) -> OutgoingDraft:
    draft = written(author, institution, to)
    freeze_outgoing(draft.id, at=NOW)
    return draft_at(draft.id)


def sealed(author: User, institution: Institution, to: User) -> OutgoingDraft:
    draft = frozen(author, institution, to)
    seal_outgoing(draft.id, actor=actor(author), at=NOW)
    return draft_at(draft.id)


def factor(draft: OutgoingDraft, user: User) -> FactorConfirmation:
    purpose = signing_purpose(draft.id, draft.document_sha256)
    return FactorConfirmation(user.pk, FactorMethod.EMAIL_CODE, purpose, NOW)


def want_second_person(institution: Institution) -> None:
    rules = NewRules(
        DEFAULT_POLICY,
        date(2026, 1, 2),
        UpdSignatures.PARTY,
        Release.SECOND_PERSON,
        "zarządzenie nr 1",
    )
    adopt_delivery_rules(
        institution.pk, rules, actor=Actor("1"), at=datetime(2026, 1, 2, tzinfo=UTC)
    )
