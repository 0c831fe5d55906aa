"""Series of letters: listed, and one with what becomes of each line."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from skrytka.delivery.models import MailMerge, OutgoingDraft, OutgoingLetter, OutgoingState
from skrytka.delivery.operations.merge_rows import SeriesRow, series_rows, unknown_places
from skrytka.delivery.operations.merge_table import MergeTable
from skrytka.delivery.operations.merging import QUEUED, series_text
from skrytka.delivery.queries.outgoing import addressee_of

LISTED = 50


@dataclass(frozen=True)
class MergeDraftView:
    """A letter of a series: `note` is QUEUED, a reason why it was not sent, or empty."""

    draft_id: UUID
    number: int
    addressee: str
    address: str
    case_mark: str
    title: str
    state: OutgoingState
    note: str
    is_sent_back: bool
    document_no: str

    @property
    def is_queued(self) -> bool:
        return self.note == QUEUED


@dataclass(frozen=True)
class MergeView:
    """A series as its page shows it: lines to judge before there are drafts, then the drafts."""

    id: UUID
    institution_id: int
    author_id: int
    author_name: str
    name: str
    title: str
    body: str
    table: MergeTable
    created_at: datetime
    drafted_at: datetime | None
    rows: tuple[SeriesRow, ...]
    unknown: tuple[str, ...]
    drafts: tuple[MergeDraftView, ...]

    @property
    def good(self) -> tuple[SeriesRow, ...]:
        return tuple(row for row in self.rows if row.fault is None)

    @property
    def bad(self) -> tuple[SeriesRow, ...]:
        return tuple(row for row in self.rows if row.fault is not None)


@dataclass(frozen=True)
class MergeLine:
    """One series of the list, with how many of its letters are where."""

    id: UUID
    name: str
    author_name: str
    created_at: datetime
    is_drafted: bool
    open_count: int
    waiting_count: int
    sent_count: int


def institution_of_merge(merge_id: UUID) -> int | None:
    """This will tell whose series it is."""
    return MailMerge.objects.filter(id=merge_id).values_list("institution_id", flat=True).first()


def merge_view(merge_id: UUID, *, at: datetime) -> MergeView | None:
    """This will return a series with every line as it stands now, or None when there is none."""
    rows = MailMerge.objects.select_related("institution", "author")
    merge = rows.filter(id=merge_id).first()
    if merge is None:
        return None
    text, table = series_text(merge), MergeTable.of(merge.table)
    return MergeView(
        id=merge.id,
        institution_id=merge.institution_id,
        author_id=merge.author_id,
        author_name=str(merge.author),
        name=merge.name,
        title=merge.title,
        body=merge.body,
        table=table,
        created_at=merge.created_at,
        drafted_at=merge.drafted_at,
        rows=series_rows(text, table, at),
        unknown=unknown_places(text, table),
        drafts=_drafts(merge_id) if merge.drafted_at else (),
    )


def merges_of(institution_id: int) -> tuple[MergeLine, ...]:
    """This will list the last series of an institution."""

    def count(state: OutgoingState) -> Count:
        return Count("drafts", filter=Q(drafts__state=state))

    rows = MailMerge.objects.filter(institution=institution_id).select_related("author")
    counted = rows.defer("table", "body").annotate(
        open_count=count(OutgoingState.OPEN),
        waiting_count=count(OutgoingState.WAITING),
        sent_count=count(OutgoingState.SENT),
    )
    return tuple(
        MergeLine(
            id=row.id,
            name=row.name,
            author_name=str(row.author),
            created_at=row.created_at,
            is_drafted=row.drafted_at is not None,
            open_count=row.open_count,
            waiting_count=row.waiting_count,
            sent_count=row.sent_count,
        )
        for row in counted.order_by("-created_at")[:LISTED]
    )


def _drafts(merge_id: UUID) -> tuple[MergeDraftView, ...]:
    letters = OutgoingLetter.objects.filter(merge_id=merge_id)
    numbers = dict(letters.values_list("draft_id", "document_no"))
    rows = OutgoingDraft.objects.filter(merge=merge_id).order_by("merge_row")
    return tuple(
        _draft(row, numbers.get(row.id, ""))
        for row in rows.select_related("party", "to_box__institution")
    )


def _draft(row: OutgoingDraft, document_no: str) -> MergeDraftView:
    to = addressee_of(row)
    return MergeDraftView(
        draft_id=row.id,
        number=row.merge_row or 0,
        addressee=to.name if to else "",
        address=to.address if to else "",
        case_mark=row.case_mark,
        title=row.title,
        state=OutgoingState(row.state),
        note=row.merge_note,
        is_sent_back=bool(row.sent_back_reason),
        document_no=document_no,
    )
