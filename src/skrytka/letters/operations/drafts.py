"""Writing a letter: every change is saved, and two tabs never overwrite each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F

from skrytka.catalogue.models import FormVersion
from skrytka.gateways.blobs import InstitutionId
from skrytka.ledger.operations import Actor, EventKind, Subject, record_event
from skrytka.ledger.statements import PreparedUpdate, append, slot, slots
from skrytka.letters.models import Draft, DraftAttachment, DraftState

# Kept this long after the last change; the page says so.
KEPT_FOR = timedelta(days=30)
LONGEST_TITLE = 200

# Any change drops what was frozen for signing.
NOT_FROZEN = {"document_sha256": "", "signing_mode": "", "signed_sha256": ""}

WRITE = PreparedUpdate(
    lambda: Draft.objects.filter(
        id=slot("id", Draft), state=DraftState.OPEN, version=slot("version", Draft)
    ),
    lambda: {
        "version": F("version") + 1,
        **slots(Draft, "title", "body", "answers", "updated_at", "expires_at"),
        **NOT_FROZEN,
    },
)
TOUCH = PreparedUpdate(
    lambda: Draft.objects.filter(id=slot("id", Draft), state=DraftState.OPEN),
    lambda: {**slots(Draft, "updated_at", "expires_at"), **NOT_FROZEN},
)

Answers = Mapping[str, object]


class DraftFault(StrEnum):
    """Why a draft was not changed. W-TWO and W-DUP are the codes of the error catalogue."""

    NOT_FOUND = "NOT_FOUND"
    CHANGED_ELSEWHERE = "W-TWO"
    ALREADY_SENT = "W-DUP"
    DISCARDED = "DISCARDED"


class CannotChangeDraft(Exception):
    """The draft stays as it was."""

    def __init__(self, reason: DraftFault) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewDraft:
    """What a draft starts from; the box may be chosen later."""

    author_id: int
    party_id: int
    card_id: int
    form_id: int
    box_id: int | None
    title: str = ""


@dataclass(frozen=True)
class DraftContent:
    """What a person types: title, body (plain text, lines kept) and the answers of the form."""

    title: str
    body: str
    answers: Answers


def start_draft(new: NewDraft, *, at: datetime) -> UUID:
    """This will open an empty draft and return its id."""
    draft = Draft(
        author_id=new.author_id,
        party_id=new.party_id,
        card_id=new.card_id,
        form_id=new.form_id,
        box_id=new.box_id,
        title=new.title[:LONGEST_TITLE],
        created_at=at,
        updated_at=at,
        expires_at=at + KEPT_FOR,
    )
    append(draft)
    return draft.id


def choose_addressee(draft_id: UUID, box_id: int, *, at: datetime) -> None:
    """This will point the draft at a box. Raises CannotChangeDraft."""
    _change(draft_id, at, box_id=box_id)


def write_draft(draft_id: UUID, content: DraftContent, *, version: int, at: datetime) -> int:
    """This will save what was typed and return the new version.

    `version` is the one the page was opened with; when another tab has saved since, nothing is
    changed and CannotChangeDraft says so.
    """
    written = WRITE.run(
        id=draft_id,
        version=version,
        title=content.title[:LONGEST_TITLE],
        body=content.body,
        answers=dict(content.answers),
        updated_at=at,
        expires_at=at + KEPT_FOR,
    )
    if not written:
        raise CannotChangeDraft(_why_not(draft_id))
    return version + 1


def copy_draft(draft_id: UUID, content: DraftContent, *, at: datetime) -> UUID:
    """This will keep what was typed in one tab as a draft of its own, attachments included."""
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(id=draft_id)
        attachments = list(draft.attachments.all())
        new = NewDraft(
            author_id=draft.author_id,
            party_id=draft.party_id,
            card_id=draft.card_id,
            form_id=draft.form_id,
            box_id=draft.box_id,
        )
        copy_id = start_draft(new, at=at)
        Draft.objects.filter(id=copy_id).update(
            title=content.title[:LONGEST_TITLE], body=content.body, answers=dict(content.answers)
        )
        _copy_attachments(attachments, copy_id)
    return copy_id


def discard_draft(draft_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will put the draft away; `restore_draft` brings it back while it is kept."""
    with transaction.atomic():
        _change(draft_id, at, state=DraftState.DISCARDED)
        record_event(EventKind.DRAFT_DISCARDED, Subject("DRAFT", str(draft_id)), at=at, actor=actor)


def restore_draft(draft_id: UUID, *, at: datetime) -> None:
    """This will bring a discarded draft back. Raises CannotChangeDraft when there is none."""
    rows = Draft.objects.filter(id=draft_id, state=DraftState.DISCARDED)
    if not rows.update(state=DraftState.OPEN, **_unfrozen(at)):
        raise CannotChangeDraft(_why_not(draft_id))


def touch_draft(draft_id: UUID, *, at: datetime) -> None:
    """This will note that the attachments changed: what was frozen for signing no longer holds.

    The version stays, because the typed text did not change: no conflict between two tabs.
    """
    if not TOUCH.run(id=draft_id, updated_at=at, expires_at=at + KEPT_FOR):
        raise CannotChangeDraft(_why_not(draft_id))


def move_to_newest_form(draft_id: UUID, *, at: datetime) -> None:
    """This will let the draft follow the newest published version of its form."""
    draft = Draft.objects.select_related("form").get(id=draft_id)
    newest = FormVersion.objects.filter(code=draft.form.code).order_by("-version").first()
    if newest is not None and newest.pk != draft.form_id:
        _change(draft_id, at, form_id=newest.pk)


def purge_drafts(*, at: datetime) -> int:
    """This will delete drafts whose 30 days are over, and return how many went."""
    gone = Draft.objects.filter(
        state__in=[DraftState.OPEN, DraftState.DISCARDED], expires_at__lte=at
    )
    return gone.delete()[1].get("letters.Draft", 0)


def keeper_of(draft: Draft) -> InstitutionId:
    """This will tell among whose blobs the bytes of a draft go: those of its addressee."""
    return draft.box.institution_id if draft.box else None


def _change(draft_id: UUID, at: datetime, **fields: object) -> None:
    rows = Draft.objects.filter(id=draft_id, state=DraftState.OPEN)
    if not rows.update(**_unfrozen(at), **fields):
        raise CannotChangeDraft(_why_not(draft_id))


def _unfrozen(at: datetime) -> dict[str, object]:
    return {"updated_at": at, "expires_at": at + KEPT_FOR, **NOT_FROZEN}


def _why_not(draft_id: UUID) -> DraftFault:
    state = Draft.objects.filter(id=draft_id).values_list("state", flat=True).first()
    if state is None:
        return DraftFault.NOT_FOUND
    return {
        DraftState.OPEN.value: DraftFault.CHANGED_ELSEWHERE,
        DraftState.SENT.value: DraftFault.ALREADY_SENT,
        DraftState.DISCARDED.value: DraftFault.DISCARDED,
    }[state]


def _copy_attachments(attachments: list[DraftAttachment], copy_id: UUID) -> None:
    for attachment in attachments:
        attachment.pk = None
        attachment.id = DraftAttachment._meta.pk.get_default()  # noqa: SLF001 - Django's documented API
        attachment.draft_id = copy_id
    DraftAttachment.objects.bulk_create(attachments)
