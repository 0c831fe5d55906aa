"""Which terms of deliveries end when: the repeated notices and the last days that are to come.

A stopped delivery has no term, one that has ended needs none: neither stands here.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from skrytka.core.delivery import Standing
from skrytka.delivery.models import Delivery
from skrytka.delivery.queries.tracking import RUNNING, Tracked

MOST_OF_A_DAY = 4
MOST_EXPORTED = 10_000


class DeadlineKind(StrEnum):
    """The day after which the notice is repeated, and the last day on which one may collect."""

    SECOND_NOTICE = "SECOND_NOTICE"
    LAST_DAY = "LAST_DAY"


COLUMNS = {DeadlineKind.SECOND_NOTICE: "second_notice_on", DeadlineKind.LAST_DAY: "last_day_on"}


@dataclass(frozen=True)
class Deadline:
    """One deadline of one letter. `attempt` counts the terms of the delivery."""

    on: date
    kind: DeadlineKind
    letter_id: UUID
    attempt: int
    title: str
    addressee_name: str
    case_mark: str
    document_no: str
    standing: Tracked

    @property
    def mark(self) -> str:
        """What names the letter without a name of a person: its case, or its own number."""
        return self.case_mark or self.document_no


@dataclass(frozen=True)
class DayOfDeadlines:
    """The first few deadlines of a day, and how many there are of each kind."""

    shown: tuple[Deadline, ...]
    second_notices: int
    last_days: int

    @property
    def more(self) -> int:
        return self.second_notices + self.last_days - len(self.shown)


def deadlines_by_day(institution_id: int, first: date, last: date) -> Mapping[date, DayOfDeadlines]:
    """This will return the days of a span that have deadlines, the last days first."""
    counts = {kind: _counts(institution_id, kind, first, last) for kind in DeadlineKind}
    shown: dict[date, tuple[Deadline, ...]] = defaultdict(tuple)
    for kind in (DeadlineKind.LAST_DAY, DeadlineKind.SECOND_NOTICE):
        for deadline in _first_of_each_day(institution_id, kind, first, last):
            shown[deadline.on] += (deadline,)
    return {
        on: DayOfDeadlines(
            shown=shown[on][:MOST_OF_A_DAY],
            second_notices=counts[DeadlineKind.SECOND_NOTICE].get(on, 0),
            last_days=counts[DeadlineKind.LAST_DAY].get(on, 0),
        )
        for on in sorted(shown)
    }


def deadlines_from(institution_id: int, first: date) -> Iterator[Deadline]:
    """This will yield every deadline from a day on, by day, no more than MOST_EXPORTED."""
    found: list[Deadline] = []
    for kind in DeadlineKind:
        column = COLUMNS[kind]
        rows = _running(institution_id, kind).filter(**{f"{column}__gte": first})
        ordered = rows.select_related("letter").order_by(column, "letter")[:MOST_EXPORTED]
        found.extend(_deadline(row, kind) for row in ordered)
    found.sort(key=lambda each: (each.on, each.kind, each.letter_id))
    yield from found[:MOST_EXPORTED]


def _running(institution_id: int, kind: DeadlineKind) -> QuerySet[Delivery]:
    if kind is DeadlineKind.SECOND_NOTICE:
        standings = [Standing.SENT, Standing.NOTIFIED]
    else:
        standings = list(RUNNING)
    return Delivery.objects.filter(institution=institution_id, standing__in=standings)


def _counts(institution_id: int, kind: DeadlineKind, first: date, last: date) -> Mapping[date, int]:
    column = COLUMNS[kind]
    rows = _running(institution_id, kind).filter(**{f"{column}__range": (first, last)})
    return dict(rows.values_list(column).annotate(Count("letter")).order_by())


def _first_of_each_day(
    institution_id: int, kind: DeadlineKind, first: date, last: date
) -> Iterator[Deadline]:
    column = COLUMNS[kind]
    place = Window(RowNumber(), partition_by=[F(column)], order_by=["letter_id"])
    rows = _running(institution_id, kind).filter(**{f"{column}__range": (first, last)})
    few = rows.annotate(place=place).filter(place__lte=MOST_OF_A_DAY)
    for row in few.select_related("letter").order_by(column, "letter"):
        yield _deadline(row, kind)


def _deadline(row: Delivery, kind: DeadlineKind) -> Deadline:
    on = row.second_notice_on if kind is DeadlineKind.SECOND_NOTICE else row.last_day_on
    if on is None:
        raise LookupError("a deadline without a day")
    letter = row.letter
    return Deadline(
        on=on,
        kind=kind,
        letter_id=letter.id,
        attempt=row.attempt,
        title=letter.title,
        addressee_name=letter.addressee_name,
        case_mark=letter.case_mark,
        document_no=letter.document_no,
        standing=Tracked(row.standing),
    )
