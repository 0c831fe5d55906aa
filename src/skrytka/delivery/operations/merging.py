"""One text to many: drafts for the good lines of a list, sealed and sent in one go.

Nothing goes before a clerk has seen what becomes of each line. Sealing and sending is work for the
outbox, a letter at a time: a thousand of them hold nobody up, a crash loses none, and each goes
once however often the button is pressed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from skrytka.accounts.models import Box, SenderKind
from skrytka.accounts.models import Party as PartyRow
from skrytka.delivery.models import MailMerge, OutgoingDraft, OutgoingState
from skrytka.delivery.operations.dispatch import CannotDispatch, dispatch_letter
from skrytka.delivery.operations.documents import CannotFreezeOutgoing, freeze_outgoing
from skrytka.delivery.operations.drafts import (
    CannotChangeOutgoing,
    OutgoingFault,
    box_to_send_from,
)
from skrytka.delivery.operations.merge_rows import (
    SeriesRow,
    SeriesText,
    series_rows,
    unknown_places,
)
from skrytka.delivery.operations.merge_table import MergeTable
from skrytka.delivery.operations.release import needs_second_person, submit_for_release
from skrytka.delivery.operations.signing import seal_outgoing
from skrytka.delivery.queries.addressees import AddresseeKind
from skrytka.ledger.operations import Actor, Effect, enqueue
from skrytka.letters.operations.signing import CannotSign, SigningFault

QUEUED = "QUEUED"
INCOMPLETE, CHANGED = "INCOMPLETE", "CHANGED"


class MergeFault(StrEnum):
    """Why nothing was done with a series."""

    NOT_FOUND = "NOT_FOUND"
    DRAFTED = "DRAFTED"
    NO_TEXT = "NO_TEXT"
    PLACES = "PLACES"
    NOTHING_GOOD = "NOTHING_GOOD"
    NO_BOX = "NO_BOX"


class CannotMerge(Exception):
    """The series stays as it was; `detail` names the places without a column."""

    def __init__(self, reason: MergeFault, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class SeriesContent:
    """What a clerk gives for a series: a name for the list of series, the text and the list."""

    name: str
    title: str
    body: str
    table: MergeTable


def start_merge(
    institution_id: int, author_id: int, content: SeriesContent, *, at: datetime
) -> UUID:
    """This will keep a series to be looked at, and return its id; no draft is made yet."""
    merge = MailMerge.objects.create(
        institution_id=institution_id, author_id=author_id, created_at=at, **_fields(content)
    )
    return merge.id


def change_merge(merge_id: UUID, content: SeriesContent) -> None:
    """This will change a series that has no drafts yet. Raises CannotMerge."""
    if not MailMerge.objects.filter(id=merge_id, drafted_at=None).update(**_fields(content)):
        raise CannotMerge(_why_not(merge_id))


def draft_merge(merge_id: UUID, *, at: datetime) -> int:
    """This will make a draft of every good line and return how many; once, however often asked.

    Raises CannotMerge: the text is empty, asks for a column that is not there, or no line is good.
    """
    with transaction.atomic():
        merge = MailMerge.objects.select_for_update().select_related("institution")
        row = merge.filter(id=merge_id).first()
        if row is None or row.drafted_at is not None:
            raise CannotMerge(_why_not(merge_id))
        drafts = _drafts(row, at)
        OutgoingDraft.objects.bulk_create(drafts)
        MailMerge.objects.filter(id=merge_id).update(drafted_at=at)
    return len(drafts)


def drop_merge(merge_id: UUID, *, at: datetime) -> None:
    """This will forget a series that was only looked at, or put away what of it was not sent."""
    with transaction.atomic():
        if MailMerge.objects.filter(id=merge_id, drafted_at=None).delete()[0]:
            return
        rows = OutgoingDraft.objects.filter(merge=merge_id, state=OutgoingState.OPEN)
        rows.exclude(merge_note=QUEUED).update(state=OutgoingState.DISCARDED, updated_at=at)


def send_merge(merge_id: UUID, *, actor: Actor, at: datetime) -> int:
    """This will have every open draft of a series sealed and sent; tells how many were added.

    Where a second person is needed, the letters are sealed and wait for them.
    """
    rows = OutgoingDraft.objects.filter(merge=merge_id, state=OutgoingState.OPEN)
    return _queued(merge_id, rows.exclude(merge_note=QUEUED), actor, at)


def release_merge(merge_id: UUID, user_id: int, *, actor: Actor, at: datetime) -> int:
    """This will let every waiting letter of a series go, and tell how many were added.

    Raises CannotChangeOutgoing for the author of the series.
    """
    if MailMerge.objects.filter(id=merge_id, author=user_id).exists():
        raise CannotChangeOutgoing(OutgoingFault.OWN_LETTER)
    rows = OutgoingDraft.objects.filter(merge=merge_id, state=OutgoingState.WAITING)
    others = rows.exclude(author=user_id).exclude(merge_note=QUEUED)
    others = others.exclude(id__in=rows.filter(signed_by=user_id).values("id"))
    return _queued(merge_id, others, actor, at, released_by=user_id)


def send_merged(draft_id: UUID, *, actor: Actor, at: datetime) -> None:
    """This will seal and send one queued draft, or note why not; repeated it does nothing.

    Raises CannotSign while the seal does not serve: the outbox tries again.
    """
    rows = OutgoingDraft.objects.filter(id=draft_id, merge_note=QUEUED)
    draft = rows.first()
    if draft is None or draft.state not in {OutgoingState.OPEN, OutgoingState.WAITING}:
        return
    try:
        _carry_on(draft, actor, at)
    except CannotFreezeOutgoing:
        rows.update(merge_note=INCOMPLETE)
    except CannotDispatch as refusal:
        rows.update(merge_note=refusal.reason)
    except CannotChangeOutgoing:
        rows.update(merge_note=CHANGED)
    except CannotSign as refusal:
        if refusal.reason is not SigningFault.NOT_FROZEN:
            raise
        rows.update(merge_note=CHANGED)
    else:
        OutgoingDraft.objects.filter(id=draft_id).update(merge_note="")


def _carry_on(draft: OutgoingDraft, actor: Actor, at: datetime) -> None:
    if draft.state == OutgoingState.OPEN and not draft.signing_mode:
        freeze_outgoing(draft.id, at=at)
        seal_outgoing(draft.id, actor=actor, at=at)
    if draft.state == OutgoingState.OPEN and needs_second_person(draft.institution_id, at=at):
        submit_for_release(draft.id, at=at)
    else:
        dispatch_letter(draft.id, actor=actor, at=at)


def _queued(
    merge_id: UUID, rows: QuerySet[OutgoingDraft], actor: Actor, at: datetime, **fields: int
) -> int:
    """The row of the series is the gate: of two clicks at once the second finds nothing to add."""
    with transaction.atomic():
        if MailMerge.objects.select_for_update().filter(id=merge_id).first() is None:
            return 0
        ids = list(rows.values_list("id", flat=True))
        changed = {f"{name}_id": value for name, value in fields.items()}
        rows.filter(id__in=ids).update(merge_note=QUEUED, version=F("version") + 1, **changed)
        for draft_id in ids:
            key = f"send-outgoing:{draft_id}:{at.isoformat()}"
            payload = {"draft": str(draft_id), "actor": actor.id}
            enqueue(Effect.SEND_OUTGOING, key, payload, at=at)
    return len(ids)


def _drafts(merge: MailMerge, at: datetime) -> list[OutgoingDraft]:
    text, table = series_text(merge), MergeTable.of(merge.table)
    if not text.title.strip() or not text.body.strip():
        raise CannotMerge(MergeFault.NO_TEXT)
    unknown = unknown_places(text, table)
    if unknown:
        raise CannotMerge(MergeFault.PLACES, ", ".join(unknown))
    good = [row for row in series_rows(text, table, at) if row.fault is None]
    if not good:
        raise CannotMerge(MergeFault.NOTHING_GOOD)
    boxes = _boxes(merge.institution_id)
    kinds = _kinds(good)
    return [_draft(merge, row, boxes[kinds[row.number]], at) for row in good]


def series_text(merge: MailMerge) -> SeriesText:
    """This will return the text of a series with the name of whoever sends it."""
    return SeriesText(merge.institution_id, merge.institution.name, merge.title, merge.body)


def _boxes(institution_id: int) -> dict[SenderKind, Box]:
    found = {kind: box_to_send_from(institution_id, kind) for kind in SenderKind}
    boxes = {kind: box for kind, box in found.items() if box is not None}
    if len(boxes) < len(found):
        raise CannotMerge(MergeFault.NO_BOX)
    return boxes


def _kinds(rows: list[SeriesRow]) -> dict[int, SenderKind]:
    """From which kind of box each line goes."""
    ids = {row.number: row.addressee for row in rows}
    parties = [one.id for one in ids.values() if one and one.kind is AddresseeKind.PARTY]
    known = dict(PartyRow.objects.filter(id__in=parties).values_list("id", "kind"))
    return {
        number: SenderKind(known[one.id])
        if one and one.kind is AddresseeKind.PARTY
        else SenderKind.INSTITUTION
        for number, one in ids.items()
    }


def _draft(merge: MailMerge, row: SeriesRow, box: Box, at: datetime) -> OutgoingDraft:
    to = row.addressee
    is_party = to is not None and to.kind is AddresseeKind.PARTY
    return OutgoingDraft(
        institution_id=merge.institution_id,
        box=box,
        author_id=merge.author_id,
        party_id=to.id if to and is_party else None,
        to_box_id=to.id if to and not is_party else None,
        merge=merge,
        merge_row=row.number,
        title=row.title,
        body=row.body,
        case_mark=row.case_mark,
        created_at=at,
        updated_at=at,
    )


def _fields(content: SeriesContent) -> dict[str, object]:
    return {
        "name": content.name,
        "title": content.title,
        "body": content.body,
        "table": content.table.lines,
    }


def _why_not(merge_id: UUID) -> MergeFault:
    known = MailMerge.objects.filter(id=merge_id).exists()
    return MergeFault.DRAFTED if known else MergeFault.NOT_FOUND
