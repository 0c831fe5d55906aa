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


class Concern(StrEnum):
    """What needs a clerk: the term is stopped, ends within three days, nobody could have read.

    OPEN: any that waits for its party.
    """

    ANY = ""
    OPEN = "OPEN"
    STOPPED = "STOPPED"
    SOON = "SOON"
    UNREACHED = "UNREACHED"


class Period(StrEnum):
    """When the letter was sent, in days of Polish time."""

    ANY = ""
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


class Sort(StrEnum):
    """The order of the list; a minus stands for the descending one."""

    NEWEST = "-sent"
    OLDEST = "sent"
    LAST_DAY = "last_day"


DAYS = {Period.WEEK: 6, Period.MONTH: 29, Period.QUARTER: 89}


@dataclass(frozen=True)
class SentFilter:
    """What a clerk looks for. None and the empty text stand for no restriction."""

    standing: Tracked | None = None
    concern: Concern = Concern.ANY
    period: Period = Period.ANY
    last_day_on: date | None = None
    text: str = ""
    sort: Sort = Sort.NEWEST


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
    flags = unreached_among(letter_ids, at=at)
    return tuple(
        _row(rows[letter_id], flags.get(letter_id)) for letter_id in letter_ids if letter_id in rows
    )


def sent_counts(institution_id: int, *, at: datetime) -> SentCounts:
    """This will count what the tiles above the list show."""

    def count(concern: Concern) -> int:
        return len(SentRows(institution_id, SentFilter(concern=concern), at=at))

    return SentCounts(
        open=count(Concern.OPEN),
        ending=count(Concern.SOON),
        stopped=count(Concern.STOPPED),
        unreached=count(Concern.UNREACHED),
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
        _stands(wanted.standing),
        _concerns(wanted.concern, at),
        _sent_in(wanted.period, at),
        _holds(wanted.text),
        institution=institution_id,
    )
    if wanted.last_day_on is not None:
        found = found.filter(
            delivery__last_day_on=wanted.last_day_on, delivery__standing__in=RUNNING
        )
    return found


def _stands(standing: Tracked | None) -> Q:
    if standing is None:
        return Q()
    if standing is Tracked.RECEIVED:
        return Q(received_as__isnull=False)
    return Q(delivery__standing=standing.value)


def _concerns(concern: Concern, at: datetime) -> Q:
    if concern is Concern.UNREACHED:
        return unreached(at)
    return {
        Concern.ANY: Q(),
        Concern.OPEN: Q(delivery__standing__in=OPEN),
        Concern.STOPPED: Q(delivery__standing=Standing.STOPPED),
        Concern.SOON: is_within_term(at),
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


def _ordered(found: QuerySet[OutgoingLetter], sort: Sort) -> QuerySet[OutgoingLetter]:
    if sort is Sort.LAST_DAY:
        soonest = F("delivery__last_day_on").asc(nulls_last=True)
        return found.order_by(OPEN_FIRST, soonest, "-dispatched_at", "id")
    if sort is Sort.OLDEST:
        return found.order_by("dispatched_at", "-id")
    return found.order_by("-dispatched_at", "id")


def _row(row: OutgoingLetter, flag: Unreached | None) -> SentRow:
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
        unreached=flag,
    )
