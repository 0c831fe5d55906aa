"""A draft that files can be added to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from skrytka.accounts.models import Box, Institution, User
from skrytka.catalogue.models import Category, FormVersion, RequiredSignature, ServiceCard
from skrytka.gateways.installed import install, installed
from skrytka.gateways.malware import MalwareScanner
from skrytka.ledger.operations import Actor
from skrytka.letters.models import Draft, DraftAttachment
from skrytka.letters.operations.attachment_policies import AttachmentRules, adopt_attachment_rules
from skrytka.letters.operations.attachments import Upload, add_attachment
from skrytka.letters.operations.drafts import NewDraft, start_draft

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANNA = Actor("anna")


def general_card() -> ServiceCard:
    form = FormVersion.objects.create(
        code="pismo", version=1, schema={}, layout=[], published_at=AT
    )
    category = Category.objects.create(slug="inne", name="Inne")
    return ServiceCard.objects.create(
        code="PISMO",
        slug="pismo-ogolne",
        name="Pismo ogólne do podmiotu publicznego",
        category=category,
        required_signature=RequiredSignature.NOT_NEEDED,
        form=form,
        updated_on=date(2026, 1, 2),
    )


def draft_of(author: User, institution: Institution | None = None) -> Draft:
    """A general letter of a person; without an institution its addressee is not chosen yet."""
    card = ServiceCard.objects.first() or general_card()
    box = Box.objects.filter(institution=institution, is_basic=True).first()
    new = NewDraft(
        author_id=author.pk,
        party_id=author.party.pk,
        card_id=card.pk,
        form_id=card.form_id,
        box_id=box.pk if box else None,
    )
    return Draft.objects.get(id=start_draft(new, at=AT))


def added(draft: Draft, name: str, data: bytes, *, slot: str = "") -> DraftAttachment:
    attachment_id = add_attachment(draft.id, Upload(name, [data], slot), actor=ANNA, at=AT)
    return DraftAttachment.objects.get(id=attachment_id)


def listed(draft_id: UUID) -> list[tuple[str, str, str]]:
    """Name, state and code of every file of a draft, in order."""
    rows = DraftAttachment.objects.filter(draft=draft_id)
    return [(row.file_name, row.state, row.code) for row in rows]


def small_rules(institution: Institution, *, total: int, count: int = 50) -> None:
    rules = AttachmentRules("małe", AT.date(), ("PDF", "TXT", "ZIP"), total, "próba", count)
    adopt_attachment_rules(institution.pk, rules, at=AT)


def scan_with(scanner: MalwareScanner) -> None:
    install(replace(installed(), malware=scanner))
