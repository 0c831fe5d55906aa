"""Letters that an institution sends: a signed draft, its dispatch, and the days that follow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from skrytka.accounts.models import Box, Institution, Party, User
from skrytka.core.delivery import POLICIES, DeliveryPolicy
from skrytka.core.signatures.people import ClaimedPerson
from skrytka.delivery.models import (
    Delivery,
    OutgoingDraft,
    OutgoingFile,
    OutgoingLetter,
    OutgoingSigning,
    Release,
    UpdSignatures,
)
from skrytka.delivery.operations.dispatch import dispatch_letter
from skrytka.delivery.operations.notices import send_notice
from skrytka.delivery.operations.rules import NewRules, adopt_delivery_rules
from skrytka.delivery.operations.sweep import Swept, sweep_due
from skrytka.evidence.operations import sign_for_person
from skrytka.gateways.installed import blobs_of, install, installed
from skrytka.gateways.mail import Mailer
from skrytka.ledger.models import OutboxRow, OutboxState
from skrytka.ledger.operations import Actor
from tests.world.files import pdf

SENT_AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
SIGNER = ClaimedPerson("Daria", "Lis", "44051401359", "daria")
TITLE, TEXT = "Decyzja w sprawie zaświadczenia", "Treść, której nikt nie widzi przed odbiorem."
DOCUMENT = f"<Pismo><Tytul>{TITLE}</Tytul><Tresc>{TEXT}</Tresc></Pismo>"


def days(count: int, hours: int = 0) -> datetime:
    """So many days after the dispatch, in the clock's own hours."""
    return SENT_AT + timedelta(days=count, hours=hours)


def signed_draft(author: User, institution: Institution, party: Party | None) -> OutgoingDraft:
    """A draft as it stands before „Wyślij”: signed, with one file."""
    signed, _report = sign_for_person(DOCUMENT.encode(), SIGNER, at=SENT_AT)
    stored = blobs_of(institution.pk).put(signed)
    draft = OutgoingDraft.objects.create(
        institution=institution,
        box=Box.objects.get(institution=institution, is_basic=True),
        author=author,
        party=party,
        title=TITLE,
        case_mark="CUW.5321.7.2026",
        created_at=SENT_AT,
        updated_at=SENT_AT,
        document_sha256=blobs_of(institution.pk).put(DOCUMENT.encode()).sha256,
        signing_mode=OutgoingSigning.TRUSTED,
        signed_sha256=stored.sha256,
        signed_by=author,
    )
    file = blobs_of(institution.pk).put(pdf())
    OutgoingFile.objects.create(
        draft=draft,
        position=1,
        file_name="zaświadczenie.pdf",
        media_type="application/pdf",
        size=file.size,
        sha256=file.sha256,
        added_at=SENT_AT,
    )
    return draft


def dispatched_letter(
    author: User, institution: Institution, addressee: User, *, at: datetime = SENT_AT
) -> OutgoingLetter:
    """A letter that lies in the party's box, its first notice still on the way."""
    draft = signed_draft(author, institution, addressee.party)
    sent = dispatch_letter(draft.id, actor=Actor(str(author.pk)), at=at)
    return OutgoingLetter.objects.get(id=sent.letter_id)


def noticed_letter(
    author: User, institution: Institution, addressee: User, *, at: datetime = SENT_AT
) -> OutgoingLetter:
    """A letter whose first notice was sent at the instant of dispatch."""
    letter = dispatched_letter(author, institution, addressee, at=at)
    send_notices(at)
    return letter


def send_notices(at: datetime) -> None:
    """Every notice on its way is sent, as the outbox would; what fails stays there."""
    rows = OutboxRow.objects.filter(effect="SEND_NOTICE", state=OutboxState.PENDING)
    for row in rows.order_by("id"):
        send_notice(UUID(row.payload["notice"]), row.attempts + 1, at=at)
        OutboxRow.objects.filter(id=row.pk).update(state=OutboxState.DONE)


def night_at(at: datetime) -> Swept:
    """What the worker does at an instant: the sweep, then the notices it wrote."""
    swept = sweep_due(at=at)
    send_notices(at)
    return swept


def delivery_of(letter: OutgoingLetter) -> Delivery:
    return Delivery.objects.get(pk=letter.id)


def adopt(
    institution: Institution,
    policy: DeliveryPolicy = POLICIES["kpa-2014-next-day"],
    *,
    upd: UpdSignatures = UpdSignatures.PARTY,
    release: Release = Release.AUTHOR,
    at: datetime = SENT_AT,
) -> None:
    """The institution decides on its rules, in force the same day."""
    rules = NewRules(policy, at.date(), upd, release, "zarządzenie nr 7/2026")
    adopt_delivery_rules(institution.pk, rules, actor=Actor("1"), at=at)


def use_mailer(mailer: Mailer) -> None:
    """From here on mails of this process go there."""
    install(replace(installed(), mailer=mailer))
