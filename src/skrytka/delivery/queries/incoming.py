"""Letters from institutions as their party sees them: waiting, then opened.

What is known of a waiting letter here has neither its title nor anything of its content: not even
code that shows a page can give them away.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from skrytka.accounts.queries import Viewer
from skrytka.core.delivery import DeliveryDates, Standing, StopCause, is_lapsed
from skrytka.delivery.models import ENDED, Delivery
from skrytka.delivery.operations.states import state_of
from skrytka.delivery.queries.delivered_on import day_of_delivery

PAGE = 20
WAITING_FIRST = Case(
    When(standing__in=ENDED, then=Value(1)), default=Value(0), output_field=IntegerField()
)


@dataclass(frozen=True)
class IncomingRow:
    """One line of the list. `title` is empty before the end; `for_whom` when it is somebody else.

    `on` is the day of delivery once there is one.
    """

    id: UUID
    institution_name: str
    case_mark: str
    title: str
    for_whom: str
    standing: Standing
    is_lapsed: bool
    last_day_on: date | None
    on: date | None
    is_unread: bool

    @property
    def is_waiting(self) -> bool:
        return self.standing.value not in ENDED


@dataclass(frozen=True)
class IncomingPage:
    rows: tuple[IncomingRow, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True)
class IncomingAccess:
    """What a policy has to know before anything of the letter is read."""

    party_id: int
    standing: Standing


@dataclass(frozen=True)
class WaitingLetter:
    """What the law lets a party know before it signs: who wrote, in which case, and the term.

    `dates` None: the first notice has not gone out, no term runs. `stop`: the notices did not reach
    the party and no term ends by itself. `is_lapsed`: it is deemed delivered by law already.
    """

    id: UUID
    institution_name: str
    box_address: str
    case_mark: str
    party_id: int
    party_name: str
    upd_no: str
    arrived_at: datetime
    first_notice_at: datetime | None
    repeat_notice_at: datetime | None
    days: int
    dates: DeliveryDates | None
    stop: StopCause | None
    is_lapsed: bool


def incoming_access(letter_id: UUID) -> IncomingAccess | None:
    """This will tell whose letter it is and whether it is open, or None when there is none."""
    row = Delivery.objects.filter(pk=letter_id).values_list("party_id", "standing").first()
    return IncomingAccess(row[0], Standing(row[1])) if row else None


def waiting_count(viewer: Viewer) -> int:
    """This will count the letters that wait for the viewer's own and mandated parties."""
    parties = _party_ids(viewer)
    if not parties:
        return 0
    return Delivery.objects.filter(party__in=parties).exclude(standing__in=ENDED).count()


def incoming_of(viewer: Viewer, page: int = 1, *, at: datetime) -> IncomingPage:
    """This will list letters to the viewer's parties, also to those they are a proxy of.

    First those that wait, by their last day; then the delivered ones, the newest first.
    """
    found = Delivery.objects.filter(party__in=_party_ids(viewer))
    total = found.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    rows = _ordered(found)[(number - 1) * PAGE : number * PAGE]
    own = viewer.parties[0].id if viewer.parties else 0
    return IncomingPage(tuple(_row(row, own, at) for row in rows), number, pages, total)


def waiting_letter(letter_id: UUID, *, at: datetime) -> WaitingLetter:
    """This will return what may be known of a letter that was not collected yet."""
    row = (
        Delivery.objects.select_related("letter__institution")
        .defer("letter__title")
        .get(pk=letter_id)
    )
    state, letter = state_of(row), row.letter
    return WaitingLetter(
        id=letter.id,
        institution_name=letter.institution.name,
        box_address=letter.box_address,
        case_mark=letter.case_mark,
        party_id=row.party_id,
        party_name=letter.addressee_name,
        upd_no=row.upd_no,
        arrived_at=row.dispatched_at,
        first_notice_at=row.first_notice_at,
        repeat_notice_at=row.repeat_notice_at,
        days=state.policy.days,
        dates=state.dates,
        stop=state.stop,
        is_lapsed=is_lapsed(state, at),
    )


def _ordered(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """A waiting letter without a term stands after those whose days are counted."""
    return found.select_related("letter__institution").order_by(
        WAITING_FIRST, F("ended_at").desc(nulls_last=True), F("last_day_on").asc(nulls_last=True),
        "-dispatched_at", "letter",
    )  # fmt: skip


def _party_ids(viewer: Viewer) -> list[int]:
    return [party.id for party in (*viewer.parties, *viewer.mandated_parties)]


def _row(row: Delivery, own: int, at: datetime) -> IncomingRow:
    letter, state = row.letter, state_of(row)
    return IncomingRow(
        id=letter.id,
        institution_name=letter.institution.name,
        case_mark=letter.case_mark,
        title=letter.title if state.has_ended else "",
        for_whom="" if row.party_id == own else letter.addressee_name,
        standing=state.standing,
        is_lapsed=not state.has_ended and is_lapsed(state, at),
        last_day_on=row.last_day_on,
        on=day_of_delivery(state),
        is_unread=state.has_ended and row.opened_at is None,
    )
