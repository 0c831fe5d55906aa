"""The inbox of an institution: which letters, in which order, and how many of each sort.

A page is one walk along one index of LetterHandling; its letters are fetched by key afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import overload
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from skrytka.accounts.models import User
from skrytka.core.calendar import WARSAW, civil_date
from skrytka.evidence.models import Receipt
from skrytka.evidence.queries import Outcome
from skrytka.letters.models import HandlingState, IntakeState, LetterHandling, LetterIntake
from skrytka.letters.queries.awaiting import awaiting_count
from skrytka.letters.queries.screenings import flagged_count, flagged_letters

WAITING_TOO_LONG = timedelta(days=1)
OPEN_STATES = (HandlingState.NEW, HandlingState.IN_PROGRESS, HandlingState.DEFICIENT)
# A search for words reads every letter of the institution; what few it finds is found once.
FEW = 200


class Folder(StrEnum):
    """The lists of the side menu."""

    RECEIVED = "RECEIVED"
    MINE = "MINE"
    DEFICIENT = "DEFICIENT"
    DONE = "DONE"


class Arrival(StrEnum):
    """When the letter arrived, in days of Polish time."""

    ANY = ""
    TODAY = "TODAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    WAITING = "WAITING"


class Lacking(StrEnum):
    """What an open letter has not got: a first reader, or anybody who deals with it."""

    READER = "UNOPENED"
    CLERK = "UNTAKEN"


class Sort(StrEnum):
    """The order of the list; a minus stands for the descending one."""

    NEWEST = "-arrival"
    OLDEST = "arrival"
    SENDER = "sender"
    SENDER_DOWN = "-sender"


ORDERS = {
    Sort.NEWEST: ("-submitted_at", "letter_id"),
    Sort.OLDEST: ("submitted_at", "-letter_id"),
    Sort.SENDER: ("sender_key", "-submitted_at", "letter_id"),
    Sort.SENDER_DOWN: ("-sender_key", "submitted_at", "-letter_id"),
}
LACKING = {
    Lacking.READER: Q(state=HandlingState.NEW, first_opened_at__isnull=True),
    Lacking.CLERK: Q(state__in=OPEN_STATES, assignee__isnull=True),
}
DAYS = {Arrival.TODAY: 0, Arrival.WEEK: 6, Arrival.MONTH: 29}


@dataclass(frozen=True)
class InboxFilter:
    """What a clerk looks for. None and the empty text stand for no restriction."""

    institution_id: int
    user_id: int
    folder: Folder = Folder.RECEIVED
    state: HandlingState | None = None
    lacking: Lacking | None = None
    outcome: Outcome | None = None
    arrival: Arrival = Arrival.ANY
    box_id: int | None = None
    text: str = ""
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True)
class InboxRow:
    """One letter of the list. `assignee` is short: M. Wójcik; empty while nobody has it.

    `is_flagged`: malware was found later in one of its files.
    """

    letter_id: UUID
    title: str
    card_name: str
    sender_name: str
    sender_address: str
    submitted_at: datetime
    outcome: Outcome
    attachment_count: int
    attachment_bytes: int
    state: HandlingState
    assignee: str
    is_flagged: bool


@dataclass(frozen=True)
class InboxCounts:
    """The numbers of the tiles and of the side menu."""

    new: int
    arrived_today: int
    waiting: int
    mine: int
    deficient: int
    refused: int
    awaiting: int
    flagged: int


class InboxRows(Sequence[InboxRow]):
    """The letters a filter finds, counted and fetched only as far as they are asked for."""

    def __init__(self, wanted: InboxFilter, *, at: datetime) -> None:
        self._found = _matching(wanted, at).order_by(*ORDERS[wanted.sort])
        self._first = tuple(self._ids(slice(0, FEW))) if wanted.text.strip() else None
        self._count: int | None = None

    def __len__(self) -> int:
        if self._first is not None and len(self._first) < FEW:
            return len(self._first)
        if self._count is None:
            self._count = self._found.count()
        return self._count

    @overload
    def __getitem__(self, place: int) -> InboxRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[InboxRow, ...]: ...
    def __getitem__(self, place: int | slice) -> InboxRow | tuple[InboxRow, ...]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        return rows_of(self._ids_at(place))

    def _ids_at(self, place: slice) -> Sequence[UUID]:
        known = self._first
        if known is not None and (len(known) < FEW or (place.stop or FEW + 1) <= FEW):
            return known[place]
        return self._ids(place)

    def _ids(self, place: slice) -> list[UUID]:
        return list(self._found.values_list("letter_id", flat=True)[place])


def rows_of(letter_ids: Sequence[UUID]) -> tuple[InboxRow, ...]:
    """This will return the letters of those ids, in their order."""
    found = LetterHandling.objects.filter(letter__in=letter_ids)
    rows = {row.letter_id: row for row in found.select_related("letter", "assignee")}
    flagged = flagged_letters(rows)
    return tuple(
        _row(rows[letter_id], is_flagged=letter_id in flagged)
        for letter_id in letter_ids
        if letter_id in rows
    )


def letters_at(institution_id: int, letter_ids: Sequence[UUID]) -> tuple[InboxRow, ...]:
    """This will return those of the letters that came to the institution, and no other."""
    own = LetterHandling.objects.filter(institution=institution_id, letter__in=letter_ids)
    known = set(own.values_list("letter_id", flat=True))
    return rows_of([letter_id for letter_id in letter_ids if letter_id in known])


def inbox_counts(institution_id: int, user_id: int, *, at: datetime) -> InboxCounts:
    """This will count what the tiles and the menu show, from indexes alone."""
    own = LetterHandling.objects.filter(institution=institution_id)
    by_state = dict(
        own.filter(state__in=[HandlingState.NEW, HandlingState.DEFICIENT])
        .values_list("state")
        .annotate(Count("letter"))
        .order_by()
    )
    return InboxCounts(
        new=by_state.get(HandlingState.NEW, 0),
        arrived_today=own.filter(submitted_at__gte=start_of_day(at)).count(),
        waiting=own.filter(state=HandlingState.NEW, submitted_at__lt=at - WAITING_TOO_LONG).count(),
        mine=own.filter(assignee=user_id, state__in=OPEN_STATES).count(),
        deficient=by_state.get(HandlingState.DEFICIENT, 0),
        refused=LetterIntake.objects.filter(
            state=IntakeState.REFUSED, letter__institution=institution_id
        ).count(),
        awaiting=awaiting_count(institution_id),
        flagged=flagged_count(institution_id),
    )


def last_arrival(institution_id: int) -> datetime | None:
    """This will tell when the newest letter of the institution arrived."""
    own = LetterHandling.objects.filter(institution=institution_id).order_by("-submitted_at")
    return own.values_list("submitted_at", flat=True).first()


def start_of_day(at: datetime, days_before: int = 0) -> datetime:
    """This will return the first instant of the Polish day, or of one some days before it."""
    day = civil_date(at) - timedelta(days=days_before)
    return datetime.combine(day, time.min, tzinfo=WARSAW)


def _matching(wanted: InboxFilter, at: datetime) -> QuerySet[LetterHandling]:
    found = LetterHandling.objects.filter(
        _in_folder(wanted), _arrived(wanted.arrival, at), institution=wanted.institution_id
    )
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.lacking is not None:
        found = found.filter(LACKING[wanted.lacking])
    if wanted.outcome is not None:
        found = found.filter(signature_outcome=wanted.outcome)
    if wanted.box_id is not None:
        found = found.filter(box=wanted.box_id)
    return found.filter(_holds(wanted)) if wanted.text.strip() else found


def _in_folder(wanted: InboxFilter) -> Q:
    if wanted.folder is Folder.MINE:
        mine = Q(assignee=wanted.user_id)
        return mine if wanted.state else mine & Q(state__in=OPEN_STATES)
    if wanted.folder is Folder.RECEIVED:
        return Q()
    return Q(state=wanted.folder.value)


def _arrived(arrival: Arrival, at: datetime) -> Q:
    if arrival is Arrival.ANY:
        return Q()
    if arrival is Arrival.WAITING:
        return Q(submitted_at__lt=at - WAITING_TOO_LONG)
    return Q(submitted_at__gte=start_of_day(at, DAYS[arrival]))


def _holds(wanted: InboxFilter) -> Q:
    """Every word in title, sender or register number; or the number of a receipt as a whole."""
    text = wanted.text.strip()
    words = Q()
    for word in text.casefold().split():
        words &= Q(search_text__contains=word)
    receipt = Receipt.objects.filter(
        receipt_no__in=[text, text.upper()], institution_id=wanted.institution_id
    )
    letter_id = receipt.values_list("letter_id", flat=True).first()
    return words if letter_id is None else words | Q(letter=letter_id)


def _row(row: LetterHandling, *, is_flagged: bool) -> InboxRow:
    letter = row.letter
    return InboxRow(
        letter_id=letter.id,
        title=letter.title,
        card_name=letter.card_name,
        sender_name=letter.sender_name,
        sender_address=letter.sender_address,
        submitted_at=letter.submitted_at,
        outcome=Outcome(row.signature_outcome or Outcome.NONE),
        attachment_count=letter.attachment_count,
        attachment_bytes=letter.attachment_bytes,
        state=HandlingState(row.state),
        assignee=short_name(row.assignee) if row.assignee else "",
        is_flagged=is_flagged,
    )


def short_name(user: User) -> str:
    """This will write a clerk's name as a list does: M. Wójcik."""
    if not user.given_name or not user.family_name:
        return str(user)
    return f"{user.given_name[0]}. {user.family_name}"
