"""The list of what an institution sent: how far each letter is, and until when it waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import overload
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from skrytka.core.calendar import civil_date, day_start
from skrytka.core.delivery import Standing
from skrytka.delivery.models import Delivery, OutgoingLetter
from skrytka.delivery.operations.states import state_of
from skrytka.delivery.queries.delivered_on import day_of_delivery
from skrytka.delivery.queries.flags import flagged_letters, has_flagged_file
from skrytka.delivery.queries.unreached import (
    OPEN,
    SOON,
    Unreached,
    unreached,
    unreached_among,
)

PER_PAGE = 25
MOST_EXPORTED = 10_000
AT_ONCE = 500
LATELY = timedelta(days=90)
RUNNING = tuple(standing for standing in OPEN if standing is not Standing.STOPPED)
OPEN_FIRST = Case(
    When(delivery__standing__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
)


class Tracked(StrEnum):
    """Where a letter stands: the codes of a delivery, and RECEIVED for one to an institution."""

    SENT = "SENT"
    NOTIFIED = "NOTIFIED"
    REMINDED = "REMINDED"
    STOPPED = "STOPPED"
    COLLECTED = "COLLECTED"
    REFUSED = "REFUSED"
    DEEMED = "DEEMED"
    RECEIVED = "RECEIVED"


class SentConcern(StrEnum):
    """What needs a clerk: the term is stopped, ends within three days, nobody could have read.

    OPEN: any that waits for its party. FLAGGED: malware was found later in one of its files. Of
    those deemed delivered unread the last 90 days stand under UNREACHED; the older ones still say
    so themselves.
    """

    ANY = ""
    OPEN = "OPEN"
    STOPPED = "STOPPED"
    SOON = "SOON"
    UNREACHED = "UNREACHED"
    FLAGGED = "FLAGGED"


class Period(StrEnum):
    """When the letter was sent, in days of Polish time."""

    ANY = ""
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class SentSort(StrEnum):
    """The order of the list; a minus stands for the descending one."""

    NEWEST = "-sent"
    OLDEST = "sent"
    LAST_DAY = "last_day"


DAYS = {Period.WEEK: 6, Period.MONTH: 29, Period.QUARTER: 89}


@dataclass(frozen=True)
class SentFilter:
    """What a clerk looks for. None and the empty text stand for no restriction."""

    standing: Tracked | None = None
    concern: SentConcern = SentConcern.ANY
    period: Period = Period.ANY
    last_day_on: date | None = None
    text: str = ""
    sort: SentSort = SentSort.NEWEST


@dataclass(frozen=True)
class SentRow:
    """One letter of the list. `delivered_on` is the day of law once there is one."""

    id: UUID
    title: str
    addressee_name: str
    addressee_address: str
    case_mark: str
    document_no: str
    sent_at: datetime
    standing: Tracked
    last_day_on: date | None
    delivered_on: date | None
    unreached: Unreached | None
    is_flagged: bool


@dataclass(frozen=True)
class SentCounts:
    """The numbers of the tiles, each the length of the list behind it."""

    open: int
    ending: int
    stopped: int
    unreached: int


class SentRows(Sequence[SentRow]):
    """The letters a filter finds, counted and fetched only as far as they are asked for."""

    def __init__(self, institution_id: int, wanted: SentFilter, *, at: datetime) -> None:
        self._found = _ordered(_matching(institution_id, wanted, at), wanted.sort)
        self._at = at

    def __len__(self) -> int:
        return self._found.count()

    @overload
    def __getitem__(self, place: int) -> SentRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[SentRow, ...]: ...
    def __getitem__(self, place: int | slice) -> SentRow | tuple[SentRow, ...]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        return rows_of(self.ids(place), at=self._at)

    def ids(self, place: slice) -> list[UUID]:
        return list(self._found.values_list("id", flat=True)[place])


def sent_page(
    institution_id: int, wanted: SentFilter, page: int | str | None = 1, *, at: datetime
) -> Page[SentRow]:
    """This will return one page of what was sent; a page there is not is the nearest."""
    rows = SentRows(institution_id, wanted, at=at)
    return Paginator(rows, PER_PAGE).get_page(page)


def sent_rows(institution_id: int, wanted: SentFilter, *, at: datetime) -> Iterator[SentRow]:
    """This will yield what a filter finds for an export, no more than MOST_EXPORTED."""
    ids = SentRows(institution_id, wanted, at=at).ids(slice(0, MOST_EXPORTED))
    for start in range(0, len(ids), AT_ONCE):
        yield from rows_of(ids[start : start + AT_ONCE], at=at)


def rows_of(letter_ids: Sequence[UUID], *, at: datetime) -> tuple[SentRow, ...]:
    """This will return the letters of those ids, in their order."""
    found = OutgoingLetter.objects.filter(id__among=letter_ids).select_related("delivery")
    rows = {row.id: row for row in found}
    lost, flagged = unreached_among(letter_ids, at=at), flagged_letters(letter_ids)
    return tuple(
        _row(rows[letter_id], lost.get(letter_id), is_flagged=letter_id in flagged)
        for letter_id in letter_ids
        if letter_id in rows
    )


def sent_counts(institution_id: int, *, at: datetime) -> SentCounts:
    """This will count what the tiles above the list show."""

    def count(concern: SentConcern) -> int:
        return len(SentRows(institution_id, SentFilter(concern=concern), at=at))

    return SentCounts(
        open=count(SentConcern.OPEN),
        ending=count(SentConcern.SOON),
        stopped=count(SentConcern.STOPPED),
        unreached=count(SentConcern.UNREACHED),
    )


def institution_of_sent(letter_id: UUID) -> int | None:
    """This will tell which institution sent the letter."""
    rows = OutgoingLetter.objects.filter(id=letter_id)
    return rows.values_list("institution_id", flat=True).first()


def is_within_term(at: datetime) -> Q:
    """This will restrict to letters whose term runs and ends within three days."""
    today = civil_date(at)
    return Q(delivery__standing__in=RUNNING, delivery__last_day_on__range=(today, today + SOON))


def tracked(row: OutgoingLetter) -> Tracked:
    """This will tell where a letter stands; the row comes with its delivery, if it has one."""
    delivery = delivery_or_none(row)
    return Tracked.RECEIVED if delivery is None else Tracked(delivery.standing)


def delivery_or_none(row: OutgoingLetter) -> Delivery | None:
    return row.delivery if row.party_id is not None else None


def _matching(institution_id: int, wanted: SentFilter, at: datetime) -> QuerySet[OutgoingLetter]:
    found = OutgoingLetter.objects.filter(
        _sent_in(wanted.period, at), _holds(wanted.text), institution=institution_id
    )
    if wanted.standing is Tracked.RECEIVED:
        return found.filter(received_as__isnull=False)
    if wanted.concern is SentConcern.FLAGGED:
        found = found.filter(has_flagged_file())
    asked = _delivery_asked(wanted, at)
    # Named twice, so that the database may begin with the deliveries of the institution.
    return found.filter(asked, delivery__institution=institution_id) if asked else found


def _delivery_asked(wanted: SentFilter, at: datetime) -> Q:
    asked = _concerns(wanted.concern, at)
    if wanted.standing is not None:
        asked &= Q(delivery__standing=wanted.standing.value)
    if wanted.last_day_on is not None:
        asked &= Q(delivery__standing__in=RUNNING, delivery__last_day_on=wanted.last_day_on)
    return asked


def _concerns(concern: SentConcern, at: datetime) -> Q:
    if concern is SentConcern.UNREACHED:
        lately = Q(delivery__standing__in=OPEN) | Q(delivery__ended_at__gte=at - LATELY)
        return lately & unreached(at)
    return {
        SentConcern.ANY: Q(),
        SentConcern.FLAGGED: Q(),
        SentConcern.OPEN: Q(delivery__standing__in=OPEN),
        SentConcern.STOPPED: Q(delivery__standing=Standing.STOPPED),
        SentConcern.SOON: is_within_term(at),
    }[concern]


def _sent_in(period: Period, at: datetime) -> Q:
    if period is Period.ANY:
        return Q()
    today = civil_date(at)
    first = today.replace(month=1, day=1) if period is Period.YEAR else today - _back(period)
    return Q(dispatched_at__gte=day_start(first))


def _back(period: Period) -> timedelta:
    return timedelta(days=DAYS[period])


def _holds(text: str) -> Q:
    """Every word in title, addressee or case mark, whatever the capitals.

    SQLite knows the capitals of ASCII alone, so that other words are asked for by an expression.
    """
    found = Q()
    for word in text.split():
        lookup, value = ("icontains", word) if word.isascii() else ("iregex", _literally(word))
        places = ("title", "addressee_name", "case_mark", "document_no")
        anywhere = Q()
        for place in places:
            anywhere |= Q(**{f"{place}__{lookup}": value})
        found &= anywhere
    return found


def _literally(word: str) -> str:
    """The word as an expression that both databases read alike: every sign stands for itself."""
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in word)


def _ordered(found: QuerySet[OutgoingLetter], sort: SentSort) -> QuerySet[OutgoingLetter]:
    if sort is SentSort.LAST_DAY:
        soonest = F("delivery__last_day_on").asc(nulls_last=True)
        return found.order_by(OPEN_FIRST, soonest, "-dispatched_at", "id")
    if sort is SentSort.OLDEST:
        return found.order_by("dispatched_at", "-id")
    return found.order_by("-dispatched_at", "id")


def _row(row: OutgoingLetter, lost: Unreached | None, *, is_flagged: bool) -> SentRow:
    delivery = delivery_or_none(row)
    return SentRow(
        id=row.id,
        title=row.title,
        addressee_name=row.addressee_name,
        addressee_address=row.addressee_address,
        case_mark=row.case_mark,
        document_no=row.document_no,
        sent_at=row.dispatched_at,
        standing=tracked(row),
        last_day_on=delivery.last_day_on if delivery else None,
        delivered_on=(
            day_of_delivery(state_of(delivery)) if delivery else civil_date(row.dispatched_at)
        ),
        unreached=lost,
        is_flagged=is_flagged,
    )
